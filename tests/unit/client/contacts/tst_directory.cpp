// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/contacts/directory.h"

#include "client/cache/localstore.h"
#include "support/messages.h"

#include <QSignalSpy>
#include <QTest>

using namespace Tertulia;
using namespace Tertulia::Client;
using namespace Tertulia::Test;
using namespace Qt::StringLiterals;

namespace {

const UserCard bo = person(u"bo"_s);

UserCard called(const QString &name, const QString &username = u"bo"_s)
{
    return {.id = bo.id, .fullName = name, .username = username, .avatar = {}};
}

} // namespace

class TestDirectory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_store = LocalStore::inMemory();
        m_directory = std::make_unique<Directory>(*m_store);
    }
    void cleanup() { m_directory.reset(); }

    // What happens, one after the other: the store holds "stored"; somebody asks; the server says "a", "b"; nothing is
    // said by a card without a name.
    void heardLast_wins_andIsToldOnce_data()
    {
        QTest::addColumn<QStringList>("steps");
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("changes");
        const auto row = [](const char *what, const QStringList &steps, const QString &name, int changes) {
            QTest::newRow(what) << steps << name << changes;
        };
        row("nobody knows", {u"ask"_s}, {}, 0);
        row("from the store", {u"store"_s, u"ask"_s}, u"stored"_s, 0);
        row("from the store with all", {u"store"_s, u"load"_s}, u"stored"_s, 0);
        row("heard of before anybody asks", {u"a"_s}, u"a"_s, 0);
        row("heard of after somebody has asked", {u"ask"_s, u"a"_s}, u"a"_s, 1);
        row("as the store has it", {u"store"_s, u"stored"_s, u"ask"_s}, u"stored"_s, 0);
        row("otherwise than the store has it", {u"store"_s, u"a"_s}, u"a"_s, 1);
        row("otherwise than it was read", {u"store"_s, u"ask"_s, u"a"_s}, u"a"_s, 1);
        row("the same again", {u"a"_s, u"a"_s, u"a"_s}, u"a"_s, 0);
        row("another name", {u"a"_s, u"b"_s}, u"b"_s, 1);
        row("and back", {u"a"_s, u"b"_s, u"a"_s}, u"a"_s, 2);
        row("the store is read late", {u"a"_s, u"store"_s, u"load"_s, u"ask"_s}, u"a"_s, 0);
        row("the store is found later", {u"ask"_s, u"store"_s, u"keep"_s}, u"stored"_s, 1);
        row("the store is another one", {u"a"_s, u"store"_s, u"keep"_s, u"ask"_s}, u"a"_s, 0);
        row("no name is no news", {u"a"_s, u"nothing"_s}, u"a"_s, 0);
    }
    void heardLast_wins_andIsToldOnce()
    {
        QFETCH(const QStringList, steps);
        QFETCH(const QString, name);
        QFETCH(const int, changes);
        const QSignalSpy told(m_directory.get(), &Directory::changed);
        for (const QString &step : steps) {
            if (step == u"store")
                QVERIFY(m_store->people().save(called(u"stored"_s)));
            else if (step == u"ask")
                std::ignore = m_directory->card(bo.id);
            else if (step == u"load")
                m_directory->load();
            else if (step == u"keep")
                m_directory->keepAll();
            else if (step == u"nothing")
                m_directory->hear(called({}, {}));
            else
                m_directory->hear(called(step));
        }
        QCOMPARE(m_directory->card(bo.id).fullName, name);
        QCOMPARE(told.size(), changes);
        for (const auto &one : told)
            QCOMPARE(one.front().value<UserId>(), bo.id);
    }

    void change_isOfEachPartOfTheCard()
    {
        m_directory->hear(bo);
        const QSignalSpy told(m_directory.get(), &Directory::changed);
        UserCard card = bo;
        card.username = u"bo2"_s;
        m_directory->hear(card);
        card.avatar = u"https://example.org/bo.png"_s;
        m_directory->hear(card);
        QCOMPARE(told.size(), 2);
        QCOMPARE(m_directory->card(bo.id), card);
    }

    void change_isTold_whenItIsTrueAlready()
    {
        m_directory->hear(bo);
        QString seen;
        connect(m_directory.get(), &Directory::changed, this,
                [&](const UserId &user) { seen = m_directory->card(user).fullName; });
        m_directory->hear(called(u"Bo the Bold"_s));
        QCOMPARE(seen, u"Bo the Bold"_s);
    }

    void whatIsTaken_keepsIdsAlone()
    {
        const UserCard ana = person(u"ana"_s);
        std::vector<Message> messages{messageFrom(bo, conversationNamed(u"talk"_s), 1)};
        std::vector<Conversation> conversations{
            conversationOf(conversationNamed(u"talk"_s), {ana, bo}, messages.front())};
        for (const bool isSecond : {false, true}) { // what was taken out is not heard as nothing
            m_directory->take(messages);
            m_directory->take(conversations);
            QCOMPARE(messages.front().sender.id, bo.id);
            QCOMPARE(messages.front().sender.fullName, QString());
            QCOMPARE(conversations.front().participants.at(0).id, ana.id);
            QCOMPARE(conversations.front().participants.at(0).username, QString());
            QCOMPARE(m_directory->card(ana.id), ana);
            QCOMPARE(m_directory->card(bo.id), bo);
            Q_UNUSED(isSecond)
        }
    }

    void heard_isInTheStore()
    {
        m_directory->hear(bo);
        m_directory->hear(called(u"Bo the Bold"_s));
        QCOMPARE(m_store->people().find(bo.id), called(u"Bo the Bold"_s));
        Directory later(*m_store);
        QCOMPARE(later.card(bo.id).fullName, u"Bo the Bold"_s);
    }

    void tooMany_letThoseGoWhoWereNeededLongestAgo()
    {
        Directory small(*m_store, 3);
        const QSignalSpy told(&small, &Directory::changed);
        for (const char *name : {"a", "b", "c"})
            small.hear(person(QString::fromLatin1(name)));
        std::ignore = small.card(person(u"a"_s).id);
        small.hear(person(u"d"_s));
        QCOMPARE(small.count(), size_t(3));
        m_store->people().save(called(u"elsewhere"_s)); // the store is read for whom is not in memory
        QCOMPARE(small.card(person(u"b"_s).id), person(u"b"_s));
        QCOMPARE(small.card(bo.id).fullName, u"elsewhere"_s);
        QCOMPARE(small.count(), size_t(3));
        QCOMPARE(told.size(), 0);
        UserCard renamed = person(u"c"_s); // long gone from memory, and perhaps still shown
        renamed.fullName = u"Ms Charlotte"_s;
        small.hear(renamed);
        QCOMPARE(told.size(), 1);
    }

    void manyThatNobodyKnows_areBounded()
    {
        Directory small(*m_store, 10);
        for (int i = 0; i < 1'000; ++i)
            std::ignore = small.card(UserId::generate());
        QCOMPARE(small.count(), size_t(10));
    }

    void whoIsHereOnly_goesLast()
    {
        QVERIFY(m_store->people().save(person(u"kept"_s)));
        {
            const SqliteTransaction together = m_store->transaction();
            for (size_t i = 1; i < Limits::people; ++i)
                QVERIFY(m_store->people().save({UserId::generate(), u"N"_s, u"n"_s, {}}));
        }
        Directory small(*m_store, 3);
        small.hear(bo); // the store is full
        QVERIFY(!m_store->people().find(bo.id));
        for (int i = 0; i < 20; ++i)
            std::ignore = small.card(UserId::generate());
        QCOMPARE(small.card(bo.id), bo);
        for (int i = 0; i < 20; ++i) // even they are not without end
            small.hear(person(u"p%1"_s.arg(i)));
        QCOMPARE(small.count(), size_t(3));
        QCOMPARE(small.card(bo.id).fullName, QString());
    }

    void people_areFoundByBeginningsOfWords()
    {
        for (const char *name : {"Ana Torres", "Bo Lind", "Anastasia Ähm", "Zana", "Eva Weißkopf-Łuk"}) {
            const UserCard card{.id = UserId::generate(),
                                .fullName = QString::fromUtf8(name),
                                .username = QString::fromUtf8(name).left(2).toLower(),
                                .avatar = {}};
            if (card.username == u"bo")
                m_directory->hear(card);
            else
                m_store->people().save(card);
        }
        const auto names = [this](const QString &text) {
            QStringList found;
            for (const UserCard &card : m_directory->search(text, 10))
                found.append(card.fullName);
            return found;
        };
        QCOMPARE(names(u"ana"_s), (QStringList{u"Ana Torres"_s, u"Anastasia Ähm"_s}));
        QCOMPARE(names(u"äh ANA"_s), (QStringList{u"Anastasia Ähm"_s}));
        QCOMPARE(names(u"ahm"_s), (QStringList{u"Anastasia Ähm"_s}));
        QCOMPARE(names(u"luk WEISSK"_s), (QStringList{u"Eva Weißkopf-Łuk"_s}));
        QCOMPARE(names(u"lin"_s), (QStringList{u"Bo Lind"_s}));
        QCOMPARE(names(u" "_s), QStringList());
        QCOMPARE(m_directory->search(u"ana"_s, 1).size(), size_t(1));
    }

private:
    std::unique_ptr<LocalStore> m_store;
    std::unique_ptr<Directory> m_directory;
};

QTEST_GUILESS_MAIN(TestDirectory)
#include "tst_directory.moc"
