// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/async.h"
#include "client/cache/storetrouble.h"
#include "client/session/accountinfo.h"
#include "client/session/secretstore.h"
#include "client/session/tokenkeeper.h"
#include "client/transport/apiclient.h"
#include "client/transport/scheduler.h"

#include <QObject>

#include <memory>

namespace Tertulia::Client {

class ConversationClient;
class Directory;
class HubConnection;
class HubSupervisor;
class LocalStore;
class Outbox;
class PeopleClient;
class PresenceClient;

/// One signed-in account with all that belongs to it. Works offline from its folder; connects by itself and for ever,
/// until its session has ended. Then it stays, with its cache and what waits to be sent, until somebody signs in again
/// or signs out.
class Account final : public QObject
{
    Q_OBJECT

public:
    enum class Connectivity {
        Offline, ///< attempts have failed; the next one is some seconds away
        Connecting, ///< the first attempt, the first after a loss, or one that somebody asked for
        Online,
        SessionEnded, ///< the server wants a new sign-in; nothing is tried any more
    };
    Q_ENUM(Connectivity)

    /// @param folder the account's own; made when it is not there
    /// @param secrets, clock must outlive the account
    Account(AccountInfo info, const QString &folder, SecretStore &secrets, const Clock &clock,
            QObject *parent = nullptr);
    ~Account() override;

    /// Takes up the session of an earlier run and connects; SessionEnded when the secret store has none.
    void restore();
    /// A new session of the same user; connects. Finishes when the session is kept, or could not be (areSecretsKept()).
    Future<void> resume(const AuthResult &signIn);
    /// Tries now instead of when the back-off ends; what is wrong with the store too.
    void connectNow();
    /// Closes the connections and tries no more; for signing out and for quitting.
    void disconnectNow();

    [[nodiscard]] const AccountInfo &info() const { return m_info; }
    [[nodiscard]] const QString &folder() const { return m_folder; }
    [[nodiscard]] Connectivity connectivity() const { return m_connectivity; }
    /// Why it is not online; the default Error while it is.
    [[nodiscard]] const Error &lastError() const { return m_lastError; }

    [[nodiscard]] ApiClient &api() { return m_api; }
    [[nodiscard]] TokenKeeper &tokens() { return m_tokens; }
    /// What is wrong with what this account keeps here. Damage mends itself, and is told by storeBegunAnew() only.
    [[nodiscard]] StoreTrouble storeTrouble() const { return m_storeTrouble; }
    [[nodiscard]] HubConnection &chatHub();
    [[nodiscard]] HubConnection &presenceHub();
    [[nodiscard]] LocalStore &store() { return *m_store; }
    [[nodiscard]] Directory &directory() { return *m_directory; }
    [[nodiscard]] ConversationClient &conversations() { return *m_conversations; }
    [[nodiscard]] Outbox &outbox(); ///< that of conversations()
    [[nodiscard]] PresenceClient &presence() { return *m_presence; }
    [[nodiscard]] PeopleClient &people() { return *m_people; }

Q_SIGNALS:
    void connectivityChanged(Tertulia::Client::Account::Connectivity connectivity);
    /// Once each time the session ends; connectivity() is SessionEnded already.
    void sessionEnded(const Tertulia::Error &why);
    /// The user's names or picture have changed.
    void infoChanged();
    void storeTroubleChanged();
    /// The store was damaged: it lies aside, and what was not rescued of it comes from the server anew.
    void storeBegunAnew();

private:
    void watchStore();
    void mendStore();
    void connectHubs();
    void hubChanged();
    void setConnectivity(Connectivity connectivity);
    void endSession(const Error &why);
    void takeUser(const SignedInUser &user);
    void takeOwnCard(const UserId &changed);

    AccountInfo m_info;
    const QString m_folder;
    Connectivity m_connectivity = Connectivity::Offline;
    Error m_lastError;
    ApiClient m_api;
    TokenKeeper m_tokens;
    // What stands below others is destroyed after them.
    std::unique_ptr<LocalStore> m_store;
    std::unique_ptr<Directory> m_directory;
    StoreTrouble m_storeTrouble = StoreTrouble::None; ///< as it was told
    bool m_isMendDue = false;
    Alarm m_mendAlarm;
    std::unique_ptr<HubSupervisor> m_chat, m_online;
    std::unique_ptr<ConversationClient> m_conversations;
    std::unique_ptr<PresenceClient> m_presence;
    std::unique_ptr<PeopleClient> m_people;
};

} // namespace Tertulia::Client
