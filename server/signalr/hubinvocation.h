// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "signalr/hubstreams.h"

namespace Tertulia::Server {

/// One call of a hub method while it is being bound and started. On the stack of the dispatcher.
class HubInvocation
{
public:
    HubInvocation(HubConnectionContext &caller, const QByteArray &id, const QByteArray &target, Value arguments,
                  const std::vector<QByteArray> &uploads, bool needsSlot)
        : m_caller(caller)
        , m_id(id)
        , m_target(target)
        , m_arguments(arguments)
        , m_uploads(uploads)
        , m_needsSlot(needsSlot)
    {
    }

    [[nodiscard]] HubConnectionContext &caller() const { return m_caller; }
    [[nodiscard]] Value arguments() const { return m_arguments; }
    [[nodiscard]] WireFormat format() const;
    [[nodiscard]] bool wantsAnswer() const { return !m_id.isEmpty(); }

    /// The answer of a method that has returned already.
    void answer(const QByteArray &encodedResult);
    void answerError(const Error &error);
    /// The arguments do not fit.
    void refuse(const Error &bindingError);

    /// For a method that answers later.
    [[nodiscard]] std::unique_ptr<PendingInvocation> makePending();
    [[nodiscard]] std::shared_ptr<DownloadStream> makeDownload();
    /// The next of the streams that the client named.
    [[nodiscard]] std::shared_ptr<UploadStream> takeUpload();
    [[nodiscard]] std::shared_ptr<CancelState> makeCancel();

private:
    void dropUploads();

    HubConnectionContext &m_caller;
    const QByteArray &m_id;
    const QByteArray &m_target;
    Value m_arguments;
    const std::vector<QByteArray> &m_uploads;
    size_t m_nextUpload = 0;
    bool m_needsSlot;
};

} // namespace Tertulia::Server
