// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "client/transport/hubaccess.h"

#include <QObject>

#include <memory>

namespace Tertulia::Client {

class Scheduler;

/// The pipe of bytes below one hub connection. Ends once: after ended() nothing is emitted. Whoever owns a link and is
/// called by it deletes it later, never inside the call.
class HubLink : public QObject
{
    Q_OBJECT

public:
    enum class End {
        Lost, ///< without a word, or never opened: the network
        Refused, ///< the server answered that it does not want it, or there is no token for it
        Closed, ///< in order, by either side
        Broken, ///< the peer does not keep to the rules
    };
    Q_ENUM(End)

    /// @param url of the hub, with the connection's id
    [[nodiscard]] static std::unique_ptr<HubLink> make(HubTransport transport, std::shared_ptr<HubAccess> access,
                                                       Scheduler &scheduler, QUrl url, bool isBinary);

    virtual void open() = 0;
    /// Whole records; kept in order, before open() too.
    virtual void send(const QByteArray &bytes) = 0;
    /// Ends it politely; ended() follows within HubOptions::closeTimeout.
    virtual void close() = 0;
    /// Ends it at once, without ended().
    virtual void abort() = 0;
    [[nodiscard]] virtual qsizetype waitingBytes() const = 0;
    /// Whether the two ends ping each other: long polling does not.
    [[nodiscard]] virtual bool hasPings() const { return true; }

Q_SIGNALS:
    void opened();
    void received(const QByteArray &bytes);
    void sent();
    void ended(Tertulia::Client::HubLink::End how, const Tertulia::Error &why);

protected:
    HubLink(std::shared_ptr<HubAccess> access, Scheduler &scheduler, QUrl url)
        : m_access(std::move(access))
        , m_scheduler(scheduler)
        , m_url(std::move(url))
    {
    }
    /// Emits ended() unless it has been.
    void end(End how, const Error &why);
    [[nodiscard]] bool hasEnded() const { return m_hasEnded; }
    void setEnded() { m_hasEnded = true; }

    std::shared_ptr<HubAccess> m_access; ///< shared by the links of one connection, old and new
    Scheduler &m_scheduler;
    QUrl m_url;

private:
    bool m_hasEnded = false;
};

} // namespace Tertulia::Client
