// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/session/accountmanager.h"
#include "protocol/codec.h"
#include "protocol/identity.h"
#include "protocol/names.h"
#include "support/fakeclock.h"
#include "support/messages.h"
#include "support/scriptedserver.h"
#include "support/testmain.h"
#include "viewmodels/shell/applicationviewmodel.h"

#include <QGuiApplication>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Tertulia;
using namespace Tertulia::Test;
using namespace Tertulia::ViewModels;
using namespace Qt::StringLiterals;

/// The way in, on the real account manager and a server that follows a script.
class TestSignInViewModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder.emplace();
        m_server.emplace();
        m_server->always("GET", QString(Routes::health), ScriptedAnswer::data(R"({"status":"ok","version":"0.1.0"})"));
        m_secrets.emplace(true);
        m_settings.emplace();
        m_context.emplace(m_clock, *m_settings);
        m_manager.emplace(m_folder->path(), *m_secrets, m_clock);
        m_application.emplace(&*m_manager, *m_context);
        m_application->restore();
    }
    void cleanup()
    {
        m_application.reset();
        m_manager.reset();
        m_context.reset();
        m_settings.reset();
        m_server.reset();
    }

    void way_leadsThroughTheServerToAnAccount()
    {
        auto &page = *m_application->signIn();
        QVERIFY(!m_application->current());
        QVERIFY(!m_application->isRestoring());
        QVERIFY(!page.canContinue());
        reachServer();
        QCOMPARE(page.serverName(), u"127.0.0.1:%1"_s.arg(m_server->url().port()));
        QVERIFY(!page.isEncrypted());
        QVERIFY(!page.isExposed()); // it stays on this machine
        page.setUsername(u" ana "_s);
        page.setPassword(u"correct horse"_s);
        m_server->expect("POST", QString(Routes::login), [](const ScriptedRequest &request) {
            return request.json().value("username"_L1).toString() == "ana"_L1
                ? accepted()
                : ScriptedAnswer::error(400, "VALIDATION_ERROR");
        });
        page.signIn();
        QVERIFY(page.isBusy());
        QTRY_VERIFY(m_application->current() && !page.isBusy());
        QCOMPARE(m_application->current()->displayName(), u"Ms ana"_s);
        QVERIFY(page.password().isEmpty());
        QCOMPARE(page.step(), SignInStep::Value::Server);
        QCOMPARE(m_settings->lastAccount(), m_application->current()->accountId());
    }

    void wrongPassword_isSaidAtItsField()
    {
        auto &page = *m_application->signIn();
        reachServer();
        page.setUsername(u"ana"_s);
        page.setPassword(u"wrong"_s);
        m_server->expect("POST", QString(Routes::login), ScriptedAnswer::error(401, "UNAUTHORIZED"));
        page.signIn();
        QTRY_VERIFY(!page.passwordError().isEmpty());
        QCOMPARE(page.passwordError(), u"This name and this password do not go together."_s);
        QVERIFY(!page.isBusy());
        page.setPassword(u"other"_s);
        QVERIFY(page.passwordError().isEmpty());
    }

    void takenName_isSaidAtItsField()
    {
        auto &page = *m_application->signIn();
        reachServer();
        page.showRegister();
        QCOMPARE(page.step(), SignInStep::Value::Register);
        page.setUsername(u"ana"_s);
        page.setPassword(u"correct horse"_s);
        QVERIFY(!page.canContinue());
        page.setFullName(u"Ana Torres"_s);
        QVERIFY(page.canContinue());
        m_server->expect("POST", QString(Routes::authRegister), ScriptedAnswer::error(409, "CONFLICT"));
        page.registerAccount();
        QTRY_VERIFY(!page.usernameError().isEmpty());
        QVERIFY(page.errorText().isEmpty());
    }

    void everyFieldThatIsWrong_isSaidAtOnce()
    {
        auto &page = *m_application->signIn();
        reachServer();
        page.showRegister();
        page.setUsername(u"-"_s);
        page.setFullName(u"?"_s);
        page.setPassword(u"x"_s);
        m_server->expect(
            "POST", QString(Routes::authRegister),
            ScriptedAnswer::json(400, R"({"success":false,"message":"no","code":"VALIDATION_ERROR","errors":
                             {"email":["a"],"fullName":["b"],"password":["c"],"username":["d"]}})"));
        const QSignalSpy refused(&page, &SignInViewModel::refused);
        page.registerAccount();
        QTRY_VERIFY(!page.usernameError().isEmpty());
        QCOMPARE(refused.count(), 1);
        QVERIFY(page.usernameError().startsWith(u"A username has"_s));
        QVERIFY(page.passwordError().startsWith(u"This password is"_s));
        QVERIFY(page.fullNameError().startsWith(u"Write your name"_s));
        QVERIFY(!page.errorText().isEmpty()); // what is wrong with a field that the page does not have
        page.setUsername(u"ana"_s);
        QVERIFY(page.usernameError().isEmpty() && page.errorText().isEmpty());
        QVERIFY(!page.passwordError().isEmpty()); // still to be mended
        QCOMPARE(refused.count(), 1);
    }

    void whatIsNoTertulia_isSaid()
    {
        auto &page = *m_application->signIn();
        m_server.emplace();
        m_server->always("GET", QString(Routes::health), ScriptedAnswer::json(200, "<html>Welcome</html>"));
        page.setAddress(m_server->url().toString());
        page.checkServer();
        QTRY_VERIFY(!page.addressError().isEmpty());
        QCOMPARE(page.step(), SignInStep::Value::Server);
        page.setAddress(u"http://a b"_s);
        page.checkServer();
        QTRY_COMPARE(page.addressError(), u"This is not an address. It looks like chat.example.org."_s);
    }

    void goingBack_stopsWhatIsUnderWay()
    {
        auto &page = *m_application->signIn();
        reachServer();
        page.setUsername(u"ana"_s);
        page.setPassword(u"correct horse"_s);
        m_server->expect("POST", QString(Routes::login), ScriptedAnswer::held());
        page.signIn();
        QTRY_VERIFY(!m_server->held(QString(Routes::login)).empty());
        page.back();
        QVERIFY(!page.isBusy());
        QCOMPARE(page.step(), SignInStep::Value::Server);
        QVERIFY(page.password().isEmpty());
        QVERIFY(m_manager->accounts().empty());
    }

    void noSafePlace_isSaid()
    {
        QVERIFY(m_application->signIn()->sessionOnlyNotice().isEmpty());
        Client::MemorySecretStore secrets(false);
        Client::AccountManager manager(m_folder->filePath(u"other"_s), secrets, m_clock);
        const SignInViewModel page(&manager, *m_context);
        QCOMPARE(page.sessionOnlyNotice().isEmpty(), manager.areSecretsPersistent());
    }

    void signingOut_leadsBackToTheBeginning()
    {
        way_leadsThroughTheServerToAnAccount();
        if (QTest::currentTestFailed())
            return;
        m_server->always("POST", QString(Routes::logout), ScriptedAnswer::data("{}"));
        m_application->current()->signOut();
        QTRY_VERIFY(!m_application->current());
        QCOMPARE(m_application->accounts()->count(), 0);
    }

private:
    static ScriptedAnswer accepted()
    {
        const auto ana = person(u"ana"_s);
        AuthResult result;
        result.accessToken = u"access"_s;
        result.refreshToken = u"refresh"_s;
        result.expiresIn = 900;
        result.user.id = ana.id;
        result.user.fullName = ana.fullName;
        result.user.username = ana.username;
        return ScriptedAnswer::data(toJson(result));
    }

    void reachServer()
    {
        auto &page = *m_application->signIn();
        page.setAddress(m_server->url().toString());
        page.checkServer();
        QTRY_COMPARE(page.step(), SignInStep::Value::SignIn);
    }

    std::optional<QTemporaryDir> m_folder;
    FakeClock m_clock;
    std::optional<ScriptedServer> m_server;
    std::optional<Client::MemorySecretStore> m_secrets;
    std::optional<SettingsViewModel> m_settings;
    std::optional<ViewContext> m_context;
    std::optional<Client::AccountManager> m_manager;
    std::optional<ApplicationViewModel> m_application;
};

TERTULIA_GUI_TEST(tst_signinviewmodel, TestSignInViewModel)
#include "tst_signinviewmodel.moc"
