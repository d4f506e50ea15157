// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/clientparts.h"
#include "client/conversations/conversationclient.h"
#include "client/transport/scheduler.h"

#include <unordered_set>

namespace Tertulia::Client {

/// Asks the server what happened since the last time, page by page, and hands it on. Where there is no last time, or
/// too much has happened, it reads the whole list instead. Repeats itself until it has succeeded.
class ConversationSync : public QObject
{
    Q_OBJECT
public:
    ConversationSync(const ClientParts &parts, const ConversationOptions &options, QObject *parent = nullptr);
    ~ConversationSync() override;

    /// Begins, or begins again after the run that is under way: something may have happened since it began.
    void run();
    void stop();
    [[nodiscard]] bool isRunning() const { return m_isRunning; }
    /// The list was read whole at least once, now or in an earlier life.
    [[nodiscard]] bool hasCursor() const;
    /// Stops, and goes on next time from where the store is, which may have missed what came since.
    void rewind();

Q_SIGNALS:
    /// What has passed intake.h; one page is at most what the options say. The cursor moves behind it.
    void received(const Tertulia::SyncResult &page);
    /// Where this client was, the server does not know, or there is too much since: the list follows, and nothing of
    /// what has changed in messages that were kept.
    void begunAnew();
    void listed(const std::vector<Tertulia::Conversation> &conversations);
    /// The whole list was read: what is not among these is no more.
    void listComplete(const std::unordered_set<Tertulia::ConversationId> &all);
    void runningChanged();
    void failed(const Tertulia::Error &error);
    void done();

private:
    void setCursor(const QString &cursor);
    void begin();
    void askPage();
    void takePage(SyncResult page, const QString &since);
    void beginList();
    void askList();
    void takeList(std::vector<Conversation> conversations, bool hasMore);
    void end();
    void fail(const Error &error);
    void setRunning(bool isRunning);

    ClientParts m_parts;
    ConversationOptions m_options;
    QString m_cursor; ///< as in the store, but for what that could not write
    Alarm m_retry;
    std::chrono::milliseconds m_delay{0};
    std::unordered_set<ConversationId> m_seen; ///< of the list under way
    std::optional<Timestamp> m_newest; ///< of the list under way
    int m_skip = 0;
    bool m_overlaps = false; ///< the page that is asked for begins with one that was seen
    int m_fruitless = 0;
    int m_pages = 0;
    int m_lists = 0; ///< readings of the list in this run
    int m_take = 0;
    int m_generation = 0; ///< answers to an earlier run do not count
    bool m_isRunning = false;
    bool m_isWantedAgain = false;
};

} // namespace Tertulia::Client
