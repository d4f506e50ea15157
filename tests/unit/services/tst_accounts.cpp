// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/accountservice.h"
#include "support/testmain.h"

#include "store/sessionstore.h"
#include "store/userstore.h"
#include "support/testdatabase.h"

#include <QTest>

using namespace Tertulia;
using namespace Tertulia::Server;
using namespace Tertulia::Test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

struct Stage
{
    explicit Stage(AuthSettings rules = {})
        : settings(std::move(rules))
    {
    }

    FakeClock clock;
    TestDatabase database{clock};
    AuthSettings settings;
    SessionRegistry uses{clock, settings.accessLifetime};
    AccountService accounts{clock, settings, QByteArray(32, 'r')};

    static RegisterRequest person(const QString &name)
    {
        return {.username = name, .fullName = u"Full "_s + name, .password = u"long enough"_s, .email = {}};
    }
    Result<Account> tryAdd(const RegisterRequest &request)
    {
        return database.write([&](Transaction &tx) { return accounts.create(tx, request, "$hash"); });
    }
    Actor add(const QString &name) { return {tryAdd(person(name))->id, {}, Role::User}; }
    SignIn signIn(const Actor &who, const QString &device = u"phone"_s)
    {
        const ClientInfo client{.address = u"192.0.2.1"_s,
                                .network = u"192.0.2.1/32"_s,
                                .userAgent = {},
                                .deviceName = device,
                                .isLoopback = false};
        return *database.write([&](Transaction &tx) -> Result<SignIn> {
            return accounts.openSession(tx, *accounts.account(tx, who.id), client);
        });
    }
    std::optional<SignIn> refresh(const QString &token)
    {
        return *database.write([&](Transaction &tx) { return accounts.refresh(tx, token, {}, uses); });
    }
    std::vector<SessionInfo> sessions(const Actor &who)
    {
        return *database.read([&](ReadTransaction &tx) { return accounts.sessions(tx, who); });
    }
    QStringList search(const Actor &who, const QString &term, std::optional<qint64> limit = {})
    {
        const auto found = database.read([&](ReadTransaction &tx) { return accounts.search(tx, who, term, limit); });
        QStringList names;
        for (const UserCard &card : found.value_or(std::vector<UserCard>()))
            names.append(card.username);
        return names;
    }
    Result<Role> foreign(const ForeignIdentity &person)
    {
        return database.write([&](Transaction &tx) { return accounts.ensureForeign(tx, person); });
    }
    Account account(UserId id)
    {
        return *database.read([&](ReadTransaction &tx) { return accounts.account(tx, id); });
    }
};

ForeignIdentity stranger(const QString &wished = u"zoe"_s)
{
    return {.id = UserId::generate(),
            .issuer = u"https://id"_s,
            .subject = u"42"_s,
            .name = u"Zoe"_s,
            .preferredUsername = wished};
}

} // namespace

class TestAccounts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void registration_isChecked_data()
    {
        QTest::addColumn<QString>("username");
        QTest::addColumn<QString>("fullName");
        QTest::addColumn<QString>("password");
        QTest::addColumn<QString>("email");
        QTest::addColumn<QString>("blamed");
        const QString good = u"long enough"_s;
        const auto name = [&](const char *row, const QString &username, bool isGood) {
            QTest::newRow(row) << username << u"Ada"_s << good << QString() << (isGood ? QString() : u"username"_s);
        };
        name("plain", u"ada"_s, true);
        name("dots and dashes", u"ada.l_2-x"_s, true);
        name("other script", u"Зоя"_s, true);
        name("32 characters", QString(32, u'a'), true);
        name("33 characters", QString(33, u'a'), false);
        name("one character", u"a"_s, false);
        name("empty", QString(), false);
        name("space", u"ada l"_s, false);
        name("line feed at the end", u"ada\n"_s, false);
        name("begins with a dot", u".ada"_s, false);
        name("address", u"ada@example.org"_s, false);
        name("slash", u"ada/.."_s, false);
        name("invisible", u"ada\u200b"_s, false);
        name("right-to-left override", u"ada\u202e"_s, false);
        QTest::newRow("no full name") << u"ada"_s << u"  "_s << good << QString() << u"fullName"_s;
        QTest::newRow("endless full name") << u"ada"_s << QString(101, u'a') << good << QString() << u"fullName"_s;
        QTest::newRow("full name with NUL") << u"ada"_s << u"A"_s + QChar(0) << good << QString() << u"fullName"_s;
        QTest::newRow("password of 7") << u"ada"_s << u"Ada"_s << u"1234567"_s << QString() << u"password"_s;
        QTest::newRow("password of 8") << u"ada"_s << u"Ada"_s << u"12345678"_s << QString() << QString();
        QTest::newRow("password of 256") << u"ada"_s << u"Ada"_s << QString(256, u'p') << QString() << QString();
        QTest::newRow("password of 257") << u"ada"_s << u"Ada"_s << QString(257, u'p') << QString() << u"password"_s;
        QTest::newRow("email") << u"ada"_s << u"Ada"_s << good << u"ada@example.org"_s << QString();
        QTest::newRow("email without domain") << u"ada"_s << u"Ada"_s << good << u"ada@"_s << u"email"_s;
        QTest::newRow("email with line feed") << u"ada"_s << u"Ada"_s << good << u"a@b.c\n"_s << u"email"_s;
    }
    void registration_isChecked()
    {
        QFETCH(const QString, username);
        QFETCH(const QString, fullName);
        QFETCH(const QString, password);
        QFETCH(const QString, email);
        QFETCH(const QString, blamed);
        Stage stage;
        RegisterRequest request{.username = username, .fullName = fullName, .password = password, .email = {}};
        if (!email.isEmpty())
            request.email = email;
        const auto checked = stage.accounts.check(request);
        QCOMPARE(checked ? QString() : checked.error().field, blamed);
        if (!checked)
            QVERIFY(!checked.error().message.contains(password) || password.isEmpty());
    }
    void registration_namesEveryFieldThatIsWrong()
    {
        Stage stage;
        const auto checked =
            stage.accounts.check({.username = u"-"_s, .fullName = u" "_s, .password = u"short"_s, .email = u"at"_s});
        QVERIFY(!checked);
        QStringList blamed{checked.error().field};
        for (const FieldFault &fault : checked.error().others)
            blamed.append(fault.field);
        QCOMPARE(blamed, (QStringList{u"username"_s, u"fullName"_s, u"email"_s, u"password"_s}));
    }
    void takenNameOrEmail_isAConflict_whateverTheCase()
    {
        Stage stage;
        RegisterRequest ada = Stage::person(u"Ada"_s);
        ada.email = u"Ada@Example.org"_s;
        QVERIFY(stage.tryAdd(ada));
        for (const QString &same : {u"Ada"_s, u"ada"_s, u"ADA"_s, u"ａｄａ"_s})
            QCOMPARE(int(stage.tryAdd(Stage::person(same)).error().code), int(ErrorCode::Conflict));
        RegisterRequest other = Stage::person(u"other"_s);
        other.email = u"ada@example.ORG"_s;
        QCOMPARE(int(stage.tryAdd(other).error().code), int(ErrorCode::Conflict));
        QVERIFY(stage.tryAdd(Stage::person(u"adam"_s)));
    }
    void login_findsByUsernameOrEmail()
    {
        Stage stage;
        RegisterRequest ada = Stage::person(u"Ada"_s);
        ada.email = u"ada@example.org"_s;
        const UserId id = stage.tryAdd(ada)->id;
        const auto find = [&](std::optional<QString> username, std::optional<QString> email) {
            LoginRequest request;
            request.username = std::move(username);
            request.email = std::move(email);
            const auto found = stage.database.read([&](ReadTransaction &tx) -> Result<std::optional<Account>> {
                return stage.accounts.forLogin(tx, request);
            });
            return *found ? (*found)->id : UserId();
        };
        QCOMPARE(find(u"aDA"_s, {}), id);
        QCOMPARE(find({}, u"ADA@example.org"_s), id);
        QCOMPARE(find(u"ada@example.org"_s, {}), id);
        QCOMPARE(find(QString(), u"ada@example.org"_s), id);
        RegisterRequest ben = Stage::person(u"Ben"_s);
        ben.email = u"ben@example.org"_s;
        QVERIFY(stage.tryAdd(ben));
        QCOMPARE(find(u"ada"_s, u"ADA@example.org"_s), id);
        QVERIFY(find(u"ada"_s, u"ben@example.org"_s).isNull());
        QVERIFY(find(u"ada"_s, u"nobody@example.org"_s).isNull());
        QVERIFY(find(u"nobody"_s, u"ada@example.org"_s).isNull());
        QVERIFY(find({}, {}).isNull());
        QVERIFY(find({}, u"ada"_s).isNull());
    }

    void refresh_rotates_andLengthensTheSession()
    {
        Stage stage;
        const Actor ada = stage.add(u"ada"_s);
        const SignIn first = stage.signIn(ada);
        stage.clock.advance(10 * 24h);
        const auto second = stage.refresh(first.refreshToken);
        QVERIFY(second);
        QCOMPARE(second->session, first.session);
        QVERIFY(second->refreshToken != first.refreshToken);
        stage.clock.advance(10 * 24h);
        QVERIFY(stage.refresh(second->refreshToken));
    }
    void refresh_replayed_endsTheSession()
    {
        Stage stage;
        const Actor ada = stage.add(u"ada"_s);
        const SignIn first = stage.signIn(ada);
        const SignIn elsewhere = stage.signIn(ada);
        const auto second = stage.refresh(first.refreshToken);
        stage.uses.expectUse(first.session, stage.clock.now());
        stage.uses.used(first.session, stage.clock.now());
        stage.clock.advance(20s);
        (void)stage.database.takeEvents();
        QVERIFY(!stage.refresh(first.refreshToken));
        const auto ended = stage.database.takeEventsOf<SessionEnded>();
        QCOMPARE(ended.size(), size_t(1));
        QCOMPARE(ended[0].session, first.session);
        QVERIFY(!stage.refresh(second->refreshToken));
        QVERIFY(stage.refresh(elsewhere.refreshToken));
    }
    void refresh_again_givesTheSameSuccessor_forTwentySeconds()
    {
        Stage stage;
        const SignIn first = stage.signIn(stage.add(u"ada"_s));
        stage.clock.advance(1min);
        const auto second = stage.refresh(first.refreshToken);
        stage.uses.expectUse(first.session, stage.clock.now());
        stage.uses.used(first.session, stage.clock.now());
        stage.clock.advance(19'999ms);
        const auto again = stage.refresh(first.refreshToken);
        QVERIFY(again);
        QCOMPARE(again->refreshToken, second->refreshToken);
        stage.clock.advance(1ms);
        QVERIFY(!stage.refresh(first.refreshToken));
        QVERIFY(!stage.refresh(second->refreshToken));
    }
    void refresh_whoseAnswerWasLost_isAnsweredAgain()
    {
        Stage stage;
        const SignIn first = stage.signIn(stage.add(u"ada"_s));
        const auto lost = stage.refresh(first.refreshToken);
        stage.clock.advance(24h);
        const auto again = stage.refresh(first.refreshToken);
        QVERIFY(again);
        QCOMPARE(again->refreshToken, lost->refreshToken);
        QVERIFY(stage.refresh(again->refreshToken)); // the successor has come: from now on the first one is stolen
        QVERIFY(!stage.refresh(first.refreshToken));
        QVERIFY(!stage.database.takeEventsOf<SessionEnded>().empty());
    }
    void refresh_withTheTokenBeforeThePrevious_endsTheSessionAtOnce()
    {
        Stage stage;
        const SignIn first = stage.signIn(stage.add(u"ada"_s));
        const auto third = stage.refresh(stage.refresh(first.refreshToken)->refreshToken);
        QVERIFY(!stage.refresh(first.refreshToken));
        QVERIFY(!stage.refresh(third->refreshToken));
    }
    void refresh_withWhatWeDidNotMake_doesNothing()
    {
        Stage stage;
        const SignIn signIn = stage.signIn(stage.add(u"ada"_s));
        QByteArray raw = QByteArray::fromBase64(signIn.refreshToken.toLatin1(), QByteArray::Base64UrlEncoding);
        raw[20] = char(raw[20] ^ 1); // the session is named, but the tag does not fit
        for (const QString &wrong :
             {QString(), u"x"_s, QString(5000, u'A'), signIn.refreshToken.chopped(1), signIn.refreshToken + u"AAAA"_s,
              QString::fromLatin1(raw.toBase64(QByteArray::Base64UrlEncoding))})
            QVERIFY(!stage.refresh(wrong));
        QVERIFY(stage.database.takeEventsOf<SessionEnded>().empty());
        QVERIFY(stage.refresh(signIn.refreshToken));
    }
    void refresh_inAnotherSpelling_isTheSameToken()
    {
        Stage stage;
        const SignIn signIn = stage.signIn(stage.add(u"ada"_s));
        QVERIFY(stage.refresh(signIn.refreshToken + u"="_s));
    }
    void refresh_afterTheEnd_isRefused()
    {
        Stage stage;
        const Actor ada = stage.add(u"ada"_s);
        const SignIn expired = stage.signIn(ada);
        stage.clock.advance(stage.settings.refreshLifetime);
        QVERIFY(!stage.refresh(expired.refreshToken));
        const SignIn out = stage.signIn(ada);
        QVERIFY(
            stage.database.write([&](Transaction &tx) { return stage.accounts.logoutByToken(tx, out.refreshToken); }));
        QVERIFY(!stage.refresh(out.refreshToken));
        const SignIn disabled = stage.signIn(ada);
        stage.database.setDisabled(ada.id, true);
        QVERIFY(!stage.refresh(disabled.refreshToken));
    }

    void oneSessionTooMany_endsTheOneUnusedForLongest()
    {
        AuthSettings few;
        few.sessionsPerPerson = 3;
        Stage stage(few);
        const Actor ada = stage.add(u"ada"_s);
        const Actor ben = stage.add(u"ben"_s);
        stage.signIn(ben);
        std::vector<SignIn> opened;
        for (int i = 0; i < 3; ++i) {
            stage.clock.advance(1min);
            opened.push_back(stage.signIn(ada));
        }
        stage.clock.advance(1min);
        QVERIFY(stage.refresh(opened[0].refreshToken)); // used lately: now the second is the oldest
        stage.database.takeEvents();
        stage.clock.advance(1min);
        const SignIn fourth = stage.signIn(ada);
        const auto ended = stage.database.takeEventsOf<SessionEnded>();
        QCOMPARE(ended.size(), size_t(1));
        QCOMPARE(ended[0].session, opened[1].session);
        QVERIFY(!stage.refresh(opened[1].refreshToken));
        QVERIFY(stage.refresh(fourth.refreshToken));
        QCOMPARE(stage.sessions(ada).size(), size_t(3));
        QCOMPARE(stage.sessions(ben).size(), size_t(1));
    }
    void sessions_nameDevices_asTheyCanBeShown_data()
    {
        QTest::addColumn<QString>("told");
        QTest::addColumn<QString>("shown");
        QTest::newRow("plain") << u"Ada's laptop"_s << u"Ada's laptop"_s;
        QTest::newRow("nothing") << QString() << u"Unknown device"_s;
        QTest::newRow("nothing that can be seen") << u"\u200b\u2060 "_s << u"Unknown device"_s;
        QTest::newRow("turns the text") << u"lap\u202etop\n"_s << u"laptop"_s;
        QTest::newRow("half a character") << QString(QChar(0xd83d)) << u"Unknown device"_s;
        QTest::newRow("too long") << QString(121, u'x') << QString(120, u'x');
        QTest::newRow("too long by half an emoji") << QString(119, u'x') + u"\U0001F600"_s << QString(119, u'x');
    }
    void sessions_nameDevices_asTheyCanBeShown()
    {
        QFETCH(QString, told);
        QFETCH(QString, shown);
        Stage stage;
        const Actor ada = stage.add(u"ada"_s);
        stage.signIn(ada, told);
        QCOMPARE(stage.sessions(ada).at(0).deviceName, shown);
    }
    void sessions_listsWhatIsOpen_lastUsedFirst()
    {
        Stage stage;
        Actor ada = stage.add(u"ada"_s);
        stage.signIn(stage.add(u"ben"_s));
        const SignIn phone = stage.signIn(ada, u"phone"_s);
        stage.clock.advance(1min);
        const SignIn desktop = stage.signIn(ada, u"desktop"_s);
        stage.clock.advance(1min);
        const SignIn old = stage.signIn(ada, u"old"_s);
        QVERIFY(stage.database.write([&](Transaction &tx) { return stage.accounts.logout(tx, ada.id, old.session); }));
        QVERIFY(stage.refresh(phone.refreshToken));
        ada.session = desktop.session;
        const auto list = stage.sessions(ada);
        QCOMPARE(list.size(), size_t(2));
        QCOMPARE(list[0].deviceName, u"phone"_s);
        QVERIFY(!list[0].isCurrent);
        QCOMPARE(list[1].id, desktop.session);
        QVERIFY(list[1].isCurrent);
        QCOMPARE(list[1].address, u"192.0.2.1"_s);
        stage.clock.advance(stage.settings.refreshLifetime);
        QVERIFY(stage.sessions(ada).empty());
    }
    void endSession_isForOnesOwnOnly()
    {
        Stage stage;
        const Actor ada = stage.add(u"ada"_s), mallory = stage.add(u"mallory"_s);
        const SignIn signIn = stage.signIn(ada);
        const auto end = [&](const Actor &who, const QString &id) {
            return stage.database.write([&](Transaction &tx) { return stage.accounts.endSession(tx, who, id); });
        };
        QCOMPARE(int(end(mallory, signIn.session.toString()).error().code), int(ErrorCode::NotFound));
        QCOMPARE(int(end(ada, u"nonsense"_s).error().code), int(ErrorCode::NotFound));
        QVERIFY(end(ada, signIn.session.toString()));
        QCOMPARE(stage.database.takeEventsOf<SessionEnded>().size(), size_t(1));
        QCOMPARE(int(end(ada, signIn.session.toString()).error().code), int(ErrorCode::NotFound));
    }
    void devicesThatSignEachOtherOut_theFirstWins()
    {
        Stage stage;
        Actor here = stage.add(u"ada"_s), there = here;
        const SignIn mine = stage.signIn(here);
        here.session = mine.session;
        there.session = stage.signIn(there).session;
        const auto endOthers = [&](const Actor &who) {
            return stage.database.write([&](Transaction &tx) { return stage.accounts.endOtherSessions(tx, who); });
        };
        const auto endOne = [&](const Actor &who, SessionId which) {
            return stage.database.write(
                [&](Transaction &tx) { return stage.accounts.endSession(tx, who, which.toString()); });
        };
        QVERIFY(endOthers(here));
        // The other one was let in before, and its unit of work comes now.
        QCOMPARE(int(endOthers(there).error().code), int(ErrorCode::Unauthenticated));
        QCOMPARE(int(endOne(there, here.session).error().code), int(ErrorCode::Unauthenticated));
        QVERIFY(stage.refresh(mine.refreshToken));
    }
    void newPassword_endsAllOtherSessions()
    {
        Stage stage;
        const Actor ada = stage.add(u"ada"_s);
        const SignIn here = stage.signIn(ada), there = stage.signIn(ada), bens = stage.signIn(stage.add(u"ben"_s));
        QVERIFY(stage.database.write(
            [&](Transaction &tx) { return stage.accounts.setPassword(tx, ada.id, "$new", here.session); }));
        QVERIFY(!stage.refresh(there.refreshToken));
        QVERIFY(stage.refresh(here.refreshToken));
        QVERIFY(stage.refresh(bens.refreshToken));
        QCOMPARE(stage.account(ada.id).passwordHash, QByteArray("$new"));
    }

    void profile_keepsPrivateWhatIsPrivate()
    {
        Stage stage;
        RegisterRequest request = Stage::person(u"ada"_s);
        request.email = u"ada@example.org"_s;
        const Actor ada{stage.tryAdd(request)->id, {}, Role::User}, ben = stage.add(u"ben"_s);
        const auto seenBy = [&](const Actor &who) {
            return *stage.database.read(
                [&](ReadTransaction &tx) { return stage.accounts.profile(tx, who, ada.id.toString()); });
        };
        QCOMPARE(seenBy(ada).email, u"ada@example.org"_s);
        QVERIFY(seenBy(ada).roles);
        QVERIFY(!seenBy(ben).email);
        QVERIFY(!seenBy(ben).roles);
        QVERIFY(!seenBy(ben).createdAt);
        const auto unknown =
            stage.database.read([&](ReadTransaction &tx) { return stage.accounts.profile(tx, ben, u"nobody"); });
        QCOMPARE(int(unknown.error().code), int(ErrorCode::NotFound));
    }
    void updateProfile_changesWhatIsGiven_emptyClears()
    {
        Stage stage;
        const Actor ada = stage.add(u"ada"_s);
        const auto update = [&](const UpdateProfileRequest &request) {
            return stage.database.write(
                [&](Transaction &tx) { return stage.accounts.updateProfile(tx, ada, request); });
        };
        const auto first = update({.fullName = u" Ada L. "_s, .bio = u"Likes tea"_s, .location = {}, .website = {}});
        QCOMPARE(first->fullName, u"Ada L."_s);
        const auto second = update({.fullName = {}, .bio = QString(), .location = u"Paris"_s, .website = {}});
        QCOMPARE(second->fullName, u"Ada L."_s);
        QVERIFY(!second->bio);
        QCOMPARE(second->location, u"Paris"_s);
        QCOMPARE(update({.fullName = u" "_s, .bio = {}, .location = {}, .website = {}}).error().field, u"fullName"_s);
        QCOMPARE(update({.fullName = {}, .bio = QString(501, u'b'), .location = {}, .website = {}}).error().field,
                 u"bio"_s);
        QCOMPARE(stage.search(stage.add(u"ben"_s), u"ada l"_s), QStringList{u"ada"_s});
    }

    void search_findsPrefixes_ofNamesAndWords()
    {
        Stage stage;
        const Actor ada = stage.add(u"ada"_s);
        RegisterRequest zoe = Stage::person(u"zoë"_s);
        zoe.fullName = u"Zoë van Dyck"_s;
        QVERIFY(stage.tryAdd(zoe));
        stage.add(u"Adam"_s);
        stage.add(u"mada"_s);
        stage.database.setDisabled(stage.add(u"adalbert"_s).id, true);
        QCOMPARE(stage.search(ada, u"AD"_s), QStringList{u"Adam"_s}); // not oneself, not the disabled one
        QCOMPARE(stage.search(ada, u"zoë V"_s), QStringList{u"zoë"_s});
        QCOMPARE(stage.search(ada, u" dyck "_s), QStringList{u"zoë"_s});
        QCOMPARE(stage.search(ada, u"dýck ZOE"_s), QStringList{u"zoë"_s}); // in any order, without accents
        QCOMPARE(stage.search(ada, u"zoe ad"_s), QStringList());
        QCOMPARE(stage.search(ada, u"yck"_s), QStringList());
        QCOMPARE(stage.search(ada, u"full"_s), (QStringList{u"Adam"_s, u"mada"_s}));
    }
    void search_takesPunctuationForGapsBetweenWords()
    {
        Stage stage;
        const Actor ada = stage.add(u"ada"_s);
        stage.add(u"b_n"_s);
        stage.add(u"ben"_s);
        QCOMPARE(stage.search(ada, u"b_n"_s), QStringList{u"b_n"_s});
        QCOMPARE(stage.search(ada, u"b%n"_s), QStringList{u"b_n"_s});
        for (const QString &term : {u"%"_s, u"_"_s, u"\\"_s, u"' OR 1=1 --"_s})
            QCOMPARE(stage.search(ada, term), QStringList());
    }
    void search_followsAChangeOfName()
    {
        Stage stage;
        const Actor ada = stage.add(u"ada"_s);
        const Actor ben = stage.add(u"ben"_s);
        UpdateProfileRequest renamed;
        renamed.fullName = u"Benjamin Ødegård"_s;
        QVERIFY(stage.database.write([&](Transaction &tx) { return stage.accounts.updateProfile(tx, ben, renamed); }));
        QCOMPARE(stage.search(ada, u"ødega"_s), QStringList{u"ben"_s});
        QCOMPARE(stage.search(ada, u"ben"_s), QStringList{u"ben"_s});
        QCOMPARE(stage.search(ada, u"full"_s), QStringList());
    }
    void search_isLimited()
    {
        Stage stage;
        const Actor ada = stage.add(u"ada"_s);
        for (int i = 0; i < 60; ++i)
            stage.add(u"person%1"_s.arg(i));
        QCOMPARE(stage.search(ada, u"p"_s).size(), 20);
        QCOMPARE(stage.search(ada, u"p"_s, 3).size(), 3);
        QCOMPARE(stage.search(ada, u"p"_s, 1'000'000'000'000).size(), 50);
        for (const auto &[term, limit] :
             {std::pair(u""_s, 5), std::pair(u" "_s, 5), std::pair(QString(201, u'a'), 5), std::pair(u"a"_s, 0)}) {
            const auto refused = stage.database.read(
                [&, t = term, l = limit](ReadTransaction &tx) { return stage.accounts.search(tx, ada, t, l); });
            QCOMPARE(int(refused.error().code), int(ErrorCode::Invalid));
        }
    }

    void foreignPerson_getsTheWishedName_orAFreeOne()
    {
        Stage stage;
        const ForeignIdentity first = stranger();
        QCOMPARE(int(*stage.foreign(first)), int(Role::User));
        QCOMPARE(stage.account(first.id).username, u"zoe"_s);
        QVERIFY(stage.account(first.id).passwordHash.isEmpty());
        QVERIFY(stage.foreign(first));
        ForeignIdentity second = stranger(u"ZOE"_s);
        second.subject = u"43"_s;
        QVERIFY(stage.foreign(second));
        QVERIFY(stage.account(second.id).username.startsWith(u"ZOE-"_s));
        ForeignIdentity third = stranger(u"not a name\n"_s);
        third.subject = u"44"_s;
        third.name = u"A\nB"_s;
        QVERIFY(stage.foreign(third));
        QVERIFY(stage.account(third.id).username.startsWith(u"user-"_s));
        QCOMPARE(stage.account(third.id).fullName, u"AB"_s);
        ForeignIdentity fourth = stranger(u"max"_s);
        fourth.subject = u"45"_s;
        fourth.name = u"\u202e\u2800"_s; // nothing to be seen
        QVERIFY(stage.foreign(fourth));
        QCOMPARE(stage.account(fourth.id).fullName, u"max"_s);
    }
    void foreignToken_signedOut_endsOnce_untilItExpires()
    {
        Stage stage;
        const ForeignIdentity person = stranger();
        QVERIFY(stage.foreign(person));
        const Timestamp expires = stage.clock.now() + 5h;
        const Actor phone{person.id, SessionId::generate(), Role::User, expires};
        const auto signOut = [&] {
            return stage.database.write([&](Transaction &tx) { return stage.accounts.logout(tx, phone); });
        };
        QVERIFY(signOut());
        const auto ended = stage.database.takeEventsOf<SessionEnded>();
        QCOMPARE(ended.size(), size_t(1));
        QCOMPARE(ended[0].session, phone.session);
        QVERIFY(ended[0].until && *ended[0].until > expires);
        QVERIFY(signOut());
        QVERIFY(stage.database.takeEventsOf<SessionEnded>().empty());
        const auto known = [&] {
            return stage.database
                .read([&](ReadTransaction &tx) -> Result<size_t> {
                    return SessionStore::endedForeign(tx, stage.clock.now()).size();
                })
                .value_or(99);
        };
        QCOMPARE(known(), size_t(1));
        stage.clock.advance(6h);
        QCOMPARE(known(), size_t(0));
    }
    void foreignPerson_disabled_orWithTheIdOfOneOfUs_isRefused()
    {
        Stage stage;
        const ForeignIdentity person = stranger();
        QVERIFY(stage.foreign(person));
        stage.database.setDisabled(person.id, true);
        QCOMPARE(stage.foreign(person).error().reason, u"BANNED"_s);
        ForeignIdentity thief = stranger(u"thief"_s);
        thief.id = stage.add(u"ada"_s).id;
        QCOMPARE(int(stage.foreign(thief).error().code), int(ErrorCode::Forbidden));
    }
    void roleAndDisabling_endTheTokens()
    {
        Stage stage;
        const Actor ada = stage.add(u"ada"_s);
        const SignIn signIn = stage.signIn(ada);
        QVERIFY(
            stage.database.write([&](Transaction &tx) { return stage.accounts.setRole(tx, ada.id, Role::Moderator); }));
        QVERIFY(stage.database.takeEventsOf<SessionEnded>().at(0).session.isNull());
        const auto again = stage.refresh(signIn.refreshToken);
        QCOMPARE(int(again->account.role), int(Role::Moderator));
        QVERIFY(stage.database.write([&](Transaction &tx) { return stage.accounts.setDisabled(tx, ada.id, true); }));
        QVERIFY(stage.database.takeEventsOf<SessionEnded>().at(0).session.isNull());
        QVERIFY(stage.database.write([&](Transaction &tx) { return stage.accounts.setDisabled(tx, ada.id, false); }));
        QVERIFY(!stage.refresh(again->refreshToken));
    }
};

TERTULIA_TEST(tst_accounts, TestAccounts)
#include "tst_accounts.moc"
