// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/presence/presenceclient.h"

#include "client/async.h"
#include "client/conversations/conversationclient.h"
#include "client/limits.h"
#include "client/transport/hubconnection.h"
#include "client/transport/scheduler.h"
#include "protocol/names.h"

#include <QPointer>

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace Tertulia::Client {

class PresenceClient::Private
{
public:
    struct Typist
    {
        UserId user;
        std::chrono::steady_clock::time_point until;
    };

    Private(PresenceClient &owner, HubConnection &presenceHub, const ClientParts &parts, const PresenceOptions &wanted)
        : q(owner)
        , hub(presenceHub)
        , self(parts.self.id)
        , options(wanted)
        , scheduler(parts.scheduler ? *parts.scheduler : Scheduler::system())
        , expiry(scheduler)
        , subscribeSoon(scheduler)
    {
        listen(parts.chatHub);
    }

    void listen(HubConnection &chatHub);
    void hubChanged(HubConnection::State state);
    void subscribe(const std::vector<UserId> &users);
    void noteFollowed();
    void subscribeNew();
    /// The hub's word.
    void hear(const Presence &presence);
    void take(Presence presence);
    void typing(const TypingIndicator &notice);
    void stopTyping(const ConversationId &conversation, const UserId &user);
    void stopAllTyping();
    void expire();
    void learn(const std::vector<Participant> &participants);

    PresenceClient &q;
    HubConnection &hub;
    const UserId self;
    const PresenceOptions options;
    Scheduler &scheduler;
    Alarm expiry;
    std::unordered_map<UserId, Presence> people;
    std::unordered_set<UserId> watched;
    QPointer<ConversationClient> conversations;
    /// On this connection: whose changes the server tells; who came since and is to be asked for, and was asked for.
    std::unordered_set<UserId> followed, fresh, asked;
    Alarm subscribeSoon;
    std::unordered_map<ConversationId, std::vector<Typist>> typists;
};

void PresenceClient::Private::listen(HubConnection &chatHub)
{
    hub.on<UserOnline>(HubEvents::userOnline, &q, [this](const UserOnline &event) {
        Presence presence = q.presence(event.userId);
        presence.isOnline = true;
        hear(presence);
    });
    hub.on<UserOffline>(HubEvents::userOffline, &q, [this](const UserOffline &event) {
        hear({.userId = event.userId, .isOnline = false, .lastSeenAt = event.lastSeenAt, .status = {}});
    });
    hub.on<StatusChanged>(HubEvents::statusChanged, &q, [this](const StatusChanged &event) {
        Presence presence = q.presence(event.userId);
        presence.status = event.status;
        hear(presence);
    });
    hub.on<std::vector<UserId>>(HubEvents::onlineUsers, &q, [this](const std::vector<UserId> &online) {
        for (const UserId &user : online) {
            Presence presence = q.presence(user);
            presence.isOnline = true;
            hear(presence);
        }
    });
    QObject::connect(&hub, &HubConnection::stateChanged, &q, [this](HubConnection::State state) { hubChanged(state); });

    chatHub.on<TypingIndicator>(HubEvents::typingIndicator, &q,
                                [this](const TypingIndicator &notice) { typing(notice); });
    chatHub.on<Message>(HubEvents::receiveMessage, &q, [this](const Message &message) {
        stopTyping(message.conversationId, message.senderId); // who has sent has stopped
    });
    QObject::connect(&chatHub, &HubConnection::stateChanged, &q, [this](HubConnection::State state) {
        if (state != HubConnection::State::Connected)
            stopAllTyping();
    });
}

void PresenceClient::Private::hubChanged(HubConnection::State state)
{
    followed.clear();
    fresh.clear();
    asked.clear();
    subscribeSoon.stop();
    if (state == HubConnection::State::Connected) {
        noteFollowed();
        subscribe(std::vector<UserId>(watched.begin(), watched.end()));
        return;
    }
    bool isAnyOnline = false;
    for (auto &[user, presence] : people) {
        isAnyOnline = isAnyOnline || presence.isOnline;
        presence.isOnline = false;
        presence.status.reset();
    }
    if (isAnyOnline)
        Q_EMIT q.presenceReset();
}

/// With each connection the server follows by itself those with whom something was said.
void PresenceClient::Private::noteFollowed()
{
    for (int i = 0; conversations && i < conversations->count(); ++i) {
        const Conversation &conversation = conversations->at(i).conversation;
        if (!conversation.lastMessage)
            continue;
        for (const Participant &one : conversation.participants)
            followed.insert(one.id);
    }
}

void PresenceClient::Private::subscribeNew()
{
    asked.insert(fresh.begin(), fresh.end());
    const auto now = std::exchange(fresh, {});
    subscribe(std::vector<UserId>(now.begin(), now.end()));
}

void PresenceClient::Private::subscribe(const std::vector<UserId> &users)
{
    if (hub.state() != HubConnection::State::Connected)
        return;
    const auto chunk = size_t(std::max(1, options.subscribeChunk));
    for (size_t first = 0; first < users.size(); first += chunk) {
        const std::vector<UserId> some(users.begin() + qsizetype(first),
                                       users.begin() + qsizetype(std::min(users.size(), first + chunk)));
        QStringList ids;
        for (const UserId &user : some)
            ids.append(user.toString());
        whenAnswered<std::vector<Presence>>(hub.invoke<std::vector<Presence>>(HubMethods::subscribePresence, ids), &q,
                                            [this, some](const Result<std::vector<Presence>> &answer) {
                                                for (const UserId &user : some)
                                                    asked.erase(user);
                                                if (!answer)
                                                    return;
                                                // Who is left out may not be seen yet, and is asked for again.
                                                for (const Presence &presence : *answer)
                                                    hear(presence);
                                            });
    }
}

void PresenceClient::Private::hear(const Presence &presence)
{
    if (qsizetype(followed.size()) < Limits::presences)
        followed.insert(presence.userId);
    take(presence);
}

void PresenceClient::Private::take(Presence presence)
{
    if (presence.userId.isNull())
        return;
    const auto known = people.find(presence.userId);
    if (known == people.end() && qsizetype(people.size()) >= Limits::presences)
        return;
    if (!presence.isOnline && !presence.lastSeenAt && known != people.end())
        presence.lastSeenAt = known->second.lastSeenAt;
    if (known != people.end() && known->second == presence)
        return;
    people[presence.userId] = presence;
    Q_EMIT q.presenceChanged(presence.userId);
}

void PresenceClient::Private::learn(const std::vector<Participant> &participants)
{
    for (const Participant &one : participants) {
        if (one.id == self)
            continue;
        const auto known = people.find(one.id);
        const bool isConnected = hub.state() == HubConnection::State::Connected;
        const bool isFollowed = followed.contains(one.id);
        if (isConnected && !isFollowed && !asked.contains(one.id) && qsizetype(fresh.size()) < Limits::presences) {
            fresh.insert(one.id);
            if (!subscribeSoon.isActive())
                subscribeSoon.start(options.subscribeDelay, [this] { subscribeNew(); });
        }
        // Connected, the hub knows better whether somebody is online; when they were last here may be news.
        const bool isHubsWord = isConnected && isFollowed;
        Presence presence = known == people.end()
            ? Presence{.userId = one.id, .isOnline = false, .lastSeenAt = {}, .status = {}}
            : known->second;
        if (!isHubsWord && isConnected)
            presence.isOnline = one.isOnline;
        if (one.lastSeenAt && (!presence.lastSeenAt || *presence.lastSeenAt < *one.lastSeenAt))
            presence.lastSeenAt = one.lastSeenAt;
        take(presence);
    }
}

void PresenceClient::Private::typing(const TypingIndicator &notice)
{
    if (notice.userId == self || notice.userId.isNull())
        return;
    if (!notice.isTyping) {
        stopTyping(notice.conversationId, notice.userId);
        return;
    }
    if (!typists.contains(notice.conversationId) && typists.size() >= size_t(Limits::conversations))
        return;
    auto &list = typists[notice.conversationId];
    const auto until = scheduler.now() + options.typingExpiry;
    const auto known =
        std::find_if(list.begin(), list.end(), [&notice](const Typist &one) { return one.user == notice.userId; });
    const bool isNew = known == list.end();
    if (!isNew)
        known->until = until;
    else if (list.size() < Limits::typists)
        list.push_back({notice.userId, until});
    if (!expiry.isActive())
        expiry.start(options.typingExpiry, [this] { expire(); });
    if (isNew)
        Q_EMIT q.typingChanged(notice.conversationId);
}

void PresenceClient::Private::stopTyping(const ConversationId &conversation, const UserId &user)
{
    const auto found = typists.find(conversation);
    if (found == typists.end()
        || std::erase_if(found->second, [&user](const Typist &one) { return one.user == user; }) == 0)
        return;
    if (found->second.empty())
        typists.erase(found);
    Q_EMIT q.typingChanged(conversation);
}

void PresenceClient::Private::stopAllTyping()
{
    expiry.stop();
    const auto before = std::exchange(typists, {});
    for (const auto &[conversation, list] : before)
        Q_EMIT q.typingChanged(conversation);
}

void PresenceClient::Private::expire()
{
    const auto now = scheduler.now();
    std::vector<ConversationId> changed;
    auto next = std::chrono::steady_clock::time_point::max();
    for (auto &[conversation, list] : typists) {
        if (std::erase_if(list, [now](const Typist &one) { return one.until <= now; }) > 0)
            changed.push_back(conversation);
        for (const Typist &one : list)
            next = std::min(next, one.until);
    }
    std::erase_if(typists, [](const auto &one) { return one.second.empty(); });
    if (!typists.empty()) {
        const auto rest = std::chrono::ceil<std::chrono::milliseconds>(next - now);
        expiry.start(rest, [this] { expire(); });
    }
    for (const ConversationId &conversation : changed)
        Q_EMIT q.typingChanged(conversation);
}

PresenceClient::PresenceClient(HubConnection &presenceHub, const ClientParts &parts, const PresenceOptions &options,
                               QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(*this, presenceHub, parts, options))
{
}

PresenceClient::~PresenceClient() = default;

void PresenceClient::watch(const std::vector<UserId> &users)
{
    std::vector<UserId> fresh;
    for (const UserId &user : users) {
        if (user != d->self && qsizetype(d->watched.size()) < Limits::presences && d->watched.insert(user).second)
            fresh.push_back(user);
    }
    d->subscribe(fresh);
}

void PresenceClient::follow(ConversationClient &conversations)
{
    d->conversations = &conversations;
    connect(&conversations, &ConversationClient::participantsSeen, this, &PresenceClient::learn);
    for (int i = 0; i < conversations.count(); ++i)
        d->learn(conversations.at(i).conversation.participants);
}

void PresenceClient::learn(const std::vector<Participant> &participants)
{
    d->learn(participants);
}

bool PresenceClient::isOnline(const UserId &user) const
{
    const auto found = d->people.find(user);
    return found != d->people.end() && found->second.isOnline;
}

Presence PresenceClient::presence(const UserId &user) const
{
    const auto found = d->people.find(user);
    return found == d->people.end() ? Presence{.userId = user, .isOnline = false, .lastSeenAt = {}, .status = {}}
                                    : found->second;
}

std::vector<UserId> PresenceClient::typists(const ConversationId &conversation) const
{
    std::vector<UserId> users;
    const auto found = d->typists.find(conversation);
    if (found != d->typists.end()) {
        for (const Private::Typist &one : found->second)
            users.push_back(one.user);
    }
    return users;
}

} // namespace Tertulia::Client
