// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "e2e/support/restclient.h"

#include <QJsonDocument>

namespace Tertulia::Test {

namespace {
constexpr int patienceMs = 30'000;
}

QByteArray RestReply::setCookie(const QByteArray &name) const
{
    const QByteArrayList fields = headers.value("set-cookie").split('\n');
    const auto found = std::find_if(fields.begin(), fields.end(),
                                    [&name](const QByteArray &field) { return field.startsWith(name + '='); });
    return found == fields.end() ? QByteArray() : *found;
}

QJsonObject RestReply::json() const
{
    return QJsonDocument::fromJson(body).object();
}

RestClient::RestClient(const QUrl &server)
    : m_server(server)
{
}

RestReply RestClient::post(const QString &path, const QJsonObject &body)
{
    return request("POST", path, QJsonDocument(body).toJson(QJsonDocument::Compact));
}

RestReply RestClient::put(const QString &path, const QJsonObject &body)
{
    return request("PUT", path, QJsonDocument(body).toJson(QJsonDocument::Compact));
}

bool RestClient::connectIfNeeded()
{
    if (m_socket && m_socket->state() == QAbstractSocket::ConnectedState)
        return true;
    m_buffer.clear();
    m_socket = std::make_unique<QTcpSocket>();
    m_socket->connectToHost(m_server.host(), quint16(m_server.port()));
    return m_socket->waitForConnected(patienceMs);
}

RestReply RestClient::request(const QByteArray &method, const QString &path, const QByteArray &body,
                              const QList<QPair<QByteArray, QByteArray>> &headers)
{
    if (!connectIfNeeded())
        return {};
    QByteArray out = method + ' ' + path.toUtf8() + " HTTP/1.1\r\nHost: " + m_server.authority().toUtf8() + "\r\n";
    if (!m_token.isEmpty())
        out += "Authorization: Bearer " + m_token.toUtf8() + "\r\n";
    bool hasType = false;
    for (const auto &[name, value] : headers) {
        out += name + ": " + value + "\r\n";
        hasType = hasType || name.toLower() == "content-type";
    }
    if (!body.isEmpty() && !hasType)
        out += "Content-Type: application/json\r\n";
    if (!body.isEmpty() || method == "POST" || method == "PUT")
        out += "Content-Length: " + QByteArray::number(body.size()) + "\r\n";
    out += "\r\n" + body;
    m_socket->write(out);
    m_socket->flush();
    RestReply reply = readReply(method == "HEAD");
    if (reply.status == 0 || reply.headers.value("connection").toLower() == "close")
        m_socket.reset();
    return reply;
}

bool RestClient::fill()
{
    if (m_socket->bytesAvailable() == 0 && !m_socket->waitForReadyRead(patienceMs))
        return false;
    m_buffer += m_socket->readAll();
    return true;
}

RestReply RestClient::readReply(bool isHead)
{
    qsizetype end = -1;
    while ((end = m_buffer.indexOf("\r\n\r\n")) < 0) {
        if (!fill())
            return {};
    }
    RestReply reply;
    const QList<QByteArray> lines = m_buffer.left(end).split('\n');
    const int status = lines.first().mid(9, 3).toInt();
    for (qsizetype i = 1; i < lines.size(); ++i) {
        const qsizetype colon = lines[i].indexOf(':');
        QByteArray &value = reply.headers[lines[i].left(colon).trimmed().toLower()];
        value += (value.isEmpty() ? "" : "\n") + lines[i].mid(colon + 1).trimmed();
    }
    m_buffer.remove(0, end + 4);
    const qsizetype length = isHead ? 0 : reply.headers.value("content-length").toLongLong();
    while (m_buffer.size() < length) {
        if (!fill())
            return {};
    }
    reply.body = m_buffer.left(length);
    m_buffer.remove(0, length);
    reply.status = status;
    return reply;
}

QString RestClient::signIn(const QString &username, const QString &password)
{
    m_token.clear();
    const RestReply registered = post(QStringLiteral("/api/Authentication/register"),
                                      {{QStringLiteral("username"), username},
                                       {QStringLiteral("password"), password},
                                       {QStringLiteral("fullName"), username}});
    if (!registered.isOk() && registered.status != 409)
        return {};
    const RestReply reply = post(QStringLiteral("/api/Authentication/login"),
                                 {{QStringLiteral("username"), username}, {QStringLiteral("password"), password}});
    const QJsonObject data = reply.data().toObject();
    m_token = data.value(QLatin1String("accessToken")).toString();
    return data.value(QLatin1String("user")).toObject().value(QLatin1String("id")).toString();
}

} // namespace Tertulia::Test
