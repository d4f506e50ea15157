// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Who may do what: one row for each route and hub method, one column for each kind of caller. A route or method without
// a row fails, and so does a row without a route.

#include "app/serverapplication.h"
#include "e2e/support/accounttool.h"
#include "e2e/support/hubclient.h"
#include "e2e/support/restclient.h"
#include "http/routetable.h"
#include "hubs/chathub.h"
#include "hubs/presencehub.h"

#include <QFile>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTest>

using namespace Tertulia;
using namespace Tertulia::Server;
using namespace Tertulia::Test;
using namespace Qt::StringLiterals;

namespace {

enum Visitor { Anonymous, Revoked, Disabled, Stranger, Moderator, Admin, Member, callers };
constexpr const char *callerNames[callers] = {"anonymous", "revoked", "disabled", "stranger",
                                              "moderator", "admin",   "member"};

struct RouteRow
{
    const char *method, *path;
    const char *body; ///< {c} conversation, {m} message, {p} the member's partner; in the query too
    int status[callers];
};

// Members come last: what they do may change things.
constexpr RouteRow routeRows[] = {
    {"GET", "/api/Chat/messages?conversationId={c}", "", {401, 401, 401, 404, 404, 404, 200}},
    {"POST", "/api/Chat/messages", R"({"conversationId":"{c}","content":"x"})", {401, 401, 401, 404, 404, 404, 201}},
    {"GET", "/api/Chat/messages/{m}", "", {401, 401, 401, 404, 404, 404, 200}},
    {"GET", "/api/Chat/messages/{m}/receipts", "", {401, 401, 401, 404, 404, 404, 200}},
    {"POST", "/api/Chat/messages/{m}/read", "", {401, 401, 401, 404, 404, 404, 200}},
    {"POST", "/api/Chat/messages/{m}/delivered", "", {401, 401, 401, 404, 404, 404, 200}},
    {"POST", "/api/Chat/messages/{m}/reactions", R"({"reaction":"+"})", {401, 401, 401, 404, 404, 404, 200}},
    {"DELETE", "/api/Chat/messages/{m}/reactions", "", {401, 401, 401, 404, 404, 404, 200}},
    {"GET", "/api/Chat/unread-count", "", {401, 401, 401, 200, 200, 200, 200}},
    {"GET", "/api/Chat/sync", "", {401, 401, 401, 200, 200, 200, 200}},
    {"GET", "/api/Chat/conversations", "", {401, 401, 401, 200, 200, 200, 200}},
    {"POST", "/api/Chat/conversations", R"({"recipientId":"{p}"})", {401, 401, 401, 201, 201, 201, 200}},
    {"GET", "/api/Chat/conversations/{c}", "", {401, 401, 401, 404, 404, 404, 200}},
    {"DELETE", "/api/Chat/conversations/{c}", "", {401, 401, 401, 404, 404, 404, 200}},
    {"POST", "/api/Chat/conversations/{c}/read", "", {401, 401, 401, 404, 404, 404, 200}},
    {"POST", "/api/Chat/conversations/{c}/typing", R"({"isTyping":true})", {401, 401, 401, 404, 404, 404, 200}},
    {"POST", "/api/Chat/conversations/{c}/leave", "", {401, 401, 401, 404, 404, 404, 400}},
    {"POST", "/api/Authentication/register", "{}", {400, 400, 400, 400, 400, 400, 400}},
    {"POST", "/api/Authentication/login", "{}", {400, 400, 400, 400, 400, 400, 400}},
    {"POST", "/api/Authentication/refresh-token", "", {401, 401, 401, 401, 401, 401, 401}},
    {"POST", "/api/Authentication/refresh", "", {401, 401, 401, 401, 401, 401, 401}},
    {"POST", "/api/Authentication/logout", "", {200, 200, 200, 200, 200, 200, 200}},
    {"GET", "/api/Authentication/sessions", "", {401, 401, 401, 200, 200, 200, 200}},
    {"DELETE", "/api/Authentication/sessions", "", {401, 401, 401, 200, 200, 200, 200}},
    {"DELETE", "/api/Authentication/sessions/{s}", "", {401, 401, 401, 404, 404, 404, 200}},
    {"GET", "/api/Authentication/me", "", {401, 401, 401, 200, 200, 200, 200}},
    {"GET", "/api/Authentication/user/{p}", "", {401, 401, 401, 200, 200, 200, 200}},
    {"POST", "/api/Authentication/update-profile", R"({"bio":"b"})", {401, 401, 401, 200, 200, 200, 200}},
    {"POST", "/api/Authentication/change-password", "{}", {401, 401, 401, 400, 400, 400, 400}},
    {"GET", "/api/friends/search?q=part", "", {401, 401, 401, 200, 200, 200, 200}},
    {"GET", "/health/live", "", {200, 200, 200, 200, 200, 200, 200}},
    {"GET", "/health/ready", "", {200, 200, 200, 200, 200, 200, 200}},
    {"GET", "/api/health", "", {200, 200, 200, 200, 200, 200, 200}},
    {"GET", "/metrics", "", {200, 200, 200, 200, 200, 200, 200}}, // from loopback
};

/// Nobody without a good token gets as far as a method: that is checked for each hub.
struct MethodRow
{
    const char *hub, *method;
    const char *arguments;
    const char *code[callers]; ///< empty: it goes well
};
constexpr const char *chat = "/hubs/chat";
constexpr const char *online = "/hubs/chat-online";
constexpr const char *no = "UNAUTHORIZED";
constexpr MethodRow methodRows[] = {
    {chat, "JoinConversation", R"(["{c}"])", {no, no, no, "NOT_FOUND", "NOT_FOUND", "NOT_FOUND", ""}},
    {chat, "LeaveConversation", R"(["{c}"])", {no, no, no, "", "", "", ""}},
    {chat,
     "SendMessage",
     R"([{"conversationId":"{c}","content":"x"}])",
     {no, no, no, "NOT_FOUND", "NOT_FOUND", "NOT_FOUND", ""}},
    {chat, "SendTypingIndicator", R"(["{c}",true])", {no, no, no, "NOT_FOUND", "NOT_FOUND", "NOT_FOUND", ""}},
    {chat, "MarkAsRead", R"(["{c}",null])", {no, no, no, "NOT_FOUND", "NOT_FOUND", "NOT_FOUND", ""}},
    {chat, "MarkAsDelivered", R"([["{m}"]])", {no, no, no, "", "", "", ""}}, // foreign ids do not matter
    {chat, "ReactToMessage", R"(["{m}","+"])", {no, no, no, "NOT_FOUND", "NOT_FOUND", "NOT_FOUND", ""}},
    {chat, "Ping", "[]", {no, no, no, "", "", "", ""}},
    {online, "GetOnlineUsers", R"([["{p}"]])", {no, no, no, "", "", "", ""}}, // of strangers: nothing is told
    {online, "SubscribePresence", R"([["{p}"]])", {no, no, no, "", "", "", ""}},
    {online, "Heartbeat", "[]", {no, no, no, "", "", "", ""}},
    {online, "SetStatus", R"(["away"])", {no, no, no, "", "", "", ""}},
};

QString wordOf(Access access)
{
    switch (access) {
    case Access::Anonymous:
        return u"everybody"_s;
    case Access::Optional:
        return u"everybody, known or not"_s;
    case Access::User:
        return u"who is signed in"_s;
    case Access::Moderator:
        return u"moderators"_s;
    case Access::Admin:
        return u"admins"_s;
    case Access::Operator:
        break;
    }
    return u"the operator"_s;
}

QString wordOf(RouteBody body)
{
    switch (body) {
    case RouteBody::None:
        return u"none"_s;
    case RouteBody::Small:
        return u"a form"_s;
    case RouteBody::Large:
        break;
    }
    return u"large"_s;
}

/// The settings that a class has.
QString wordOf(RateClass rate)
{
    switch (rate) {
    case RateClass::None:
        return u"–"_s;
    case RateClass::Lists:
        return u"`limits.lists_per_10_seconds`"_s;
    case RateClass::History:
        return u"`limits.history_per_10_seconds`"_s;
    case RateClass::Searches:
        return u"`limits.searches_per_10_seconds`"_s;
    case RateClass::ConversationLists:
        return u"`limits.lists_per_10_seconds`; by name or kind `limits.searches_per_10_seconds`"_s;
    case RateClass::Openings:
        return u"`limits.opens_per_minute`, `limits.opens_per_day`"_s;
    case RateClass::Sends:
        return u"`limits.send_per_10_seconds`, `limits.send_per_minute`"_s;
    case RateClass::Changes:
        return u"`limits.changes_per_10_seconds`"_s;
    case RateClass::SignIns:
        return u"`limits.logins_per_15_minutes`, `limits.logins_per_hour`, `auth.lockout_failures`"_s;
    case RateClass::PasswordChanges:
        return u"`auth.lockout_failures`"_s;
    case RateClass::Registrations:
        break;
    }
    return u"`limits.registrations_per_15_minutes`, `limits.registrations_per_hour`"_s;
}

QString routeOf(const RouteRow &row)
{
    QString path = QString::fromLatin1(row.path).section(u'?', 0, 0);
    for (const char *placeholder : {"{c}", "{m}", "{p}", "{s}"})
        path.replace(QString::fromLatin1(placeholder), u"{id}"_s);
    return QString::fromLatin1(row.method) + u' ' + path;
}

} // namespace

class TestPermissions : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    std::unique_ptr<ServerApplication> m_server;
    QUrl m_url;
    QString m_tokens[callers];
    QString m_partnerToken, m_partner, m_conversation, m_message, m_session;

    QString signIn(const QString &name, QString *id = nullptr)
    {
        RestClient rest(m_url);
        const QString user = rest.signIn(name);
        if (id)
            *id = user;
        return rest.token();
    }
    /// A fresh conversation of the member, and fresh tokens for those whose tokens are good.
    void prepare(const QString &partner)
    {
        for (const Visitor caller : {Stranger, Moderator, Admin, Member})
            m_tokens[caller] = signIn(QString::fromLatin1(callerNames[caller]));
        RestClient other(m_url);
        m_partner = other.signIn(partner);
        m_partnerToken = other.token();
        RestClient member(m_url);
        member.setToken(m_tokens[Member]);
        const QString memberId = member.get(u"/api/Authentication/me"_s).data()[u"id"_s].toString();
        const QJsonObject message =
            other.post(u"/api/Chat/messages"_s, {{u"recipientId"_s, memberId}, {u"content"_s, u"hi"_s}})
                .data()
                .toObject();
        m_conversation = message[u"conversationId"_s].toString();
        m_message = message[u"id"_s].toString();
        const QJsonArray sessions = member.get(u"/api/Authentication/sessions"_s).data().toArray();
        for (const QJsonValue &session : sessions) {
            if (session[u"isCurrent"_s].toBool())
                m_session = session[u"id"_s].toString();
        }
    }
    QString filled(const char *text) const
    {
        return QString::fromLatin1(text)
            .replace(u"{c}"_s, m_conversation)
            .replace(u"{m}"_s, m_message)
            .replace(u"{p}"_s, m_partner)
            .replace(u"{s}"_s, m_session);
    }

private Q_SLOTS:
    void initTestCase()
    {
        ConfigSources sources;
        sources.assignments = {u"server.listen=127.0.0.1:0"_s, u"server.threads=1"_s, u"auth.hash_memory=8"_s,
                               u"auth.hash_passes=1"_s, u"server.data_dir="_s + m_folder.path()};
        const Result<Config> config = loadConfig(sources);
        QVERIFY2(config, qPrintable(config ? QString() : config.error().message));
        m_server = std::make_unique<ServerApplication>(*config);
        const Result<void> started = m_server->start();
        QVERIFY2(started, qPrintable(started ? QString() : started.error().message));
        m_url = QUrl(m_server->urls().front());

        QString moderator, admin, disabled;
        signIn(u"moderator"_s, &moderator);
        signIn(u"admin"_s, &admin);
        m_tokens[Disabled] = signIn(u"disabled"_s, &disabled);
        m_tokens[Revoked] = signIn(u"revoked"_s);
        RestClient revoked(m_url);
        revoked.setToken(m_tokens[Revoked]);
        QCOMPARE(revoked.post(u"/api/Authentication/logout"_s).status, 200);
        AccountTool tool(m_folder.path());
        tool.setRole(moderator, Role::Moderator);
        tool.setRole(admin, Role::Admin);
        tool.setDisabled(disabled, true);
        // The running server looks for such changes once a second.
        RestClient watch(m_url);
        watch.setToken(m_tokens[Disabled]);
        QTRY_COMPARE(watch.get(u"/api/Authentication/me"_s).status, 401);
    }
    void cleanupTestCase()
    {
        bool isStopped = false;
        m_server->stop([&] { isStopped = true; });
        QTRY_VERIFY_WITH_TIMEOUT(isStopped, 15'000);
        m_server.reset();
    }

    void everyRoute_hasARow()
    {
        QStringList routes, rows;
        for (const Route &route : m_server->routes().routes())
            routes.append(QString::fromLatin1(methodName(route.method)) + u' '
                          + QString(route.path).replace(QRegularExpression(u"\\{\\w+\\}"_s), u"{id}"_s));
        for (const RouteRow &row : routeRows)
            rows.append(routeOf(row));
        routes.sort();
        rows.sort();
        QCOMPARE(rows, routes);
    }

    /// The last table of docs/admin/limits.md is this server's.
    void everyRoute_isAsTheHandbookSays()
    {
        QFile page(QStringLiteral(SOURCE_FOLDER "/docs/admin/limits.md"));
        QVERIFY(page.open(QIODevice::ReadOnly));
        QStringList said = QString::fromUtf8(page.readAll()).section(u"\n## What each request"_s, 1).split(u'\n');
        said = said.filter(QRegularExpression(u"^\\| `"_s));
        QStringList routes;
        for (const Route &route : m_server->routes().routes())
            routes.append(u"| `%1 %2` | %3 | %4 | %5 |"_s.arg(QString::fromLatin1(methodName(route.method)),
                                                              QString(route.path), wordOf(route.access),
                                                              wordOf(route.body), wordOf(route.rate)));
        said.sort();
        routes.sort();
        QCOMPARE(said.join(u'\n'), routes.join(u'\n'));
    }

    /// People are counted where they are known, bodies are taken where a method has one.
    void everyRoute_isMadeOfWhatGoesTogether()
    {
        for (const Route &route : m_server->routes().routes()) {
            const bool needsPerson = route.rate != RateClass::None && route.rate != RateClass::SignIns
                && route.rate != RateClass::Registrations;
            const bool hasPerson = route.access != Access::Anonymous && route.access != Access::Optional
                && route.access != Access::Operator;
            const bool mayHaveBody = route.method != Method::Get && route.method != Method::Delete;
            QVERIFY2(hasPerson || !needsPerson, route.path.data());
            QVERIFY2(mayHaveBody || route.body == RouteBody::None, route.path.data());
        }
    }

    void everyHubMethod_hasARow()
    {
        QStringList methods, rows;
        for (const auto &method : ChatHub::methods().take())
            methods.append(QLatin1StringView(chat) + u' ' + QString::fromStdString(method->name()));
        for (const auto &method : PresenceHub::methods().take())
            methods.append(QLatin1StringView(online) + u' ' + QString::fromStdString(method->name()));
        for (const MethodRow &row : methodRows)
            rows.append(QLatin1StringView(row.hub) + u' ' + QLatin1StringView(row.method));
        methods.sort();
        rows.sort();
        QCOMPARE(rows, methods);
    }

    void route_data()
    {
        QTest::addColumn<int>("index");
        for (size_t i = 0; i < std::size(routeRows); ++i)
            QTest::addRow("%s", qPrintable(routeOf(routeRows[i]))) << int(i);
    }
    void route()
    {
        QFETCH(int, index);
        const RouteRow &row = routeRows[index];
        prepare(u"partner%1"_s.arg(index));
        QStringList differences;
        for (int caller = 0; caller < callers; ++caller) {
            RestClient rest(m_url);
            rest.setToken(m_tokens[caller]);
            const RestReply reply = rest.request(row.method, filled(row.path), filled(row.body).toUtf8());
            if (reply.status != row.status[caller])
                differences.append(u"%1: %2 instead of %3"_s.arg(QLatin1StringView(callerNames[caller]))
                                       .arg(reply.status)
                                       .arg(row.status[caller]));
            else if (!reply.isOk() && reply.code().isEmpty())
                differences.append(u"%1: no error envelope"_s.arg(QLatin1StringView(callerNames[caller])));
        }
        QVERIFY2(differences.isEmpty(), qPrintable(differences.join(u"; "_s)));
    }

    void method_data()
    {
        QTest::addColumn<int>("index");
        for (size_t i = 0; i < std::size(methodRows); ++i)
            QTest::addRow("%s %s", methodRows[i].hub, methodRows[i].method) << int(i);
    }
    void method()
    {
        QFETCH(int, index);
        const MethodRow &row = methodRows[index];
        prepare(u"friend%1"_s.arg(index));
        QStringList differences;
        for (int caller = 0; caller < callers; ++caller) {
            HubClient hub(m_url, QString::fromLatin1(row.hub));
            QString code = QString::fromLatin1(no);
            if (hub.open(m_tokens[caller])) {
                const QJsonArray arguments = QJsonDocument::fromJson(filled(row.arguments).toUtf8()).array();
                const HubAnswer answer = hub.invoke(QString::fromLatin1(row.method), arguments);
                code = answer.arrived ? answer.code() : u"NO_ANSWER"_s;
            }
            if (code != QLatin1StringView(row.code[caller]))
                differences.append(u"%1: '%2' instead of '%3'"_s.arg(QLatin1StringView(callerNames[caller]), code,
                                                                     QLatin1StringView(row.code[caller])));
        }
        QVERIFY2(differences.isEmpty(), qPrintable(differences.join(u"; "_s)));
    }
};

QTEST_GUILESS_MAIN(TestPermissions)
#include "tst_permissions.moc"
