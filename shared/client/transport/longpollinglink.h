// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/transport/hublink.h"
#include "client/transport/hubposter.h"

#include <QNetworkReply>
#include <QPointer>

namespace Tertulia::Client {

class LongPollingLink final : public HubLink
{
    Q_OBJECT

public:
    LongPollingLink(std::shared_ptr<HubAccess> access, Scheduler &scheduler, QUrl url);
    ~LongPollingLink() override { drop(); }

    void open() override { poll(); }
    void send(const QByteArray &bytes) override { m_poster.send(bytes); }
    void close() override;
    void abort() override;
    [[nodiscard]] qsizetype waitingBytes() const override { return m_poster.waitingBytes(); }
    [[nodiscard]] bool hasPings() const override { return false; }

private:
    void poll();
    void start(const QNetworkRequest &request);
    void read();
    void finish();
    void next(bool wasEmpty);
    void drop();

    HubPoster m_poster;
    Alarm m_deadline;
    Alarm m_pause; ///< before the next poll
    std::chrono::steady_clock::time_point m_startedAt;
    QPointer<QNetworkReply> m_reply; ///< a poll, then the DELETE
    qint64 m_read = 0; ///< bytes of this poll
    quint64 m_polls = 0;
    bool m_isOpen = false;
    bool m_isClosing = false;
    bool m_timedOut = false;
};

} // namespace Tertulia::Client
