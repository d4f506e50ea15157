// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "doorfixture.h"
#include "netclient.h"
#include "support/testmain.h"

#include <QProcess>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QTemporaryDir>
#include <QTest>

using namespace Tertulia::Test;
using namespace std::chrono_literals;

namespace {

bool makeCertificate(const QTemporaryDir &folder, const QString &name)
{
    QProcess openssl;
    openssl.start(QStringLiteral("openssl"),
                  {QStringLiteral("req"), QStringLiteral("-x509"), QStringLiteral("-newkey"), QStringLiteral("ec"),
                   QStringLiteral("-pkeyopt"), QStringLiteral("ec_paramgen_curve:P-256"), QStringLiteral("-nodes"),
                   QStringLiteral("-days"), QStringLiteral("2"), QStringLiteral("-subj"), QStringLiteral("/CN=") + name,
                   QStringLiteral("-keyout"), folder.filePath(QStringLiteral("key.pem")), QStringLiteral("-out"),
                   folder.filePath(QStringLiteral("cert.pem"))});
    return openssl.waitForFinished() && openssl.exitCode() == 0;
}

NetSettings tlsSettings(const QTemporaryDir &folder)
{
    NetSettings settings;
    settings.certificateFile = folder.filePath(QStringLiteral("cert.pem"));
    settings.keyFile = folder.filePath(QStringLiteral("key.pem"));
    return settings;
}

/// A blocking TLS client that takes any certificate.
class TlsClient
{
public:
    explicit TlsClient(quint16 port, QSsl::SslProtocol protocol = QSsl::TlsV1_2OrLater)
    {
        m_socket.setPeerVerifyMode(QSslSocket::VerifyNone);
        m_socket.setProtocol(protocol);
        m_socket.connectToHostEncrypted(QStringLiteral("127.0.0.1"), port);
        m_encrypted = m_socket.waitForEncrypted(5000);
    }
    [[nodiscard]] bool isEncrypted() const { return m_encrypted; }
    QSslSocket &socket() { return m_socket; }
    QByteArray ask(const QByteArray &bytes, const QByteArray &until)
    {
        m_socket.write(bytes);
        QByteArray answer;
        while (!answer.contains(until)) {
            if (m_socket.bytesAvailable() == 0 && !m_socket.waitForReadyRead(5000))
                break;
            answer += m_socket.readAll();
        }
        return answer;
    }
    QString certificateName() { return m_socket.peerCertificate().subjectInfo(QSslCertificate::CommonName).value(0); }

private:
    QSslSocket m_socket;
    bool m_encrypted = false;
};

const QByteArray request = "GET /x HTTP/1.1\r\nHost: x\r\n\r\n";

} // namespace

class TstTls : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void requests_areServed_asSecure();
    void largeBodies_comeThrough_bothWays();
    void webSocket_echoes();
    void oldProtocols_areRefused();
    void plainHttp_onTlsPort_isClosed();
    void stalledHandshake_isClosed();
    void reload_newConnectionsSeeTheNewCertificate();
    void badFiles_areExplained();
};

void TstTls::requests_areServed_asSecure()
{
    const QTemporaryDir folder;
    QVERIFY(makeCertificate(folder, QStringLiteral("one")));
    DoorFixture fixture(tlsSettings(folder), true);
    QVERIFY(fixture.door().urls().front().startsWith(QStringLiteral("https://127.0.0.1:")));
    TlsClient client(fixture.port());
    QVERIFY(client.isEncrypted());
    for (int i = 0; i < 3; ++i)
        QVERIFY(client.ask(request, "/x?:").startsWith("HTTP/1.1 200 OK"));
    QVERIFY(fixture.seen.lastHead().secure);
}

void TstTls::largeBodies_comeThrough_bothWays()
{
    const QTemporaryDir folder;
    QVERIFY(makeCertificate(folder, QStringLiteral("one")));
    DoorFixture fixture(tlsSettings(folder), true);
    TlsClient client(fixture.port());
    const QByteArray body(1'000'000, 'e');
    const QByteArray answer =
        client.ask("POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n" + body + request, "/x?:\r\n");
    QVERIFY(answer.contains("Content-Length: 1000004\r\n"));
    QVERIFY(answer.contains(body));
    TlsClient reader(fixture.port());
    QVERIFY(reader.ask("GET /big HTTP/1.1\r\nHost: x\r\n\r\n" + request, "/x?:").size() > (1 << 20));
}

void TstTls::webSocket_echoes()
{
    const QTemporaryDir folder;
    QVERIFY(makeCertificate(folder, QStringLiteral("one")));
    DoorFixture fixture(tlsSettings(folder), true);
    TlsClient client(fixture.port());
    const QByteArray upgrade = "GET /ws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                               "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    QVERIFY(client.ask(upgrade, "\r\n\r\n").startsWith("HTTP/1.1 101"));
    QCOMPARE(client.ask(clientFrame(0x81, "hello"), "hello"), QByteArray("\x82\x05hello"));
    const QByteArray large(200'000, 'q');
    QVERIFY(client.ask(clientFrame(0x82, large) + clientFrame(0x81, "end"), "end").contains(large));
    QCOMPARE(client.ask(clientFrame(0x88, QByteArray("\x03\xe8", 2)), "\x03\xe8"), QByteArray("\x88\x02\x03\xe8", 4));
    QTRY_COMPARE(fixture.seen.lastClose(), std::make_pair(quint16(1000), true));
    QVERIFY(client.socket().state() == QAbstractSocket::UnconnectedState || client.socket().waitForDisconnected(5000));
}

void TstTls::oldProtocols_areRefused()
{
    const QTemporaryDir folder;
    QVERIFY(makeCertificate(folder, QStringLiteral("one")));
    DoorFixture fixture(tlsSettings(folder), true);
    QT_WARNING_PUSH
    QT_WARNING_DISABLE_DEPRECATED
    QVERIFY(!TlsClient(fixture.port(), QSsl::TlsV1_1).isEncrypted());
    QT_WARNING_POP
    QVERIFY(TlsClient(fixture.port(), QSsl::TlsV1_2).isEncrypted());
    QVERIFY(TlsClient(fixture.port(), QSsl::TlsV1_3).isEncrypted());
}

void TstTls::plainHttp_onTlsPort_isClosed()
{
    const QTemporaryDir folder;
    QVERIFY(makeCertificate(folder, QStringLiteral("one")));
    DoorFixture fixture(tlsSettings(folder), true);
    NetClient client(fixture.port());
    client.send(request);
    client.readAll();
    QVERIFY(!client.timedOut());
    QCOMPARE(fixture.seen.handled, 0);
}

void TstTls::stalledHandshake_isClosed()
{
    const QTemporaryDir folder;
    QVERIFY(makeCertificate(folder, QStringLiteral("one")));
    NetSettings settings = tlsSettings(folder);
    settings.headTimeout = 200ms;
    settings.lingerTimeout = 200ms;
    DoorFixture fixture(settings, true);
    NetClient client(fixture.port());
    client.send(QByteArray("\x16\x03\x01", 3));
    client.readAll();
    QVERIFY(!client.timedOut());
}

void TstTls::reload_newConnectionsSeeTheNewCertificate()
{
    const QTemporaryDir folder;
    QVERIFY(makeCertificate(folder, QStringLiteral("one")));
    DoorFixture fixture(tlsSettings(folder), true);
    TlsClient before(fixture.port());
    QCOMPARE(before.certificateName(), QStringLiteral("one"));
    QVERIFY(makeCertificate(folder, QStringLiteral("two")));
    QVERIFY(fixture.door().reloadTls());
    TlsClient after(fixture.port());
    QCOMPARE(after.certificateName(), QStringLiteral("two"));
    QVERIFY(before.ask(request, "/x?:").startsWith("HTTP/1.1 200 OK"));
    // A reload that fails changes nothing.
    QFile::remove(folder.filePath(QStringLiteral("key.pem")));
    QVERIFY(!fixture.door().reloadTls());
    TlsClient later(fixture.port());
    QCOMPARE(later.certificateName(), QStringLiteral("two"));
}

void TstTls::badFiles_areExplained()
{
    const QTemporaryDir folder;
    NetSettings settings = tlsSettings(folder);
    settings.listen = {{QHostAddress(QHostAddress::LocalHost), 0, true}};
    FrontDoor door(settings, {});
    const auto missing = door.start();
    QVERIFY(!missing);
    QVERIFY(missing.error().message.contains(settings.certificateFile));
    QVERIFY(makeCertificate(folder, QStringLiteral("one")));
    const QTemporaryDir other;
    QVERIFY(makeCertificate(other, QStringLiteral("two")));
    settings.keyFile = other.filePath(QStringLiteral("key.pem"));
    FrontDoor mismatched(settings, {});
    const auto mismatch = mismatched.start();
    QVERIFY(!mismatch);
    QVERIFY(mismatch.error().message.contains(settings.keyFile));
}

TERTULIA_TEST(tst_tls, TstTls)
#include "tst_tls.moc"
