// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/session/account.h"

#include "base/logging.h"
#include "client/cache/localstore.h"
#include "client/contacts/directory.h"
#include "client/contacts/peopleclient.h"
#include "client/conversations/conversationclient.h"
#include "client/conversations/intake.h"
#include "client/conversations/outbox.h"
#include "client/presence/presenceclient.h"
#include "client/session/hubsupervisor.h"
#include "protocol/names.h"

#include <QDir>
#include <QFile>
#include <QPointer>

#include <utility>

namespace Tertulia::Client {

using namespace Qt::StringLiterals;

namespace {

constexpr auto ownerOnly = QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner;

QUrl hubUrl(QUrl server, QLatin1StringView hub)
{
    server.setPath(server.path(QUrl::FullyEncoded) + hub, QUrl::TolerantMode);
    return server;
}

/// How often it is tried whether there is room on the disk again.
constexpr std::chrono::seconds mendInterval(10);

/// The store of the folder; without one (a full disk, a folder of somebody else's) the account works from the server.
std::unique_ptr<LocalStore> openStore(const QString &folder, const UserId &self)
{
    if (!QDir().mkpath(folder) || !QFile::setPermissions(folder, ownerOnly))
        qCWarning(logClient, "the folder of an account cannot be made: %s", qUtf8Printable(folder));
    LocalStoreOptions options;
    options.self = self;
    return LocalStore::openOrWithout(folder + u"/cache.sqlite"_s, options);
}

} // namespace

Account::Account(AccountInfo info, const QString &folder, SecretStore &secrets, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_info(std::move(info))
    , m_folder(folder)
    , m_api(m_info.server)
    , m_tokens(m_api, secrets, u"session/"_s + m_info.accountId, clock)
    , m_store(openStore(folder, m_info.userId))
    , m_directory(std::make_unique<Directory>(*m_store))
    , m_mendAlarm(Scheduler::system())
    , m_chat(std::make_unique<HubSupervisor>(hubUrl(m_info.server, Routes::chatHub), m_tokens))
    , m_online(std::make_unique<HubSupervisor>(hubUrl(m_info.server, Routes::onlineHub), m_tokens))
{
    watchStore();
    const UserCard self{m_info.userId, m_info.fullName, m_info.username, m_info.avatar};
    const ClientParts parts{*m_store, *m_directory, m_api, m_chat->hub(), clock, self};
    m_conversations = std::make_unique<ConversationClient>(parts);
    m_presence = std::make_unique<PresenceClient>(m_online->hub(), parts);
    m_presence->follow(*m_conversations);
    m_people = std::make_unique<PeopleClient>(parts);
    m_api.setTokenKeeper(&m_tokens);
    connect(&m_tokens, &TokenKeeper::sessionEnded, this, &Account::endSession);
    connect(&m_tokens, &TokenKeeper::renewed, this, &Account::takeUser);
    connect(m_directory.get(), &Directory::changed, this, &Account::takeOwnCard);
    connect(m_chat.get(), &HubSupervisor::statusChanged, this, &Account::hubChanged);
}

Account::~Account()
{
    m_chat->disconnect(this);
    m_tokens.disconnect(this);
    m_conversations->stop();
    m_store->setTroubleHandler({});
}

void Account::watchStore()
{
    // Never within the statement that fails; and damage is found on the way, by whoever reads.
    const auto mendSoon = [this] {
        if (!std::exchange(m_isMendDue, true))
            QMetaObject::invokeMethod(this, &Account::mendStore, Qt::QueuedConnection);
    };
    m_store->setTroubleHandler(mendSoon);
    if (m_store->trouble() != StoreTrouble::None)
        mendSoon();
    if (m_store->wasBegunAnew())
        QMetaObject::invokeMethod(this, &Account::storeBegunAnew, Qt::QueuedConnection);
}

void Account::mendStore()
{
    m_isMendDue = false;
    const LocalStore::Mended mended = m_store->mend();
    if (mended != LocalStore::Mended::Nothing)
        m_conversations->keepAll();
    const StoreTrouble now = m_store->trouble();
    if (now != StoreTrouble::None)
        m_mendAlarm.start(mendInterval, [this] { mendStore(); });
    if (std::exchange(m_storeTrouble, now) != now)
        Q_EMIT storeTroubleChanged();
    if (mended == LocalStore::Mended::BegunAnew)
        Q_EMIT storeBegunAnew();
}

void Account::restore()
{
    setConnectivity(Connectivity::Connecting);
    whenAnswered(m_tokens.restore(), this, [this](const Result<void> &restored) {
        if (m_tokens.hasSession())
            return connectHubs();
        m_lastError = restored ? Error() : restored.error();
        setConnectivity(Connectivity::SessionEnded);
    });
}

Future<void> Account::resume(const AuthResult &signIn)
{
    disconnectNow(); // connections of the session before
    takeUser(signIn.user);
    Future<void> begun = m_tokens.begin(signIn);
    if (m_tokens.hasSession())
        connectHubs();
    return begun;
}

void Account::connectNow()
{
    if (m_store->trouble() != StoreTrouble::None)
        mendStore();
    if (m_connectivity == Connectivity::SessionEnded)
        return;
    m_chat->retryNow();
    m_online->retryNow();
    m_conversations->outbox().sendNow();
}

void Account::disconnectNow()
{
    m_conversations->stop();
    m_chat->stop();
    m_online->stop();
    setConnectivity(Connectivity::Offline);
}

void Account::connectHubs()
{
    m_conversations->start();
    m_chat->start();
    m_online->start();
}

void Account::hubChanged()
{
    if (m_connectivity == Connectivity::SessionEnded && !m_tokens.hasSession())
        return;
    m_lastError = m_chat->lastError();
    switch (m_chat->status()) {
    case HubSupervisor::Status::Connected:
        m_lastError = {};
        setConnectivity(Connectivity::Online);
        m_online->retryNow();
        break;
    case HubSupervisor::Status::Connecting:
        setConnectivity(Connectivity::Connecting);
        break;
    case HubSupervisor::Status::Waiting:
    case HubSupervisor::Status::Stopped:
        setConnectivity(Connectivity::Offline);
        break;
    }
}

void Account::setConnectivity(Connectivity connectivity)
{
    if (std::exchange(m_connectivity, connectivity) != connectivity)
        Q_EMIT connectivityChanged(connectivity);
}

void Account::endSession(const Error &why)
{
    qCInfo(logClient, "the server has ended the session of an account");
    m_lastError = why;
    m_connectivity = Connectivity::SessionEnded; // before the hubs tell that they stop
    m_conversations->stop();
    m_chat->stop();
    m_online->stop();
    const QPointer<Account> guard(this);
    Q_EMIT connectivityChanged(m_connectivity);
    if (guard)
        Q_EMIT sessionEnded(why);
}

void Account::takeUser(const SignedInUser &user)
{
    if (user.id != m_info.userId) {
        qCWarning(logClient, "the server has renewed a session for somebody else; its names are not taken");
        return;
    }
    UserCard card{user.id, user.fullName, user.username, user.avatar};
    admit(card);
    m_directory->hear(card);
    takeOwnCard(user.id); // the directory may have known it, and this not
}

void Account::takeOwnCard(const UserId &changed)
{
    if (changed != m_info.userId)
        return;
    const UserCard own = m_directory->card(changed);
    const AccountInfo before = m_info;
    m_info.fullName = own.fullName;
    m_info.username = own.username;
    m_info.avatar = own.avatar;
    if (m_info != before)
        Q_EMIT infoChanged();
}

HubConnection &Account::chatHub()
{
    return m_chat->hub();
}

HubConnection &Account::presenceHub()
{
    return m_online->hub();
}

Outbox &Account::outbox()
{
    return m_conversations->outbox();
}

} // namespace Tertulia::Client
