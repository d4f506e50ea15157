// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The scenarios of SignalR's own functional tests that concern a client (signalr.md 17), over every transport and
// protocol, against the project's test hub.

#include "client/transport/hubconnection.h"
#include "client/transport/huberrors.h"
#include "support/futures.h"
#include "support/testmain.h"
#include "testhubprocess.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSignalSpy>
#include <QTest>

#include <optional>

using namespace Qt::StringLiterals;
using namespace Tertulia;
using namespace Tertulia::Client;
using namespace Tertulia::Test;

namespace {

struct CustomObject
{
    QString name;
    int value = 0;
    static constexpr auto fields()
    {
        return std::tuple{required("Name", &CustomObject::name), required("Value", &CustomObject::value)};
    }
};

struct ComplexObject
{
    QByteArray byteArray;
    Timestamp dateTime;
    QString guid;
    std::vector<int> intArray;
    QString string;
    static constexpr auto fields()
    {
        return std::tuple{required("ByteArray", &ComplexObject::byteArray),
                          required("DateTime", &ComplexObject::dateTime), required("Guid", &ComplexObject::guid),
                          required("IntArray", &ComplexObject::intArray), required("String", &ComplexObject::string)};
    }
    friend bool operator==(const ComplexObject &, const ComplexObject &) = default;
};

ComplexObject complexObject()
{
    return {QByteArray::fromHex("010203"),
            *fromIso8601(u"2000-01-01T00:00:00Z"),
            u"00010203-0405-0607-0706-050403020100"_s,
            {1, 2, 3},
            u"hello world"_s};
}

} // namespace

class HubMatrixTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void invoke_data() { rows(); }
    void invoke();
    void longTexts_data() { rows(); }
    void longTexts();
    void manyAtOnce_data() { rows(); }
    void manyAtOnce();
    void event_data() { rows(); }
    void event();
    void objects_data() { rows(); }
    void objects();
    void exceptions_data() { rows(); }
    void exceptions();
    void unknownMethod_data() { rows(); }
    void unknownMethod();
    void streams_data() { rows(); }
    void streams();
    void cancelledStream_data() { rows(); }
    void cancelledStream();
    void failingStream_data() { rows(); }
    void failingStream();
    void streamMismatch_data() { rows(); }
    void streamMismatch();
    void upload_data() { rows(); }
    void upload();
    void failingUpload_data() { rows(); }
    void failingUpload();
    void clientResults_data() { rows(); }
    void clientResults();
    void restart_data() { rows(); }
    void restart();
    void identity_data() { rows(); }
    void identity();
    void headersAndCookies_data() { rows(); }
    void headersAndCookies();
    void stop_whileCallWaits_cancelsIt_data() { rows(); }
    void stop_whileCallWaits_cancelsIt();
    void destroyed_whileCallWaits_cancelsIt_data() { rows(); }
    void destroyed_whileCallWaits_cancelsIt();

    void token_asyncFactory();
    void token_missing_isUnauthenticated();
    void token_refusedOnce_isAskedForAgain();
    void negotiation_redirect();
    void negotiation_refused_tellsTheBody();
    void negotiation_noHubThere();
    void negotiation_skipped();
    void fallback_withoutWebSockets();
    void fallback_onlyEventsLeft_speaksJson();
    void uncreatableHub_isNotTriedAgain();

private:
    void rows();
    [[nodiscard]] HubOptions options() const;
    [[nodiscard]] HubOptions plainOptions(const QString &path) const;
    QString get(const QString &path);

    TestHubProcess m_hub;
    std::unique_ptr<HubConnection> m_connection;
};

void HubMatrixTest::initTestCase()
{
    QVERIFY2(m_hub.start(), "testhub did not start: is TESTHUB set?");
}

void HubMatrixTest::rows()
{
    QTest::addColumn<int>("transport");
    QTest::addColumn<int>("format");
    const auto row = [](const char *name, HubTransport transport, WireFormat format) {
        QTest::newRow(name) << int(transport) << int(format);
    };
    row("WebSockets, JSON", HubTransport::WebSockets, WireFormat::Json);
    row("WebSockets, MessagePack", HubTransport::WebSockets, WireFormat::MessagePack);
    row("ServerSentEvents, JSON", HubTransport::ServerSentEvents, WireFormat::Json);
    row("LongPolling, JSON", HubTransport::LongPolling, WireFormat::Json);
    row("LongPolling, MessagePack", HubTransport::LongPolling, WireFormat::MessagePack);
}

HubOptions HubMatrixTest::plainOptions(const QString &path) const
{
    HubOptions options;
    options.url = m_hub.url(path);
    return options;
}

HubOptions HubMatrixTest::options() const
{
    HubOptions options = plainOptions(u"/testhub"_s);
    QFETCH(int, transport);
    QFETCH(int, format);
    options.transports = {HubTransport(transport)};
    options.format = WireFormat(format);
    options.headers = {{"X-Custom", "custom value"}};
    return options;
}

/// A started connection for the tests of the matrix.
void HubMatrixTest::init()
{
    if (!QTest::currentDataTag())
        return;
    m_connection = std::make_unique<HubConnection>(options());
    const auto started = await(m_connection->start());
    QVERIFY2(started, started ? "" : qPrintable(started.error().message));
    QCOMPARE(m_connection->state(), HubConnection::State::Connected);
}

void HubMatrixTest::cleanup()
{
    m_connection.reset();
}

QString HubMatrixTest::get(const QString &path)
{
    QNetworkAccessManager network;
    QNetworkReply *reply = network.get(QNetworkRequest(m_hub.url(path)));
    if (!QTest::qWaitFor([reply] { return reply->isFinished(); }, 15'000))
        return u"no answer"_s;
    return QString::fromUtf8(reply->readAll());
}

void HubMatrixTest::invoke()
{
    QCOMPARE(await(m_connection->invoke<QString>("Echo"_L1, u"Grüße, 世界 🌍"_s)), Result<QString>(u"Grüße, 世界 🌍"_s));
    // Names match without case at the server as well.
    QCOMPARE(await(m_connection->invoke<QString>("echo"_L1, u"x"_s)), Result<QString>(u"x"_s));
    QVERIFY(await(m_connection->send("Echo"_L1, u"x"_s)));
    QCOMPARE(await(m_connection->invoke<std::optional<QString>>("Echo"_L1, std::optional<QString>())),
             Result<std::optional<QString>>(std::nullopt));
}

void HubMatrixTest::longTexts()
{
    // Nearly the 32 KiB that the server takes, with what each format has to escape or to count.
    const QString text = u"ä\"\n\u2028"_s.repeated(2000);
    QCOMPARE(await(m_connection->invoke<QString>("Echo"_L1, text)), Result<QString>(text));
}

void HubMatrixTest::manyAtOnce()
{
    std::vector<Client::Future<QString>> answers;
    for (int i = 0; i < 200; ++i)
        answers.push_back(m_connection->invoke<QString>("Echo"_L1, QString::number(i)));
    for (int i = 0; i < 200; ++i)
        QCOMPARE(await(answers[size_t(i)]), Result<QString>(QString::number(i)));
}

void HubMatrixTest::event()
{
    QStringList got;
    int others = 0;
    m_connection->on<QString>("meSSage"_L1, this, [&got](const QString &text) { got.append(text); });
    m_connection->on<QString>("Message"_L1, this, [&got](const QString &text) { got.append(text); });
    // Arguments that do not fit are dropped, the connection lives.
    m_connection->on<int>("Message"_L1, this, [&others](int) { ++others; });
    m_connection->on<QString, int>("Message"_L1, this, [&others](const QString &, int) { ++others; });
    auto gone = std::make_unique<QObject>();
    m_connection->on<QString>("Message"_L1, gone.get(), [&others](const QString &) { ++others; });
    gone.reset();
    QVERIFY(await(m_connection->invoke("InvokeWithString"_L1, u"hello"_s)));
    QTRY_COMPARE(got, QStringList({u"hello"_s, u"hello"_s}));
    QCOMPARE(others, 0);
    QCOMPARE(await(m_connection->invoke<QString>("Echo"_L1, u"x"_s)), Result<QString>(u"x"_s));
}

void HubMatrixTest::objects()
{
    std::vector<CustomObject> got;
    m_connection->on<CustomObject>("CustomObject"_L1, this,
                                   [&got](const CustomObject &object) { got.push_back(object); });
    QVERIFY(await(m_connection->invoke("SendCustomObject"_L1, CustomObject{u"test"_s, 42})));
    QTRY_COMPARE(got.size(), size_t(1));
    QCOMPARE(got[0].name, u"test"_s);
    QCOMPARE(got[0].value, 42);
    QVERIFY(await(m_connection->invoke<ComplexObject>("SendComplexObject"_L1))
            == Result<ComplexObject>(complexObject()));
    QVERIFY(await(m_connection->invoke<ComplexObject>("EchoComplexObject"_L1, complexObject()))
            == Result<ComplexObject>(complexObject()));
}

void HubMatrixTest::exceptions()
{
    const auto answer = await(m_connection->invoke<QString>("ThrowException"_L1, u"An error."_s));
    QVERIFY(!answer);
    QCOMPARE(answer.error().code, ErrorCode::Internal);
    QCOMPARE(
        answer.error().message,
        u"An unexpected error occurred invoking 'ThrowException' on the server. InvalidOperationException: An error."_s);
    // A result of another type is a failure of this call alone.
    QCOMPARE(await(m_connection->invoke<int>("Echo"_L1, u"x"_s)).error().code, ErrorCode::Invalid);
    QCOMPARE(m_connection->state(), HubConnection::State::Connected);
}

void HubMatrixTest::unknownMethod()
{
    QVERIFY(await(m_connection->invoke("NoSuchMethod"_L1)).error().message.contains(u"Method does not exist."));
    QVERIFY(!await(m_connection->invoke("Echo"_L1)));
    QVERIFY(await(m_connection->invoke<QString>("Echo"_L1, u"x"_s)));
}

void HubMatrixTest::streams()
{
    for (const auto &[method, expected] :
         {std::pair("Stream"_L1, QStringList{u"a"_s, u"b"_s, u"c"_s}), std::pair("EmptyStream"_L1, QStringList())}) {
        QStringList items;
        std::optional<Result<void>> end;
        const auto stream = m_connection->stream<QString>(
            method, this, [&items](const QString &item) { items.append(item); },
            [&end](const Result<void> &result) { end = result; });
        QTRY_VERIFY(end);
        QVERIFY(*end);
        QCOMPARE(items, expected);
        QVERIFY(!stream.isActive());
    }
}

void HubMatrixTest::cancelledStream()
{
    int cancelled = 0;
    m_connection->on<>("StreamCanceled"_L1, this, [&cancelled] { ++cancelled; });
    {
        auto stream = m_connection->stream<int>(
            "InfiniteStream"_L1, this, [](int) {}, [](const Result<void> &) { QFAIL("cancelled streams do not end"); });
        QVERIFY(stream.isActive());
        QVERIFY(await(m_connection->invoke<QString>("Echo"_L1, u"it runs"_s)));
        stream.cancel();
        QVERIFY(!stream.isActive());
    }
    QTRY_COMPARE(cancelled, 1);
    {
        const auto dropped = m_connection->stream<int>(
            "InfiniteStream"_L1, this, [](int) {}, [](const Result<void> &) {});
    }
    QTRY_COMPARE(cancelled, 2);
}

void HubMatrixTest::failingStream()
{
    std::optional<Result<void>> end;
    const auto stream = m_connection->stream<QString>(
        "StreamThrowException"_L1, this, [](const QString &) {}, [&end](const Result<void> &result) { end = result; },
        u"An error."_s);
    QTRY_VERIFY(end);
    QVERIFY(end->error().message.endsWith(u"InvalidOperationException: An error."));

    // An item of another type ends the stream with an error.
    end.reset();
    const auto wrong = m_connection->stream<int>(
        "Stream"_L1, this, [](int) {}, [&end](const Result<void> &result) { end = result; });
    QTRY_VERIFY(end);
    QCOMPARE(end->error().code, ErrorCode::Internal);
    QVERIFY(await(m_connection->invoke<QString>("Echo"_L1, u"x"_s)));
}

void HubMatrixTest::streamMismatch()
{
    QVERIFY(await(m_connection->invoke<QString>("Stream"_L1)).error().message.contains(u"non-streaming invocation"));
    std::optional<Result<void>> end;
    const auto stream = m_connection->stream<QString>(
        "Echo"_L1, this, [](const QString &) {}, [&end](const Result<void> &result) { end = result; }, u"x"_s);
    QTRY_VERIFY(end);
    QVERIFY(end->error().message.contains(u"streaming invocation"));
}

void HubMatrixTest::upload()
{
    auto upload = m_connection->upload<QString>();
    QCOMPARE(upload.write(u"too early"_s), UploadResult::Closed);
    const auto answer = m_connection->invoke<QString>("StreamingConcat"_L1, upload);
    QVERIFY(upload.isOpen());
    for (const QString &word : {u"Hello "_s, u"world"_s, u"!"_s})
        QCOMPARE(upload.write(word), UploadResult::Sent);
    upload.finish();
    QCOMPARE(upload.write(u"too late"_s), UploadResult::Closed);
    QCOMPARE(await(answer), Result<QString>(u"Hello world!"_s));
}

void HubMatrixTest::failingUpload()
{
    auto upload = m_connection->upload<QString>();
    const auto answer = m_connection->invoke<QString>("StreamingConcat"_L1, upload);
    upload.write(u"Hello"_s);
    upload.fail(u"It broke."_s);
    QVERIFY(await(answer).error().message.contains(u"It broke."));

    Client::Future<QString> second;
    {
        const auto dropped = m_connection->upload<QString>();
        second = m_connection->invoke<QString>("StreamingConcat"_L1, dropped);
    }
    QVERIFY(!await(second));
}

void HubMatrixTest::clientResults()
{
    const QString path = u"/clientresult/"_s + m_connection->connectionId();
    QCOMPARE(get(path), u"Client didn't provide a result."_s);
    m_connection->onCall<int>("result"_L1, this, [] { return 10; });
    QCOMPARE(get(path), u"10"_s);
    m_connection->onCall<int>("Result"_L1, this, [this] {
        // Answered later, after a call of its own.
        Promise<int> promise;
        auto future = promise.future();
        whenAnswered(m_connection->invoke<QString>("Echo"_L1, u"11"_s), this,
                     [promise = std::move(promise)](const Result<QString> &text) mutable {
                         promise.finish(text ? Result<int>(text->toInt()) : failure(text.error()));
                     });
        return future;
    });
    QCOMPARE(get(path), u"11"_s);
    m_connection->onCall<int>("Result"_L1, this,
                              [] { return Result<int>(failure(Error::internal(u"No result today."_s))); });
    QCOMPARE(get(path), u"No result today."_s);
    m_connection->onCall<int>("Result"_L1, this, [] { return Promise<int>().future(); });
    QCOMPARE(get(path), Error::cancelled().message);
}

void HubMatrixTest::restart()
{
    QStringList got;
    m_connection->on<QString>("Message"_L1, this, [&got](const QString &text) { got.append(text); });
    QSignalSpy closed(m_connection.get(), &HubConnection::closed);
    for (const QString &word : {u"one"_s, u"two"_s}) {
        QVERIFY(await(m_connection->invoke("InvokeWithString"_L1, word)));
        QTRY_COMPARE(got, QStringList{word});
        got.clear();
        QVERIFY(await(m_connection->stop()));
        QCOMPARE(m_connection->state(), HubConnection::State::Disconnected);
        QCOMPARE(await(m_connection->invoke<QString>("Echo"_L1, u"x"_s)).error().reason, HubReasons::notConnected);
        QVERIFY(await(m_connection->start()));
        QCOMPARE(await(m_connection->start()).error().code, ErrorCode::Conflict);
    }
    QCOMPARE(closed.size(), 0);
}

void HubMatrixTest::identity()
{
    QCOMPARE(await(m_connection->invoke<QString>("GetCallerConnectionId"_L1)),
             Result<QString>(m_connection->connectionId()));
    const auto name = enumName(m_connection->transport());
    QCOMPARE(await(m_connection->invoke<QString>("GetActiveTransportName"_L1)),
             Result<QString>(QString::fromUtf8(name.data(), qsizetype(name.size()))));
}

void HubMatrixTest::headersAndCookies()
{
    QCOMPARE(await(m_connection->invoke<QString>("GetHeader"_L1, u"X-Custom"_s)), Result<QString>(u"custom value"_s));
    QVERIFY(await(m_connection->invoke<QString>("GetHeader"_L1, u"User-Agent"_s)).value().startsWith(u"Tertulia/"));
    QCOMPARE(await(m_connection->invoke<QString>("GetCookie"_L1, u"testCookie"_s)), Result<QString>(u"testValue"_s));
    QCOMPARE(await(m_connection->invoke<QString>("GetCookie"_L1, u"testCookie2"_s)), Result<QString>(u"testValue2"_s));
    QCOMPARE(await(m_connection->invoke<std::optional<QString>>("GetCookie"_L1, u"expiredCookie"_s)),
             Result<std::optional<QString>>(std::nullopt));
}

void HubMatrixTest::stop_whileCallWaits_cancelsIt()
{
    const auto upload = m_connection->upload<QString>();
    const auto answer = m_connection->invoke<QString>("StreamingConcat"_L1, upload);
    QVERIFY(await(m_connection->stop()));
    QVERIFY(answer.isAnswered());
    QCOMPARE(answer.result().error().code, ErrorCode::Cancelled);
}

void HubMatrixTest::destroyed_whileCallWaits_cancelsIt()
{
    auto upload = m_connection->upload<QString>();
    const auto answer = m_connection->invoke<QString>("StreamingConcat"_L1, upload);
    m_connection.reset();
    QVERIFY(answer.isAnswered());
    QCOMPARE(answer.result().error().code, ErrorCode::Cancelled);
    QCOMPARE(upload.write(u"x"_s), UploadResult::Closed);
}

void HubMatrixTest::token_asyncFactory()
{
    for (const auto transport : {HubTransport::WebSockets, HubTransport::ServerSentEvents, HubTransport::LongPolling}) {
        HubOptions options = plainOptions(u"/authorizedhub"_s);
        options.transports = {transport};
        int asked = 0;
        options.accessToken = [this, &asked] {
            ++asked;
            Promise<QString> promise;
            auto future = promise.future();
            QMetaObject::invokeMethod(
                this,
                [this, promise = std::make_shared<Promise<QString>>(std::move(promise))] {
                    promise->finish(get(u"/generateJwtToken"_s));
                },
                Qt::QueuedConnection);
            return future;
        };
        HubConnection connection(options);
        QVERIFY(await(connection.start()));
        QCOMPARE(await(connection.invoke<QString>("Echo"_L1, u"x"_s)), Result<QString>(u"x"_s));
        QVERIFY(asked >= 2); // for the negotiation and for each request of the transport
        QVERIFY(await(connection.stop()));
    }
}

void HubMatrixTest::token_missing_isUnauthenticated()
{
    HubConnection connection(plainOptions(u"/authorizedhub"_s));
    const auto started = await(connection.start());
    QCOMPARE(started.error().code, ErrorCode::Unauthenticated);
    QCOMPARE(started.error().message, u"Unauthorized: Status code '401'"_s);
    QCOMPARE(connection.state(), HubConnection::State::Disconnected);

    HubOptions options = plainOptions(u"/authorizedhub"_s);
    options.accessToken = [] { return answered<QString>(failure(Error::unauthenticated(u"The session is over."_s))); };
    HubConnection second(options);
    QCOMPARE(await(second.start()).error().message, u"The session is over."_s);
}

void HubMatrixTest::token_refusedOnce_isAskedForAgain()
{
    for (const bool skipNegotiation : {false, true}) {
        HubOptions options = plainOptions(u"/authorizedhub"_s);
        options.skipNegotiation = skipNegotiation;
        QString token = u"stale"_s;
        QStringList rejected;
        options.accessToken = [&token] { return answered<QString>(token); };
        options.rejectToken = [this, &token, &rejected](const QString &bad) {
            rejected.append(bad);
            token = get(u"/generateJwtToken"_s);
        };
        HubConnection connection(options);
        QVERIFY(await(connection.start()));
        QCOMPARE(rejected, QStringList{u"stale"_s});
    }
}

void HubMatrixTest::negotiation_redirect()
{
    HubOptions options = plainOptions(u"/redirect"_s);
    options.url.setQuery(u"baseUrl="_s + m_hub.url({}).toString());
    HubConnection connection(options);
    QVERIFY(await(connection.start()));
    const auto first = await(connection.invoke<int>("GetNumRedirects"_L1));
    QVERIFY(first && *first > 0);
    QVERIFY(await(connection.stop()));
    QVERIFY(await(connection.start()));
    QVERIFY(await(connection.invoke<int>("GetNumRedirects"_L1)).value() > *first);
}

void HubMatrixTest::negotiation_refused_tellsTheBody()
{
    HubConnection connection(plainOptions(u"/bad-negotiate"_s));
    QCOMPARE(await(connection.start()).error().message, u"Some response from server: Status code '400'"_s);
}

void HubMatrixTest::negotiation_noHubThere()
{
    HubConnection connection(plainOptions(u"/nowhere"_s));
    QCOMPARE(await(connection.start()).error().code, ErrorCode::NotFound);
    HubOptions options = plainOptions(u"/testhub"_s);
    options.url.setPort(1);
    HubConnection unreachable(options);
    QCOMPARE(await(unreachable.start()).error().reason, u"CONNECTION_REFUSED"_s);
}

void HubMatrixTest::negotiation_skipped()
{
    HubOptions options = plainOptions(u"/testhub"_s);
    options.skipNegotiation = true;
    HubConnection connection(options);
    QVERIFY(await(connection.start()));
    QVERIFY(connection.connectionId().isEmpty());
    QCOMPARE(await(connection.invoke<QString>("Echo"_L1, u"x"_s)), Result<QString>(u"x"_s));
}

void HubMatrixTest::fallback_withoutWebSockets()
{
    HubOptions options = plainOptions(u"/testhub-nowebsockets"_s);
    HubConnection packed(options);
    QVERIFY(await(packed.start()));
    QCOMPARE(packed.transport(), HubTransport::LongPolling);
    QCOMPARE(packed.format(), WireFormat::MessagePack);
    options.format = WireFormat::Json;
    HubConnection json(options);
    QVERIFY(await(json.start()));
    QCOMPARE(json.transport(), HubTransport::ServerSentEvents);
}

void HubMatrixTest::fallback_onlyEventsLeft_speaksJson()
{
    HubOptions options = plainOptions(u"/testhub-nowebsockets"_s);
    options.transports = {HubTransport::WebSockets, HubTransport::ServerSentEvents};
    HubConnection connection(options);
    QVERIFY(await(connection.start()));
    QCOMPARE(connection.transport(), HubTransport::ServerSentEvents);
    QCOMPARE(connection.format(), WireFormat::Json);
    QCOMPARE(await(connection.invoke<QString>("Echo"_L1, u"x"_s)), Result<QString>(u"x"_s));
    options.transports = {HubTransport::WebSockets};
    HubConnection none(options);
    QCOMPARE(await(none.start()).error().reason, HubReasons::noTransport);
}

void HubMatrixTest::uncreatableHub_isNotTriedAgain()
{
    HubConnection connection(plainOptions(u"/uncreatable"_s));
    QSignalSpy closed(&connection, &HubConnection::closed);
    QVERIFY(await(connection.start())); // the handshake is answered before the hub is made
    QTRY_COMPARE(closed.size(), 1);
    QCOMPARE(closed[0][0].value<Error>().reason, HubReasons::closedByServer);
    QCOMPARE(connection.state(), HubConnection::State::Disconnected);
}

TERTULIA_TEST(tst_hubmatrix, HubMatrixTest)
#include "tst_hubmatrix.moc"
