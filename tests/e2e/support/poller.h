// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "e2e/support/restclient.h"

namespace Tertulia::Test {

/// A hub connection by long polling, step by step: it holds no socket, and polls when a test says so.
class Poller
{
public:
    /// @param rest somebody signed in; must outlive this
    explicit Poller(RestClient &rest)
        : m_rest(rest)
    {
    }

    /// The negotiation alone.
    RestReply negotiate()
    {
        const RestReply reply = m_rest.post(hub + QStringLiteral("/negotiate?negotiateVersion=1"));
        m_path = hub + QStringLiteral("?id=") + reply.json().value(QLatin1String("connectionToken")).toString();
        return reply;
    }
    /// Negotiates and shakes hands.
    [[nodiscard]] bool open()
    {
        return negotiate().isOk() && poll().isOk()
            && m_rest.request("POST", m_path, "{\"protocol\":\"json\",\"version\":1}\x1e").isOk() && poll().isOk();
    }
    /// One poll; without news it lasts as long as the server likes.
    RestReply poll() { return m_rest.get(m_path); }
    /// Polls until it is told something with this in it.
    [[nodiscard]] bool hears(const QByteArray &text)
    {
        for (RestReply reply = poll(); reply.isOk(); reply = poll()) {
            if (reply.body.contains(text))
                return true;
        }
        return false;
    }
    RestReply end() { return m_rest.remove(m_path); }

private:
    static inline const QString hub = QStringLiteral("/hubs/chat");

    RestClient &m_rest;
    QString m_path;
};

} // namespace Tertulia::Test
