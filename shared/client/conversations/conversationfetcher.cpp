// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/conversations/conversationfetcher.h"

#include "client/async.h"
#include "client/cache/localstore.h"
#include "client/transport/apiclient.h"
#include "client/transport/hubconnection.h"
#include "protocol/names.h"

#include <algorithm>

namespace Tertulia::Client {

using namespace Qt::StringLiterals;

namespace {

const QString wantedName = u"wanted-conversations"_s;

/// Asked for at the same time.
constexpr size_t mostUnderWay = 20;

/// The server has said no, and will the next time.
bool isFinal(const Error &error)
{
    return error.code == ErrorCode::NotFound || error.code == ErrorCode::Forbidden || error.code == ErrorCode::Gone
        || error.code == ErrorCode::Invalid;
}

} // namespace

ConversationFetcher::ConversationFetcher(const ClientParts &parts, Scheduler &scheduler, const ConversationList &list,
                                         std::chrono::milliseconds firstRetry, std::chrono::milliseconds longestRetry)
    : m_parts(parts)
    , m_list(list)
    , m_firstRetry(firstRetry)
    , m_longestRetry(longestRetry)
    , m_retry(scheduler)
{
    for (const QString &word : m_parts.store.value(wantedName).split(u' ', Qt::SkipEmptyParts)) {
        if (const auto id = ConversationId::parse(word))
            m_wanted.insert(*id);
    }
}

void ConversationFetcher::setEnabled(bool isEnabled)
{
    m_isEnabled = isEnabled;
    if (!isEnabled)
        m_retry.stop();
}

void ConversationFetcher::fetch(const ConversationId &id)
{
    const bool isKnown = m_list.find(id) != nullptr;
    if (isKnown && m_wanted.insert(id).second)
        keep();
    if (const auto question = m_underWay.find(id); question != m_underWay.end())
        question->second.isOld = isKnown;
    else if (m_isEnabled && m_underWay.size() < mostUnderWay)
        ask(id);
}

void ConversationFetcher::resume()
{
    m_retry.stop();
    m_delay = {};
    pump();
}

void ConversationFetcher::forget(const ConversationId &id)
{
    if (m_wanted.erase(id) > 0)
        keep();
}

void ConversationFetcher::pump()
{
    if (!m_isEnabled)
        return;
    std::vector<ConversationId> next;
    std::copy_if(m_wanted.begin(), m_wanted.end(), std::back_inserter(next),
                 [this](const ConversationId &id) { return !m_underWay.contains(id); });
    for (const ConversationId &id : next) {
        if (m_underWay.size() < mostUnderWay)
            ask(id);
    }
}

void ConversationFetcher::ask(const ConversationId &id)
{
    const ConversationEntry *const entry = m_list.find(id);
    m_underWay[id] = {.mark = entry ? entry->readThrough() : 0};
    whenAnswered<Conversation>(m_parts.api.get<Conversation>(routePath(Routes::conversation, {id.toString()})), this,
                               [this, id](const Result<Conversation> &answer) { take(id, answer); });
}

void ConversationFetcher::take(const ConversationId &id, const Result<Conversation> &answer)
{
    const auto question = m_underWay.find(id);
    const Question asked = question->second;
    m_underWay.erase(question);
    if (!answer && !isFinal(answer.error())) {
        if (m_wanted.contains(id))
            retryLater();
        else
            Q_EMIT missed(id);
        return;
    }
    m_delay = {};
    if (!asked.isOld)
        forget(id);
    if (answer && answer->id == id)
        Q_EMIT fetched(*answer, asked.mark);
    else
        Q_EMIT missed(id);
    pump();
}

void ConversationFetcher::retryLater()
{
    // Without a connection the next one begins anew.
    if (!m_isEnabled || m_retry.isActive() || m_parts.chatHub.state() != HubConnection::State::Connected)
        return;
    m_delay = std::clamp(m_delay * 2, m_firstRetry, m_longestRetry);
    m_retry.start(m_delay, [this] { pump(); });
}

void ConversationFetcher::keep()
{
    QStringList words;
    words.reserve(qsizetype(m_wanted.size()));
    for (const ConversationId &id : m_wanted)
        words.append(id.toString());
    m_parts.store.setValue(wantedName, words.join(u' '));
}

} // namespace Tertulia::Client
