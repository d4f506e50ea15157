// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/accountwatch.h"

#include "base/logging.h"
#include "store/sessionstore.h"
#include "store/transaction.h"
#include "store/userstore.h"

namespace Tertulia::Server {

struct AccountWatch::Snapshot
{
    std::vector<SessionId> endedSessions;
    std::vector<std::pair<SessionId, Timestamp>> endedForeign;
    SessionRegistry::Uses unusedAnswers;
    std::vector<UserId> disabled;
    std::vector<UserId> changed; ///< by tertulia-ctl, lately
    std::vector<std::pair<UserId, Role>> foreign;
    qint64 lastChange = 0;
};

AccountWatch::AccountWatch(const Clock &clock, std::chrono::milliseconds accessLifetime, Executor &executor,
                           SessionRegistry &registry, Authenticator &authenticator)
    : m_clock(clock)
    , m_accessLifetime(accessLifetime)
    , m_executor(executor)
    , m_registry(registry)
    , m_authenticator(authenticator)
{
}

void AccountWatch::load(Completion<Empty> done)
{
    auto shared = std::make_shared<Completion<Empty>>(std::move(done));
    m_executor.read<Snapshot>(
        [now = m_clock.now(), since = m_clock.now() - m_accessLifetime](ReadTransaction &tx) -> Result<Snapshot> {
            Snapshot found;
            found.endedSessions = SessionStore::endedAfter(tx, since);
            found.endedForeign = SessionStore::endedForeign(tx, now);
            found.unusedAnswers = SessionStore::unusedAnswers(tx, since);
            found.disabled = UserStore::disabled(tx);
            found.foreign = UserStore::foreignRoles(tx);
            for (const UserStore::Change &change : UserStore::changesAfter(tx, 0)) {
                if (change.at > since)
                    found.changed.push_back(change.user);
            }
            found.lastChange = UserStore::lastChange(tx);
            return found;
        },
        Completion<Snapshot>(nullptr, [this, shared](Result<Snapshot> found) {
            if (!found) {
                shared->finish(failure(found.error()));
                return;
            }
            for (const SessionId &session : found->endedSessions)
                m_registry.endSession(session);
            for (const auto &[session, until] : found->endedForeign)
                m_registry.endSession(session, until);
            for (const auto &[session, at] : found->unusedAnswers)
                m_registry.expectUse(session, at);
            for (const UserId &user : found->disabled)
                m_registry.setDisabled(user, true);
            for (const UserId &user : found->changed)
                m_registry.endTokensOf(user);
            for (const auto &[user, role] : found->foreign)
                m_authenticator.setForeignRole(user, role);
            m_lastChange = found->lastChange;
            shared->finish(Empty{});
        }));
}

void AccountWatch::committed(const std::vector<DomainEvent> &events)
{
    for (const DomainEvent &event : events) {
        const auto *ended = std::get_if<SessionEnded>(&event);
        if (!ended)
            continue;
        if (!ended->session.isNull()) {
            m_registry.endSession(ended->session, ended->until);
            continue;
        }
        m_registry.endTokensOf(ended->user);
        reread(ended->user);
    }
}

void AccountWatch::reread(UserId user)
{
    {
        const std::lock_guard lock(m_mutex);
        m_toReread.push_back(user);
    }
    rereadNext();
}

void AccountWatch::rereadNext()
{
    std::vector<UserId> users;
    {
        const std::lock_guard lock(m_mutex);
        if (m_isRereading || m_toReread.empty())
            return;
        m_isRereading = true;
        users = std::exchange(m_toReread, {});
    }
    m_executor.read<States>(
        [users](ReadTransaction &tx) -> Result<States> {
            States states;
            for (const UserId &user : users)
                states.emplace_back(user, UserStore::byId(tx, user));
            return states;
        },
        Completion<States>(nullptr, [this, users](const Result<States> &states) {
            if (states)
                take(*states);
            else
                qCWarning(logServices) << "the state of an account could not be read:" << states.error().message;
            {
                const std::lock_guard lock(m_mutex);
                m_isRereading = false;
                if (!states)
                    m_toReread.insert(m_toReread.end(), users.begin(), users.end());
            }
            if (states)
                rereadNext(); // else at the next poll
        }));
}

void AccountWatch::take(const States &states)
{
    for (const auto &[user, account] : states) {
        m_registry.setDisabled(user, !account || account->isDisabled);
        if (account && !account->externalSubject.isEmpty())
            m_authenticator.setForeignRole(user, account->role);
    }
}

void AccountWatch::poll()
{
    rereadNext();
    storeUses();
    if (m_isPolling.exchange(true))
        return; // the store is slow just now
    using Changes = std::vector<UserStore::Change>;
    m_executor.read<Changes>([after = m_lastChange.load()](
                                 ReadTransaction &tx) -> Result<Changes> { return UserStore::changesAfter(tx, after); },
                             Completion<Changes>(nullptr, [this](const Result<Changes> &changes) {
                                 for (const UserStore::Change &change : changes.value_or(Changes())) {
                                     m_registry.endTokensOf(change.user);
                                     reread(change.user);
                                     if (m_ended)
                                         m_ended(SessionEnded{change.user, {}});
                                     m_lastChange = change.number;
                                 }
                                 m_isPolling = false;
                             }));
}

void AccountWatch::storeUses()
{
    auto uses = m_registry.uses();
    if (uses.empty() || m_isStoring.exchange(true))
        return;
    m_executor.write<Empty>(
        [uses](Transaction &tx) -> Result<Empty> {
            for (const auto &[session, at] : uses)
                SessionStore::answerUsed(tx, session, at);
            return Empty{};
        },
        Completion<Empty>(nullptr, [this, uses](const Result<Empty> &stored) {
            if (stored)
                m_registry.forgetUses(uses);
            m_isStoring = false;
        }));
}

void AccountWatch::tidy()
{
    const Timestamp before = m_clock.now() - 2 * m_accessLifetime;
    m_executor.write<Empty>(
        {{}, Lane::Housekeeping},
        [before](Transaction &tx) -> Result<Empty> {
            SessionStore::removeOld(tx, before);
            UserStore::removeOldChanges(tx, before);
            return Empty{};
        },
        Completion<Empty>());
}

} // namespace Tertulia::Server
