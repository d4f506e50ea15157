// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Whatever brings a card, the directory hears of it, and nothing else keeps it.
#include "chatscript.h"
#include "support/testmain.h"

#include <QSignalSpy>
#include <QTest>

#include <functional>

using namespace Tertulia;
using namespace Tertulia::Client;
using namespace Tertulia::Test;
using namespace Qt::StringLiterals;

namespace {

const UserCard ana = person(u"ana"_s);
const UserCard bo = person(u"bo"_s);
const UserCard renamed{.id = bo.id, .fullName = u"Robert Lind"_s, .username = u"robert"_s, .avatar = {}};
const ConversationId talk = conversationNamed(u"talk"_s);

using Step = std::function<void(ChatScript &)>;

Message later(Sequence sequence)
{
    Message message = messageFrom(renamed, talk, sequence);
    message.revision = sequence;
    return message;
}

} // namespace

class TestNames : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_script = std::make_unique<ChatScript>();
        m_script->store->people().save(bo);
        m_script->store->setValue(u"sync-cursor"_s, u"c-7"_s);
        m_script->store->conversations().save(conversationOf(talk, {ana, bo}, messageFrom(bo, talk, 30)));
        m_script->store->messages().save(messageFrom(bo, talk, 30));
    }
    void cleanup() { m_script.reset(); }

    void card_isHeard_whateverBringsIt_data()
    {
        QTest::addColumn<Step>("answers"); // what the server answers
        QTest::addColumn<Step>("event"); // what happens once the client is connected
        const auto row = [](const char *what, Step answers, Step event) { QTest::newRow(what) << answers << event; };
        const Step nothing = [](ChatScript &) {};
        const Step nothingNew = [](ChatScript &script) { script.answerSyncs(); };
        const auto sync = [](const std::vector<Message> &messages, const std::vector<Conversation> &conversations) {
            return Step([=](ChatScript &script) {
                SyncResult page;
                page.cursor = u"c-8"_s;
                page.messages = messages;
                page.conversations = conversations;
                script.answerSyncs(page);
            });
        };
        const Message message = later(31);
        const Conversation conversation = conversationOf(talk, {ana, renamed}, message);
        row("a message", nothingNew, [=](ChatScript &script) { script.inject(HubEvents::receiveMessage, message); });
        row("missed messages", nothingNew,
            [=](ChatScript &script) { script.inject(HubEvents::offlineMessages, std::vector<Message>{message}); });
        row("a reaction", nothingNew, [=](ChatScript &script) {
            script.inject(HubEvents::messageReaction,
                          MessageReaction{.messageId = message.id,
                                          .conversationId = talk,
                                          .userId = bo.id,
                                          .reaction = u"+"_s,
                                          .message = message});
        });
        row("a conversation", nothingNew,
            [=](ChatScript &script) { script.inject(HubEvents::conversationUpdated, conversation); });
        row("a message of a sync", sync({message}, {}), nothing);
        row("a conversation of a sync", sync({}, {conversation}), nothing);
        row(
            "the list",
            [=](ChatScript &script) {
                script.server.always("GET", QString(Routes::sync), ScriptedAnswer::error(400, "VALIDATION_ERROR"));
                script.server.always("GET", QString(Routes::conversations), listOf({conversation}));
            },
            nothing);
        row(
            "old history",
            [=](ChatScript &script) {
                script.answerSyncs();
                script.server.always("GET", QString(Routes::messages),
                                     ScriptedAnswer::data(toJson(MessagePage{talk, {later(28), later(29)}, {}})));
            },
            [](ChatScript &script) { script.client->open(talk)->loadOlder(); });
    }
    void card_isHeard_whateverBringsIt()
    {
        QFETCH(const Step, answers);
        QFETCH(const Step, event);
        answers(*m_script);
        m_script->makeClient();
        const QSignalSpy told(m_script->directory.get(), &Directory::changed);
        m_script->client->start();
        QVERIFY(m_script->connectHub());
        event(*m_script);
        QTRY_COMPARE(told.size(), 1);
        QCOMPARE(told.front().front().value<UserId>(), bo.id);
        QCOMPARE(m_script->directory->card(bo.id), renamed);
        QCOMPARE(m_script->store->people().find(bo.id), renamed);
        QCOMPARE(m_script->client->find(talk)->other(ana.id)->fullName, QString());
        const Timeline *const timeline = m_script->client->open(talk);
        for (int row = 0; row < timeline->count(); ++row)
            QCOMPARE(timeline->at(row).message.sender.fullName, QString());
    }

private:
    std::unique_ptr<ChatScript> m_script;
};

TERTULIA_TEST(tst_names, TestNames)
#include "tst_names.moc"
