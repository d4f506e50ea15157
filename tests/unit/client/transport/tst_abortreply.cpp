// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/transport/abortreply.h"
#include "support/testmain.h"

#include <QNetworkAccessManager>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace Tertulia::Client;
using namespace Qt::StringLiterals;

class TestAbortReply : public QObject
{
    Q_OBJECT

    QNetworkAccessManager m_network;
    QTcpServer m_server;

    QNetworkReply *get()
    {
        return m_network.get(QNetworkRequest(QUrl(u"http://127.0.0.1:%1/"_s.arg(m_server.serverPort()))));
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_server.listen(QHostAddress::LocalHost)); }
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void betweenItsErrorAndItsEnd_aReplyGetsNoOtherError()
    {
        const std::unique_ptr<QNetworkReply> reply(get());
        QSignalSpy errors(reply.get(), &QNetworkReply::errorOccurred);
        QSignalSpy ends(reply.get(), &QNetworkReply::finished);
        connect(reply.get(), &QNetworkReply::errorOccurred, this, [&reply] { abortReply(*reply); });
        // Qt tries some times before it gives up.
        const auto hangUp = connect(&m_server, &QTcpServer::newConnection, this, [this] {
            while (QTcpSocket *const peer = m_server.nextPendingConnection())
                peer->abort();
        });
        QTRY_COMPARE_WITH_TIMEOUT(ends.count(), 1, 30'000);
        QCOMPARE(errors.count(), 1);
        QVERIFY(reply->error() != QNetworkReply::NoError);
        disconnect(hangUp);
    }

    void aReplyUnderWay_ends()
    {
        const std::unique_ptr<QNetworkReply> reply(get());
        QSignalSpy ends(reply.get(), &QNetworkReply::finished);
        abortReply(*reply);
        QCOMPARE(ends.count(), 1);
        QCOMPARE(reply->error(), QNetworkReply::OperationCanceledError);
    }
};

TERTULIA_TEST(tst_abortreply, TestAbortReply)
#include "tst_abortreply.moc"
