// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/transport/hubaccess.h"
#include "client/transport/scheduler.h"

#include <QNetworkReply>
#include <QObject>
#include <QPointer>

namespace Tertulia::Client {

/// The way to the server of Server-Sent Events and long polling: one POST at a time, what comes meanwhile goes together
/// in the next. What is refused because of its token goes once more with another.
class HubPoster : public QObject
{
    Q_OBJECT

public:
    HubPoster(HubAccess &access, Scheduler &scheduler, QUrl url);
    ~HubPoster() override;

    void send(const QByteArray &bytes);
    /// Nothing is sent or told any more.
    void stop();
    [[nodiscard]] qsizetype waitingBytes() const { return m_waiting.size() + m_underWay.size(); }

Q_SIGNALS:
    void sent();
    /// Once; nothing is sent any more.
    void failed(const Tertulia::Error &why);

private:
    void post();
    void start(const QNetworkRequest &request);
    void finish();

    HubAccess &m_access;
    QUrl m_url;
    Alarm m_deadline;
    QByteArray m_waiting;
    QByteArray m_underWay;
    QPointer<QNetworkReply> m_reply;
    bool m_isPreparing = false;
    bool m_timedOut = false;
    bool m_hasEnded = false;
};

} // namespace Tertulia::Client
