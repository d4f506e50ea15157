// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/conversations/conversationsync.h"

#include "base/logging.h"
#include "client/async.h"
#include "client/cache/localstore.h"
#include "client/contacts/directory.h"
#include "client/conversations/intake.h"
#include "client/limits.h"
#include "client/transport/apiclient.h"
#include "client/transport/networkreasons.h"
#include "protocol/names.h"

#include <QUrlQuery>

#include <algorithm>

namespace Tertulia::Client {

using namespace Qt::StringLiterals;

namespace {

const QString cursorName = u"sync-cursor"_s;

/// Times of messages may run ahead of the server's count of changes when many come at once: the first sync looks back.
constexpr auto listMargin = std::chrono::seconds(60);
/// A page that is still too large with so few messages is given up.
constexpr int smallestPage = 10;
/// Readings of the list in one run.
constexpr int mostLists = 2;
/// Pages of one list that brought nothing new, for it moved.
constexpr int mostFruitless = 10;
/// A cursor longer than this is none.
constexpr qsizetype longestCursor = 1'024;

} // namespace

ConversationSync::ConversationSync(const ClientParts &parts, const ConversationOptions &options, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
    , m_options(options)
    , m_cursor(parts.store.value(cursorName))
    , m_retry(parts.scheduler ? *parts.scheduler : Scheduler::system())
{
}

ConversationSync::~ConversationSync() = default;

void ConversationSync::setCursor(const QString &cursor)
{
    m_cursor = cursor;
    if (m_parts.store.trouble() == StoreTrouble::None) // else rewind() would pass over what could not be written
        m_parts.store.setValue(cursorName, cursor);
}

void ConversationSync::rewind()
{
    stop();
    m_cursor = m_parts.store.value(cursorName);
}

bool ConversationSync::hasCursor() const
{
    return !m_cursor.isEmpty();
}

void ConversationSync::run()
{
    m_retry.stop();
    if (m_isRunning) {
        m_isWantedAgain = true;
        return;
    }
    setRunning(true);
    begin();
}

void ConversationSync::stop()
{
    ++m_generation;
    m_retry.stop();
    m_isWantedAgain = false;
    setRunning(false);
}

void ConversationSync::begin()
{
    m_isWantedAgain = false;
    m_pages = 0;
    m_lists = 0;
    m_take = m_options.syncPage;
    if (hasCursor())
        askPage();
    else
        beginList();
}

void ConversationSync::askPage()
{
    const QString since = m_cursor;
    QUrlQuery query{{u"take"_s, QString::number(m_take)}};
    if (!since.isEmpty())
        query.addQueryItem(u"since"_s, since);
    whenAnswered<SyncResult>(
        m_parts.api.get<SyncResult>(QString(Routes::sync), query), this,
        [this, since, generation = m_generation](const Result<SyncResult> &page) {
            if (generation != m_generation)
                return;
            if (page) {
                takePage(*page, since);
            } else if (page.error().code == ErrorCode::Invalid && hasCursor()) {
                beginList(); // a cursor that this server does not know: it is another one, or was set up anew
            } else if (page.error().reason == NetworkReason::answerTooLarge) {
                m_take /= 2;
                if (m_take >= smallestPage)
                    askPage();
                else
                    beginList();
            } else {
                fail(page.error());
            }
        });
}

void ConversationSync::takePage(SyncResult page, const QString &since)
{
    admit(page.messages);
    admit(page.conversations);
    admit(page.statuses);
    const bool isUseless = page.cursor.isEmpty() || page.cursor.size() > longestCursor;
    {
        const SqliteTransaction together = m_parts.store.transaction();
        m_parts.directory.take(page.messages);
        m_parts.directory.take(page.conversations);
        Q_EMIT received(page);
        if (!isUseless)
            setCursor(page.cursor);
    }
    if (!page.hasMore) {
        end();
    } else if (isUseless || page.cursor == since || ++m_pages >= m_options.syncPages) {
        // Too much, or going round in circles: the list says how things stand, and history is read when looked at.
        qCInfo(logClient, "sync has no end after %d pages: reading the list anew", m_pages);
        beginList();
    } else {
        askPage();
    }
}

void ConversationSync::beginList()
{
    if (++m_lists > mostLists) {
        fail(Error::internal(u"The server's sync makes no sense."_s));
        return;
    }
    if (hasCursor())
        Q_EMIT begunAnew();
    setCursor({});
    m_seen.clear();
    m_newest.reset();
    m_skip = 0;
    m_overlaps = false;
    m_fruitless = 0;
    askList();
}

void ConversationSync::askList()
{
    const QUrlQuery query{{u"skip"_s, QString::number(m_skip)},
                          {u"take"_s, QString::number(m_options.listPage)},
                          {u"includeArchived"_s, u"true"_s}};
    using List = Paged<std::vector<Conversation>>;
    whenAnswered<List>(m_parts.api.get<List>(QString(Routes::conversations), query), this,
                       [this, generation = m_generation](const Result<List> &list) {
                           if (generation != m_generation)
                               return;
                           if (list)
                               takeList(list->data, list->pagination && list->pagination->hasMore);
                           else
                               fail(list.error());
                       });
}

void ConversationSync::takeList(std::vector<Conversation> conversations, bool hasMore)
{
    admit(conversations);
    const int count = int(conversations.size());
    if (m_overlaps && count > 0) {
        const bool hasMoved = !m_seen.contains(conversations.front().id);
        if (hasMoved && ++m_fruitless < mostFruitless) {
            // One has gone from the list, and so those that would have been next have moved up out of the page.
            m_overlaps = false;
            m_skip = std::max(0, m_skip - m_options.listPage);
            askList();
            return;
        }
        if (!hasMoved)
            conversations.erase(conversations.begin());
    }
    const size_t before = m_seen.size();
    for (const Conversation &conversation : conversations) {
        m_seen.insert(conversation.id);
        m_newest = std::max(m_newest.value_or(conversation.updatedAt), conversation.updatedAt);
    }
    const bool isProgress = m_seen.size() > before;
    {
        const SqliteTransaction together = m_parts.store.transaction();
        m_parts.directory.take(conversations);
        Q_EMIT listed(conversations);
    }
    // The next page begins with the last one of this page, so that it shows whether the list has moved.
    m_overlaps = count > 1;
    m_skip += m_overlaps ? count - 1 : count;
    // Nothing new: many have moved down, for messages have come.
    const bool goesOn = isProgress || (count > 0 && ++m_fruitless < mostFruitless);
    if (hasMore && goesOn && m_seen.size() < size_t(Limits::conversations)) {
        askList();
        return;
    }
    if (!hasMore)
        Q_EMIT listComplete(m_seen);
    m_seen.clear();
    if (!m_newest) {
        end();
        return;
    }
    // What happened while the pages came is found from here.
    setCursor(QString::fromLatin1(toIso8601(*m_newest - listMargin)));
    if (m_pages < m_options.syncPages)
        askPage();
    else
        end();
}

void ConversationSync::end()
{
    m_delay = std::chrono::milliseconds(0);
    if (m_isWantedAgain) {
        begin();
        return;
    }
    setRunning(false);
    Q_EMIT done();
}

void ConversationSync::fail(const Error &error)
{
    m_delay = m_delay.count() == 0 ? m_options.firstRetry : std::min(m_delay * 2, m_options.longestRetry);
    m_retry.start(m_delay, [this] { run(); });
    setRunning(false);
    Q_EMIT failed(error);
}

void ConversationSync::setRunning(bool isRunning)
{
    if (std::exchange(m_isRunning, isRunning) != isRunning)
        Q_EMIT runningChanged();
}

} // namespace Tertulia::Client
