// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// makedata --data-dir D [--people N] [--pairs N] [--conversations N] [--messages N]: fills the folder of a server that
// is not running, through the services, and signs access tokens that live for a day. Leaves for the load client:
//   D/tokens.txt   a token for each of the people
//   D/pairs.txt    token, token, conversation: pairs of people with a conversation of one message
//   D/reader.txt   token, conversation: a reader who is in all the conversations with all the messages
//   D/group.txt    token: members of a group of --group people; D/group-id.txt: its id

#include "auth/authenticator.h"
#include "auth/keystore.h"
#include "services/messageservice.h"
#include "store/conversationstore.h"
#include "store/database.h"
#include "store/migrations.h"
#include "store/transaction.h"
#include "store/userstore.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>

using namespace Tertulia;
using namespace Tertulia::Server;
using namespace Qt::StringLiterals;

namespace {

void check(bool ok, const char *what)
{
    if (!ok)
        qFatal("makedata: %s", what);
}

/// A second between messages: a million written in half a minute would all be as recent as one another, which no real
/// list of conversations is.
class HistoryClock final : public Clock
{
public:
    explicit HistoryClock(int messages)
        : m_now(SystemClock().now() - std::chrono::seconds(messages))
    {
    }
    [[nodiscard]] Timestamp now() const override { return m_now; }
    [[nodiscard]] std::chrono::steady_clock::time_point steadyNow() const override
    {
        return std::chrono::steady_clock::now();
    }
    void pass(std::chrono::seconds time) { m_now += time; }

private:
    Timestamp m_now;
};

class Maker
{
public:
    Maker(const QString &folder, int messages)
        : m_folder(folder)
        , m_clock(messages)
    {
        check(QDir().mkpath(folder), "cannot make the folder");
        QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        const auto secret = KeyStore::secret(folder + u"/keys"_s, u"access-tokens.key"_s);
        check(secret.has_value(), "no key");
        AuthSettings settings;
        settings.accessLifetime = std::chrono::hours(24);
        const auto key = JwtKey::fromSecret(*secret);
        check(key.has_value(), "no key");
        m_tokens = std::make_unique<Authenticator>(m_today, settings, *key, m_registry);
        StoreSettings store;
        store.path = folder + u"/tertulia.db"_s;
        store.clock = &m_clock;
        auto opened = Database::open(store, Database::Mode::Writer);
        check(opened.has_value(), "cannot open the database");
        m_database = std::move(*opened);
        check(migrate(*m_database).has_value(), "cannot migrate");
        check(m_database->run("PRAGMA synchronous=OFF").has_value(), "no pragma");
    }

    ~Maker() { m_database->checkpoint(true); }

    /// Token of a new person.
    QByteArray addPerson(int number)
    {
        const QString name = u"person%1"_s.arg(number);
        inUnit([&](Transaction &tx) {
            Account account;
            account.id = person(number);
            account.username = name;
            account.fullName = u"Full Name %1"_s.arg(number);
            account.createdAt = m_clock.now();
            check(UserStore::insert(tx, account), "no person");
        });
        const UserCard card{person(number), name, name, {}};
        return m_tokens->issue(card, Role::User, SessionId(Uuid::generate()), m_today.now()).text.toUtf8();
    }

    /// @return the conversation's id
    QByteArray send(int from, int to)
    {
        SendMessageRequest wanted;
        wanted.recipientId = person(to).toString();
        wanted.clientMessageId = Uuid::generate().toString();
        wanted.content =
            u"the tide comes in and the boats lift from the sand one after another, message %1"_s.arg(m_count);
        QByteArray conversation;
        m_clock.pass(std::chrono::seconds(1));
        inUnit([&](Transaction &tx) {
            const auto sent = m_messages.send(tx, {.id = person(from), .session = {}, .role = Role::User}, wanted);
            check(sent.has_value(), "not sent");
            conversation = sent->message.conversationId.toString().toUtf8();
            if (m_count % 4 != 0)
                m_messages.markDelivered(tx, person(to), sent->message.conversationId, 1, sent->message.sequence,
                                         sent->message.createdAt);
        });
        return conversation;
    }

    /// A group of the people with the numbers `first` … @return its id
    QByteArray addGroup(int first, int size)
    {
        QByteArray id;
        inUnit([&](Transaction &tx) {
            std::vector<Person> people;
            for (int i = 0; i < size; ++i)
                people.emplace_back().card.id = person(first + i);
            id = ConversationStore::createGroup(tx, u"Everybody"_s, people, m_clock.now()).id.toString().toUtf8();
        });
        return id;
    }

    /// Commits what is open; also done now and then.
    void commit()
    {
        if (!std::exchange(m_isOpen, false))
            return;
        check(m_database->commit().has_value(), "no commit");
        if (m_database->walFrames() > 8'000)
            m_database->checkpoint();
    }

    void write(const QString &name, const QByteArrayList &lines)
    {
        QFile file(m_folder + u'/' + name);
        check(file.open(QIODevice::WriteOnly) && file.write(lines.join('\n') + '\n') > 0, "cannot write");
    }

private:
    static UserId person(int number) { return UserId(Uuid::fromName("bench", QByteArray::number(number))); }

    template <class Work> void inUnit(Work work)
    {
        if (!std::exchange(m_isOpen, true))
            check(m_database->beginWrite().has_value(), "no transaction");
        Transaction tx(*m_database, 0);
        work(tx);
        check(tx.endUnit(true), "not stored");
        if (++m_count % 10'000 == 0)
            commit();
    }

    QString m_folder;
    SystemClock m_today; // of the tokens
    HistoryClock m_clock;
    SessionRegistry m_registry{m_today, std::chrono::hours(24)};
    std::unique_ptr<Authenticator> m_tokens;
    std::unique_ptr<Database> m_database;
    MessageService m_messages{m_clock, {}};
    int m_count = 0;
    bool m_isOpen = false;
};

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    for (const char *name : {"data-dir", "people", "pairs", "conversations", "messages", "group"})
        parser.addOption({QString::fromLatin1(name), QString::fromLatin1(name), u"value"_s, u"0"_s});
    parser.process(application);
    const auto number = [&](const QString &name) { return parser.value(name).toInt(); };
    Maker maker(QFileInfo(parser.value(u"data-dir"_s)).absoluteFilePath(), number(u"messages"_s));

    QByteArrayList tokens;
    for (int i = 0; i < number(u"people"_s); ++i)
        tokens.append(maker.addPerson(i));
    QByteArrayList pairs;
    constexpr int firstOfPairs = 1'000'000;
    for (int i = 0; i < number(u"pairs"_s); ++i) {
        const int one = firstOfPairs + 2 * i;
        const QByteArray first = maker.addPerson(one);
        const QByteArray second = maker.addPerson(one + 1);
        pairs.append(first + ' ' + second + ' ' + maker.send(one, one + 1));
    }
    QByteArrayList reader;
    if (const int conversations = number(u"conversations"_s); conversations > 0) {
        constexpr int first = 2'000'000;
        const QByteArray token = maker.addPerson(first);
        for (int i = 1; i <= conversations; ++i)
            maker.addPerson(first + i);
        // One of ten messages in its turn, the rest in the first conversation: that one is long.
        const int messages = number(u"messages"_s);
        for (int i = 0; i < messages; ++i) {
            const int other = i % 10 == 0 ? first + 1 + i / 10 % conversations : first + 1;
            const QByteArray id = i % 2 == 0 ? maker.send(first, other) : maker.send(other, first);
            if (i == 0 || (i % 10 == 0 && i / 10 < conversations))
                reader.append(token + ' ' + id);
        }
    }
    if (const int size = number(u"group"_s); size > 0) {
        constexpr int first = 3'000'000;
        QByteArrayList members;
        for (int i = 0; i < size; ++i)
            members.append(maker.addPerson(first + i));
        maker.write(u"group-id.txt"_s, {maker.addGroup(first, size)});
        maker.write(u"group.txt"_s, members);
    }
    maker.commit();
    maker.write(u"tokens.txt"_s, tokens);
    maker.write(u"pairs.txt"_s, pairs);
    maker.write(u"reader.txt"_s, reader);
    return 0;
}
