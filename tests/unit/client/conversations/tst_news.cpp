// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/conversations/news.h"
#include "support/messages.h"
#include "support/testmain.h"

#include <QTest>

using namespace Tertulia;
using namespace Tertulia::Client;
using namespace Tertulia::Test;
using namespace Qt::StringLiterals;

class TestNews : public QObject
{
    Q_OBJECT

    const UserCard m_self = person(u"ana"_s), m_other = person(u"bo"_s);
    const ConversationId m_talk = conversationNamed(u"talk"_s);
    News m_news{m_self.id};
    ConversationEntry m_entry;

private Q_SLOTS:
    void init()
    {
        m_news = News(m_self.id);
        m_entry = {};
    }

    void message_isHeardOnce_inWhateverOrder()
    {
        QVERIFY(m_news.hear(messageFrom(m_other, m_talk, 2), &m_entry));
        QVERIFY(!m_news.hear(messageFrom(m_other, m_talk, 2), &m_entry));
        QVERIFY(!m_news.hear(messageFrom(m_other, m_talk, 1), &m_entry));
        QVERIFY(m_news.hear(messageFrom(m_other, m_talk, 3), &m_entry));
    }
    void ownMessage_isNoNews()
    {
        QVERIFY(!m_news.hear(messageFrom(m_self, m_talk, 1), &m_entry));
        QVERIFY(!m_news.hear(messageFrom(m_self, m_talk, 1), nullptr));
    }
    void whatIsRead_isNoNews()
    {
        m_entry.conversation.readThrough = 5;
        QVERIFY(!m_news.hear(messageFrom(m_other, m_talk, 5), &m_entry));
        QVERIFY(m_news.hear(messageFrom(m_other, m_talk, 6), &m_entry));
    }
    void whatWasThereAtFirst_isNoNews()
    {
        m_news.markHeard(m_talk, 5);
        m_news.markHeard(m_talk, 3); // never back
        QVERIFY(!m_news.hear(messageFrom(m_other, m_talk, 5), &m_entry));
        m_news.forget(m_talk); // deleted, and begun anew
        QVERIFY(m_news.hear(messageFrom(m_other, m_talk, 1), &m_entry));
    }
    void kept_isTheNewestOfEachConversation()
    {
        m_news.keep(messageFrom(m_other, m_talk, 1));
        m_news.keep(messageFrom(m_other, m_talk, 2));
        m_news.keep(messageFrom(m_other, conversationNamed(u"other"_s), 1));
        auto kept = m_news.takeKept();
        QCOMPARE(kept.size(), size_t(2));
        QCOMPARE(kept[m_talk].sequence, 2);
        QVERIFY(m_news.takeKept().empty());
    }
};

TERTULIA_TEST(tst_news, TestNews)
#include "tst_news.moc"
