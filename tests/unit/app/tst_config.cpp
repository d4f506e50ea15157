// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config.h"
#include "app/settingstable.h"
#include "support/testmain.h"

#include <QFile>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

using namespace Tertulia;
using namespace Tertulia::Server;
using namespace std::chrono_literals;

class TestConfig : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    QString file(const QByteArray &content, const QString &name = QStringLiteral("tertulia.toml"))
    {
        QFile out(m_folder.filePath(name));
        if (!out.open(QIODevice::WriteOnly | QIODevice::Truncate))
            return {};
        out.write(content);
        return out.fileName();
    }
    static Result<Config> set(const QStringList &assignments) { return loadConfig({{}, {}, assignments}); }

private Q_SLOTS:
    void nothingGiven_listensOnLoopback()
    {
        const auto config = loadConfig({});
        QVERIFY(config);
        QCOMPARE(config->net.listen.size(), size_t(1));
        QVERIFY(config->net.listen.front().address.isLoopback());
        QCOMPARE(config->net.listen.front().port, quint16(8080));
    }
    /// HAProxy's handbook has 30 s, nginx 60 s; the heartbeat that ends polls is no more exact than itself.
    void silence_endsBeforeProxiesGiveUp()
    {
        const Config defaults = Config::defaults();
        QVERIFY(defaults.hubs.pollTimeout + defaults.hubs.heartbeat < 30s);
        QVERIFY(defaults.hubs.keepAliveInterval + defaults.hubs.heartbeat < 30s);
    }
    void bodyMayStandStill_withoutBeingTooSlowThen()
    {
        const Config defaults = Config::defaults();
        QVERIFY(defaults.net.bodyRateGrace > defaults.net.bodyStallTimeout);
    }
    void file_isRead()
    {
        const auto config = loadConfig({file("[server]\nlisten = [\"tls://[::1]:8443\", \"127.0.0.1:0\"]\n"
                                             "trusted_proxies = [\"10.0.0.0/8\"]\n"
                                             "[limits]\nhead_bytes = 4096\nhead_timeout = \"3s\"\n"
                                             "[auth]\nregistration_open = false\n"),
                                        {},
                                        {}});
        QVERIFY2(config, qPrintable(config ? QString() : config.error().message));
        QCOMPARE(config->net.listen.size(), size_t(2));
        QVERIFY(config->net.listen[0].tls);
        QCOMPARE(config->net.listen[0].address, QHostAddress(QHostAddress::LocalHostIPv6));
        QCOMPARE(config->net.trustedProxies.front().second, 8);
        QCOMPARE(config->net.maxHeadBytes, 4096);
        QCOMPARE(config->net.headTimeout, std::chrono::milliseconds(3s));
        QVERIFY(!config->auth.registrationOpen);
    }
    void laterSources_win()
    {
        QProcessEnvironment environment;
        environment.insert(QStringLiteral("TERTULIA__LIMITS__HEAD_BYTES"), QStringLiteral("5000"));
        environment.insert(QStringLiteral("TERTULIA__CHAT__PAGE_LIMIT"), QStringLiteral("70"));
        const auto config = loadConfig({file("[limits]\nhead_bytes = 4096\nheader_fields = 20\n"),
                                        environment,
                                        {QStringLiteral("chat.page_limit=80")}});
        QVERIFY(config);
        QCOMPARE(config->net.maxHeaderFields, 20);
        QCOMPARE(config->net.maxHeadBytes, 5000);
        QCOMPARE(config->chat.pageLimit, 80);
    }
    void secret_mayStandInAFile()
    {
        const QString path = file("  s3cret-token \n", QStringLiteral("token"));
        const auto config = set({QStringLiteral("metrics.token_file=") + path});
        QVERIFY(config);
        QCOMPARE(config->metricsToken, QStringLiteral("s3cret-token"));
        QVERIFY(!printConfig(*config).contains(QStringLiteral("s3cret")));
    }

    void mistakes_areNamedWithTheirPlace_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("message");
        QTest::newRow("unknown key") << QByteArray("[server]\n\nlisteen = \"x\"\n")
                                     << QStringLiteral(
                                            "line 3: there is no setting server.listeen; [server] has: data_dir");
        QTest::newRow("unknown section") << QByteArray("[sever]\nlisten = \"x\"\n")
                                         << QStringLiteral("line 2: there is no section [sever]");
        QTest::newRow("no section") << QByteArray("listen = \"x\"\n")
                                    << QStringLiteral("line 1: 'listen' stands outside of a [section]");
        QTest::newRow("wrong type") << QByteArray("[limits]\nhead_bytes = \"many\"\n")
                                    << QStringLiteral("line 2: limits.head_bytes must be a whole number from 1024 to "
                                                      "65536, not \"many\"");
        QTest::newRow("out of range") << QByteArray("[limits]\nhead_bytes = 5\n")
                                      << QStringLiteral("from 1024 to 65536, not \"5\"");
        QTest::newRow("duration without unit")
            << QByteArray("[limits]\nhead_timeout = 10\n") << QStringLiteral("must be a duration such as");
        QTest::newRow("flag") << QByteArray("[auth]\nregistration_open = \"yes\"\n")
                              << QStringLiteral("must be true or false, not \"yes\"");
        QTest::newRow("address") << QByteArray("[server]\nlisten = [\"example.org:80\"]\n")
                                 << QStringLiteral("line 2: server.listen must be \"ADDRESS:PORT\"");
        QTest::newRow("list for a single value")
            << QByteArray("[limits]\nhead_bytes = [1, 2]\n") << QStringLiteral("limits.head_bytes is a single value");
        QTest::newRow("single value for a list")
            << QByteArray("[server]\ncors_origins = \"https://a.example,https://b.example\"\n")
            << QStringLiteral("line 2: server.cors_origins is a list; write cors_origins = [\"ENTRY\", \"ENTRY\"]");
        QTest::newRow("origin with a path")
            << QByteArray("[server]\ncors_origins = [\"https://a.example/\"]\n")
            << QStringLiteral("line 2: server.cors_origins must be web origins as browsers write them");
        QTest::newRow("algorithm") << QByteArray("[oidc]\nalgorithms = [\"RS256\", \"none\"]\n")
                                   << QStringLiteral("line 2: oidc.algorithms must be a choice of HS256, RS256, ES256");
        QTest::newRow("syntax") << QByteArray("[server\n") << QStringLiteral("tertulia.toml line 1");
        QTest::newRow("date") << QByteArray("[limits]\nhead_bytes = 2026-01-01\n")
                              << QStringLiteral("limits.head_bytes has a value of a type that no setting has");
        QTest::newRow("proxy") << QByteArray("[server]\ntrusted_proxies = [\"nowhere\"]\n")
                               << QStringLiteral("must be addresses or networks");
    }
    void mistakes_areNamedWithTheirPlace()
    {
        QFETCH(QByteArray, content);
        QFETCH(QString, message);
        const auto config = loadConfig({file(content), {}, {}});
        QVERIFY(!config);
        QVERIFY2(config.error().message.contains(message), qPrintable(config.error().message));
    }
    void mistakesElsewhere_nameTheVariableOrOption()
    {
        QProcessEnvironment environment;
        environment.insert(QStringLiteral("TERTULIA__LIMITS__HEAD_BYTE"), QStringLiteral("1"));
        auto config = loadConfig({{}, environment, {}});
        QVERIFY(!config);
        QVERIFY(
            config.error().message.startsWith(QStringLiteral("environment variable TERTULIA__LIMITS__HEAD_BYTE: ")));
        config = set({QStringLiteral("nonsense")});
        QVERIFY(!config);
        QCOMPARE(config.error().message, QStringLiteral("--set nonsense: write --set section.key=value"));
        config = set({QStringLiteral("metrics.token_file=/nonexistent")});
        QVERIFY(!config);
        QVERIFY(config.error().message.contains(QStringLiteral("cannot read /nonexistent")));
        config = loadConfig({QStringLiteral("/nonexistent.toml"), {}, {}});
        QVERIFY(!config);
        QVERIFY(config.error().message.startsWith(QStringLiteral("/nonexistent.toml: cannot be read")));
    }
    void listOnOneLine_inAnotherForm_isRefusedWithTheRightOne_data()
    {
        QTest::addColumn<QString>("value");
        for (const char *value :
             {"[]", "[\"https://a.example\"]", "[https://a.example]", "\"https://a.example\"", "'https://a.example'",
              "https://a.example https://b.example", "https://a.example;https://b.example",
              "https://a.example,,https://b.example", "https://a.example,", ","})
            QTest::newRow(value) << QString::fromLatin1(value);
    }
    void listOnOneLine_inAnotherForm_isRefusedWithTheRightOne()
    {
        QFETCH(QString, value);
        int lists = 0;
        for (const Setting &setting : settingsTable()) {
            if (!setting.isList)
                continue;
            ++lists;
            const QString name = setting.section + QLatin1Char('.') + setting.key;
            const QString form = name + QStringLiteral(" is a list; write its entries with commas between them");
            const auto option = set({name + QLatin1Char('=') + value});
            QVERIFY2(!option, qPrintable(name));
            QVERIFY2(option.error().message.contains(form), qPrintable(option.error().message));
            QProcessEnvironment environment;
            environment.insert(QStringLiteral("TERTULIA__%1__%2").arg(setting.section, setting.key).toUpper(), value);
            const auto variable = loadConfig({{}, environment, {}});
            QVERIFY2(!variable, qPrintable(name));
            QVERIFY2(variable.error().message.contains(form), qPrintable(variable.error().message));
        }
        QVERIFY(lists >= 4);
    }
    void listOnOneLine_isReadWithCommas()
    {
        const auto config =
            set({QStringLiteral("server.cors_origins=https://a.example, http://b.example:8080"),
                 QStringLiteral("server.listen=[::1]:0,127.0.0.1:0"), QStringLiteral("oidc.algorithms=")});
        QVERIFY2(config, qPrintable(config ? QString() : config.error().message));
        QCOMPARE(config->net.corsOrigins,
                 (std::vector<QString>{QStringLiteral("https://a.example"), QStringLiteral("http://b.example:8080")}));
        QCOMPARE(config->net.listen.size(), size_t(2));
        QVERIFY(config->auth.foreign.algorithms.isEmpty());
    }
    void corsOrigin_isOneThatABrowserSends_data()
    {
        QTest::addColumn<QString>("origin");
        QTest::addColumn<bool>("isOrigin");
        const auto row = [](const char *origin, bool isOrigin) {
            QTest::newRow(origin) << QString::fromLatin1(origin) << isOrigin;
        };
        row("https://chat.example.org", true);
        row("http://[::1]:8080", true);
        row("capacitor://localhost", true);
        row("https://chat.example.org/", false);
        row("https://chat.example.org/app", false);
        row("https://Chat.example.org", false);
        row("https://u@chat.example.org", false);
        row("chat.example.org", false);
        row("*", false);
        row("null", false);
    }
    void corsOrigin_isOneThatABrowserSends()
    {
        QFETCH(QString, origin);
        QFETCH(bool, isOrigin);
        QCOMPARE(set({QStringLiteral("server.cors_origins=") + origin}).has_value(), isOrigin);
    }
    void secrets_areNotRepeatedInErrors()
    {
        const auto config = set({QStringLiteral("oidc.secret=a"), QStringLiteral("oidc.secret=b=c")});
        QVERIFY(config); // text of any kind
        QVERIFY(printConfig(*config).contains(QStringLiteral("secret = \"(set)\"")));
    }
    void eachSetting_standsOnceAndReadsWhatItPrints()
    {
        QSet<QString> names;
        const Config defaults = Config::defaults();
        for (const Setting &setting : settingsTable()) {
            const QString name = setting.section + QLatin1Char('.') + setting.key;
            QVERIFY2(!names.contains(name), qPrintable(name));
            names.insert(name);
            QVERIFY2(setting.description.endsWith(QLatin1Char('.')) || setting.description.endsWith(QStringLiteral("…"))
                         || setting.description.endsWith(QStringLiteral("or")),
                     qPrintable(name));
            Config copy = defaults;
            const QStringList values = setting.get(defaults);
            if (setting.section == QLatin1String("log") || values != QStringList{QString()})
                QVERIFY2(setting.set(copy, values), qPrintable(name));
            QCOMPARE(setting.get(copy), values);
        }
    }
    void printedConfiguration_canBeReadAgain()
    {
        auto config = set({QStringLiteral("limits.head_bytes=2048"),
                           QStringLiteral("server.cors_origins=https://a.example,https://b.example")});
        QVERIFY(config);
        const auto again = loadConfig({file(printConfig(*config).toUtf8()), {}, {}});
        QVERIFY2(again, qPrintable(again ? QString() : again.error().message));
        QCOMPARE(printConfig(*again), printConfig(*config));
    }
    /// After a change of the table: TERTULIA_UPDATE_DOCUMENTS=1 ctest -R tst_config writes the document anew.
    void document_isTrue()
    {
        QFile document(QStringLiteral(CONFIGURATION_DOCUMENT));
        if (qEnvironmentVariableIsSet("TERTULIA_UPDATE_DOCUMENTS")) {
            QVERIFY(document.open(QIODevice::WriteOnly | QIODevice::Truncate));
            document.write(configReference().toUtf8());
            document.close();
        }
        QVERIFY(document.open(QIODevice::ReadOnly));
        QCOMPARE(QString::fromUtf8(document.readAll()), configReference());
    }
    void durations_roundTrip()
    {
        QCOMPARE(parseDuration(u"90min"), std::optional<std::chrono::milliseconds>(90min));
        QCOMPARE(durationText(90min), QStringLiteral("90min"));
        QCOMPARE(durationText(1500ms), QStringLiteral("1500ms"));
        QCOMPARE(durationText(14 * 24h), QStringLiteral("14d"));
        QVERIFY(!parseDuration(u"15"));
        QVERIFY(!parseDuration(u"-5s"));
        QVERIFY(!parseDuration(u"1w"));
        QVERIFY(!parseDuration(u"99999999999s"));
    }
};

TERTULIA_TEST(tst_config, TestConfig)
#include "tst_config.moc"
