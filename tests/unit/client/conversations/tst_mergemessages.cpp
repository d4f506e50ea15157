// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Accounts of one message, by events, pages and syncs, in any order.
#include "client/cache/localstore.h"
#include "client/conversations/timelinerows.h"
#include "support/testmain.h"
#include "timelinestage.h"

#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace Tertulia;
using namespace Tertulia::Client;
using namespace Tertulia::Test;
using namespace Qt::StringLiterals;

class TestMergeMessages : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void higherRevision_winsWhateverComesFirst_andTimesStay()
    {
        const auto store = LocalStore::inMemory();
        store->conversations().save(conversationOf(talk, {ana, bo}, messageFrom(ana, talk, 1)));
        std::vector<Message> accounts; // of one message, at five moments
        for (Revision revision = 1; revision <= 5; ++revision) {
            Message one = messageFrom(ana, talk, 1, u"text %1"_s.arg(revision));
            one.revision = revision;
            one.isDeleted = revision == 5;
            if (revision % 2 == 0)
                one.reactions = {{bo.id, QString::number(revision), testTime}};
            if (revision == 3)
                one.readAt = testTime;
            accounts.push_back(one);
        }
        Message expected = withoutName(accounts.back());
        expected.readAt = testTime;
        std::array order{0U, 1U, 2U, 3U, 4U};
        do {
            store->messages().removeAll();
            for (const size_t i : order)
                store->messages().save(accounts[i]);
            QCOMPARE(store->messages().at(talk, 1), std::optional(expected));
        } while (std::next_permutation(order.begin(), order.end()));
    }
    void pendingReaction_isShown_untilTheServerKnows()
    {
        TimelineRows rows(ana);
        QSignalSpy changed(&rows, &TimelineRows::rowsChanged);
        Message message = messageFrom(bo, talk, 1);
        message.reactions = {{ana.id, u"old"_s, testTime}, {bo.id, u"his"_s, testTime}};
        const auto shown = [&] {
            QStringList texts;
            for (const Reaction &one : rows.at(0).reactions(ana.id))
                texts.append(one.reaction);
            return texts;
        };
        rows.setPendingReaction(message.id, u"new"_s); // before the message is loaded
        rows.add({message});
        QCOMPARE(shown(), (QStringList{u"his"_s, u"new"_s}));
        rows.setPendingReaction(message.id, QString());
        QCOMPARE(shown(), QStringList{u"his"_s});
        QCOMPARE(changed.count(), 1);
        rows.reset({message}, {}); // a jump elsewhere and back
        QCOMPARE(shown(), QStringList{u"his"_s});
        rows.setPendingReaction(message.id, std::nullopt);
        QCOMPARE(shown(), (QStringList{u"old"_s, u"his"_s}));
        QCOMPARE(changed.count(), 2);
        rows.setPendingReaction(message.id, std::nullopt);
        QCOMPARE(changed.count(), 2);
    }
};

TERTULIA_TEST(tst_mergemessages, TestMergeMessages)
#include "tst_mergemessages.moc"
