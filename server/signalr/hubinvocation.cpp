// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "signalr/hubinvocation.h"

#include "signalr/hubdispatcher.h"
#include "signalr/huberrors.h"

namespace Tertulia::Server {

namespace {

std::weak_ptr<HubConnectionContext> weak(HubConnectionContext &connection)
{
    return std::static_pointer_cast<HubConnectionContext>(connection.shared_from_this());
}

} // namespace

WireFormat HubInvocation::format() const
{
    return m_caller.format();
}

void HubInvocation::answer(const QByteArray &encodedResult)
{
    m_caller.complete(m_id, encodedResult);
    dropUploads();
}

void HubInvocation::answerError(const Error &error)
{
    m_caller.completeWithError(m_id, invocationFailed(m_target, error, m_caller.settings().detailedErrors));
    dropUploads();
}

void HubInvocation::refuse(const Error &bindingError)
{
    m_caller.completeWithError(m_id, bindingFailed(m_target, bindingError, m_caller.settings().detailedErrors));
    dropUploads();
}

std::unique_ptr<PendingInvocation> HubInvocation::makePending()
{
    auto pending = std::make_unique<PendingInvocation>();
    pending->connection = weak(m_caller);
    pending->id = m_id;
    pending->target = m_target;
    pending->uploads = m_uploads;
    pending->holdsSlot = m_needsSlot;
    if (m_needsSlot)
        m_caller.invocationStarted();
    return pending;
}

std::shared_ptr<DownloadStream> HubInvocation::makeDownload()
{
    auto stream = std::make_shared<DownloadStream>();
    stream->connection = weak(m_caller);
    stream->id = m_id;
    stream->target = m_target;
    stream->uploads = m_uploads;
    m_caller.addDownload(stream);
    return stream;
}

std::shared_ptr<UploadStream> HubInvocation::takeUpload()
{
    return m_caller.addUpload(m_uploads.at(m_nextUpload++));
}

std::shared_ptr<CancelState> HubInvocation::makeCancel()
{
    auto state = std::make_shared<CancelState>();
    m_caller.addCancel(m_id, state);
    return state;
}

void HubInvocation::dropUploads()
{
    if (!m_uploads.empty())
        m_caller.removeUploads(m_uploads);
}

// ---------------------------------------------------------------------------------------------------------------------

std::optional<WireFormat> answerFormat(const PendingInvocation &invocation)
{
    const auto connection = invocation.connection.lock();
    if (!connection || invocation.id.isEmpty())
        return std::nullopt;
    return connection->format();
}

Loop *loopOf(const PendingInvocation &invocation)
{
    const auto connection = invocation.connection.lock();
    return connection ? &connection->thread().loop() : nullptr;
}

void answerInvocation(PendingInvocation &invocation, const Error *error, const QByteArray &encodedResult)
{
    const auto connection = invocation.connection.lock();
    if (!connection)
        return;
    if (invocation.isConnect) {
        connection->connected(error);
        return;
    }
    if (error) {
        connection->completeWithError(
            invocation.id, invocationFailed(invocation.target, *error, connection->settings().detailedErrors));
    } else {
        connection->complete(invocation.id, encodedResult);
    }
    if (!invocation.uploads.empty())
        connection->removeUploads(invocation.uploads);
    connection->removeCancel(invocation.id);
    if (invocation.holdsSlot)
        connection->invocationEnded();
}

SendResult writeStreamItem(DownloadStream &stream, const std::function<QByteArray(WireFormat)> &item)
{
    const auto connection = stream.connection.lock();
    if (!connection || stream.isOver || stream.cancel.isCancelled)
        return SendResult::Closed;
    return connection->sendItem(stream.id, item(connection->format()));
}

void finishStream(DownloadStream &stream, const Error *error, bool early)
{
    if (std::exchange(stream.isOver, true))
        return;
    stream.onReady.reset();
    stream.cancel.onCancelled.reset();
    const auto connection = stream.connection.lock();
    if (!connection)
        return;
    const bool detailed = connection->settings().detailedErrors;
    if (!error || stream.cancel.isCancelled)
        connection->completeVoid(stream.id);
    else if (early)
        connection->completeWithError(stream.id, invocationFailed(stream.target, *error, detailed));
    else
        connection->completeWithError(stream.id, streamFailed(*error, detailed));
    connection->removeUploads(stream.uploads);
    connection->removeDownload(stream.id);
}

void uploadTaken(UploadStream &stream)
{
    if (const auto connection = stream.connection.lock())
        connection->unblock();
}

} // namespace Tertulia::Server
