// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QTcpSocket>
#include <QUrl>

namespace Tertulia::Test {

struct RestReply
{
    int status = 0; ///< 0: the connection broke before a whole answer was read
    QHash<QByteArray, QByteArray> headers; ///< names in lower case; repeated ones are lines of one value
    QByteArray body;

    /// The whole field that sets the cookie of this name; empty: none does.
    [[nodiscard]] QByteArray setCookie(const QByteArray &name) const;
    [[nodiscard]] bool isOk() const { return status >= 200 && status < 300; }
    [[nodiscard]] QJsonObject json() const;
    [[nodiscard]] QJsonValue data() const { return json().value(QLatin1String("data")); }
    [[nodiscard]] QString code() const { return json().value(QLatin1String("code")).toString(); }
};

/// A plain blocking HTTP/1.1 client on one keep-alive connection: what a test sends is what goes on the wire, and
/// nothing is retried behind its back. Any thread, one at a time.
class RestClient
{
public:
    explicit RestClient(const QUrl &server);

    void setToken(const QString &token) { m_token = token; }
    [[nodiscard]] QString token() const { return m_token; }

    RestReply get(const QString &path) { return request("GET", path); }
    RestReply post(const QString &path, const QJsonObject &body = {});
    RestReply put(const QString &path, const QJsonObject &body);
    RestReply remove(const QString &path) { return request("DELETE", path); }
    RestReply request(const QByteArray &method, const QString &path, const QByteArray &body = {},
                      const QList<QPair<QByteArray, QByteArray>> &headers = {});

    /// Registers (unless the name is taken already) and signs in; the token is used from then on.
    /// @returns the user's id, empty when refused
    QString signIn(const QString &username, const QString &password = QStringLiteral("correct horse battery"));

private:
    [[nodiscard]] bool connectIfNeeded();
    [[nodiscard]] RestReply readReply(bool isHead);
    [[nodiscard]] bool fill();

    QUrl m_server;
    QString m_token;
    std::unique_ptr<QTcpSocket> m_socket;
    QByteArray m_buffer;
};

} // namespace Tertulia::Test
