// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// How a socket ended decides whether its connection may be resumed: only a close frame says that the server meant it.

#include "client/transport/hubaccess.h"
#include "client/transport/hublink.h"
#include "support/fakescheduler.h"
#include "support/scriptedserver.h"
#include "support/testmain.h"

#include <QNetworkAccessManager>
#include <QSignalSpy>
#include <QTcpSocket>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Tertulia;
using namespace Tertulia::Client;
using namespace Tertulia::Test;

class WebSocketLinkTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void closeFrame_isAnEnd();
    void lossSeenByReading_isALoss();
    void lossSeenByWriting_isALoss();

private:
    [[nodiscard]] HubLink::End awaitEnd();

    ScriptedServer m_server;
    QNetworkAccessManager m_network;
    FakeScheduler m_scheduler;
    std::unique_ptr<HubLink> m_link;
    std::optional<HubLink::End> m_end;
};

void WebSocketLinkTest::init()
{
    m_server.acceptWebSockets(u"/hub"_s);
    HubOptions options;
    options.url = m_server.url();
    options.url.setPath(u"/hub"_s);
    const QUrl url = options.url;
    m_end.reset();
    m_link = HubLink::make(HubTransport::WebSockets, std::make_shared<HubAccess>(std::move(options), m_network),
                           m_scheduler, url, false);
    QSignalSpy opened(m_link.get(), &HubLink::opened);
    connect(m_link.get(), &HubLink::ended, this, [this](HubLink::End how) { m_end = how; });
    m_link->open();
    QTRY_COMPARE(opened.size(), 1);
    QTRY_VERIFY(m_server.socket());
}

void WebSocketLinkTest::cleanup()
{
    m_link.reset();
}

HubLink::End WebSocketLinkTest::awaitEnd()
{
    [&] { QTRY_VERIFY(m_end); }();
    return m_end.value_or(HubLink::End::Refused);
}

void WebSocketLinkTest::closeFrame_isAnEnd()
{
    m_server.socket()->close();
    QCOMPARE(awaitEnd(), HubLink::End::Closed);
}

void WebSocketLinkTest::lossSeenByReading_isALoss()
{
    m_server.socket()->abort();
    QCOMPARE(awaitEnd(), HubLink::End::Lost);
}

void WebSocketLinkTest::lossSeenByWriting_isALoss()
{
    auto *const socket = m_link->findChild<QTcpSocket *>();
    QVERIFY(socket);
    m_server.socket()->abort();
    // Before the loop has seen anything: the first word is answered with a reset, the second one fails, and Qt closes
    // the socket then.
    for (int i = 0; i < 2; ++i) {
        m_link->send("a word that cannot arrive");
        socket->flush();
    }
    QVERIFY(!socket->isOpen());
    QCOMPARE(awaitEnd(), HubLink::End::Lost);
}

TERTULIA_TEST(tst_websocketlink, WebSocketLinkTest)
#include "tst_websocketlink.moc"
