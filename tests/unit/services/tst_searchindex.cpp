// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/searchindex.h"
#include "sqlite/rows.h"
#include "support/testmain.h"

#include "store/database.h"
#include "store/userstore.h"
#include "support/testdatabase.h"

#include "accountstage.h"

#include <QTest>

using namespace Tertulia;
using namespace Tertulia::Server;
using namespace Tertulia::Test;
using namespace Qt::StringLiterals;

namespace {

/// More than one unit of work takes, and not a multiple of it.
constexpr int people = 450;

struct IndexStage : Stage
{
    IndexStage() { addPeople(); }

    template <class Work> auto write(Work work)
    {
        using T = typename decltype(work(std::declval<Transaction &>()))::value_type;
        Awaited<T> done;
        executor->write<T>(work, done.completion());
        return done.wait();
    }
    /// With words as an older version folded them.
    void addPeople()
    {
        const auto added = write([](Transaction &tx) -> Result<bool> {
            for (int i = 0; i < people; ++i) {
                Account person;
                person.id = UserId::generate();
                person.username = u"person%1x"_s.arg(i);
                person.fullName = u"Weiß %1"_s.arg(i);
                if (!UserStore::insert(tx, person))
                    return failure(Error::internal(u"a person"_s));
            }
            tx.execute("UPDATE user_words SET word = 'weiß' WHERE word = 'weiss'");
            return true;
        });
        QVERIFY(added);
    }
    int found(const QString &term)
    {
        Awaited<int> done;
        executor->read<int>(
            [term](ReadTransaction &tx) -> Result<int> {
                return int(UserStore::search(tx, term, UserId::generate(), people).size());
            },
            done.completion());
        return done.wait().value_or(-1);
    }
    bool isComplete()
    {
        Awaited<bool> done;
        executor->read<bool>([](ReadTransaction &tx) -> Result<bool> { return UserStore::hasPresentWords(tx); },
                             done.completion());
        return done.wait().value_or(false);
    }
};

} // namespace

class TestSearchIndex : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void names_areFoundAsPeopleTypeThem_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("term");
        const auto both = [](const char *what, const QString &name, const QString &term) {
            QTest::addRow("%s", what) << name << term;
            QTest::addRow("%s, the reverse", what) << term << name;
        };
        both("accents", u"Núñez"_s, u"nunez"_s);
        both("sharp s", u"Straße"_s, u"STRASSE"_s);
        both("capital sharp s", u"STRAẞE"_s, u"strasse"_s);
        both("dotted capital I", u"İstanbul"_s, u"istanbul"_s);
        both("dotless i", u"Işık"_s, u"isik"_s);
        both("stroke", u"Łukasz Sørensen"_s, u"lukasz sorensen"_s);
        both("ligature", u"ﬁnn"_s, u"finn"_s);
        both("joiner", u"می\u200cخواهم"_s, u"میخواهم"_s);
    }
    void names_areFoundAsPeopleTypeThem()
    {
        QFETCH(const QString, name);
        QFETCH(const QString, term);
        const FakeClock clock;
        TestDatabase database(clock);
        const auto found = database.write([&](Transaction &tx) -> Result<size_t> {
            Account ada;
            ada.id = UserId::generate();
            ada.username = u"ada"_s;
            ada.fullName = name;
            (void)UserStore::insert(tx, ada);
            return UserStore::search(tx, term, UserId::generate(), 10).size();
        });
        QCOMPARE(found.value_or(0), size_t(1));
    }
    void wordsOfAnEarlierFolding_areMadeAnew()
    {
        IndexStage stage;
        SearchIndex index(*stage.executor);
        QVERIFY(!stage.isComplete());
        QCOMPARE(stage.found(u"WEISS"_s), 0);
        index.complete();
        index.complete(); // is at it
        QTRY_VERIFY(stage.isComplete());
        QCOMPARE(stage.found(u"WEISS"_s), people);
        QCOMPARE(stage.found(u"person449"_s), 1);
    }
    void finishedIndex_isLeftAlone()
    {
        IndexStage stage;
        SearchIndex index(*stage.executor);
        index.complete();
        QTRY_VERIFY(stage.isComplete());
        const auto spoil = [](Transaction &tx) -> Result<bool> {
            tx.execute("UPDATE user_words SET word = 'x' WHERE word = 'person7x'");
            return true;
        };
        QVERIFY(stage.write(spoil));
        index.complete();
        stage.executor->stop(); // whatever was begun is over
        StoreSettings settings;
        settings.path = stage.folder.filePath(u"test.db"_s);
        const auto database = Database::open(settings, Database::Mode::Reader);
        QVERIFY(database);
        Rows rows(**database, "SELECT 1 FROM user_words WHERE word = 'x'");
        QVERIFY(rows.next());
    }
};

TERTULIA_TEST(tst_searchindex, TestSearchIndex)
#include "tst_searchindex.moc"
