// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/transport/hubconnection.h"

namespace Tertulia::Client {

/// The inside of a HubConnection.
class HubConnectionCore : public QObject
{
    Q_OBJECT

public:
    using State = HubConnection::State;

    HubConnectionCore(HubConnection &owner, HubOptions options)
        : m_owner(owner)
        , m_options(std::move(options))
    {
    }

    QFuture<Result<void>> start() { return answered<void>(failure(m_lastError)); }
    QFuture<Result<void>> stop() { return answered<void>({}); }
    void reconnectNow() { }

    void call(QLatin1StringView, QByteArrayView, const std::vector<QByteArray> &, HubCalls::ResultHandler handler)
    {
        handler(failure(Error::unavailable(QStringLiteral("not connected"))));
    }
    Result<void> post(QLatin1StringView, QByteArrayView, const std::vector<QByteArray> &)
    {
        return failure(Error::unavailable(QStringLiteral("not connected")));
    }
    QByteArray openStream(QLatin1StringView, QByteArrayView, const std::vector<QByteArray> &, HubCalls::ItemHandler,
                          HubCalls::ResultHandler)
    {
        return {};
    }
    void cancelStream(const QByteArray &) { }
    [[nodiscard]] bool isWaiting(const QByteArray &) const { return false; }
    void endUpload(const QByteArray &, const QString *) { }
    [[nodiscard]] bool isUploading(const QByteArray &) const { return false; }
    UploadResult writeUpload(const QByteArray &, QByteArrayView) { return UploadResult::Closed; }
    QByteArray nextId() { return QByteArray::number(++m_lastId); }

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] QString connectionId() const { return {}; }
    [[nodiscard]] HubTransport transport() const { return HubTransport::WebSockets; }
    [[nodiscard]] WireFormat format() const { return m_options.format; }
    [[nodiscard]] Error lastError() const { return m_lastError; }
    [[nodiscard]] qsizetype waitingBytes() const { return 0; }

private:
    HubConnection &m_owner;
    HubOptions m_options;
    State m_state = State::Disconnected;
    Error m_lastError = Error::unavailable(QStringLiteral("not connected"));
    quint64 m_lastId = 0;
};

} // namespace Tertulia::Client
