// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/transport/huboptions.h"

#include <QNetworkRequest>

#include <functional>
#include <optional>
#include <utility>

QT_BEGIN_NAMESPACE
class QNetworkReply;
QT_END_NAMESPACE

namespace Tertulia::Client {

/// Makes the requests of one hub connection, with headers and a fresh token. Our own token goes to the origin of
/// HubOptions::url and nowhere else; after a redirect elsewhere only a token that came with the redirect is sent.
class HubAccess
{
public:
    using Ready = std::function<void(const Result<QNetworkRequest> &)>;

    HubAccess(HubOptions options, QNetworkAccessManager &network)
        : m_options(std::move(options))
        , m_network(network)
    {
    }

    [[nodiscard]] const HubOptions &options() const { return m_options; }
    [[nodiscard]] QNetworkAccessManager &network() const { return m_network; }
    void useTokenOfRedirect(const std::optional<QString> &token)
    {
        if (token)
            m_redirectToken = token;
    }

    /// `ready` is called later or at once, not when the context has gone.
    void prepare(const QUrl &url, QObject *context, Ready ready);
    /// The server took our token for bad: true if another one can be had, once until it takes one.
    [[nodiscard]] bool rejectToken();
    /// The same for what failed with `why`, which may be repeated then.
    [[nodiscard]] bool mayRepeat(const Error &why) { return why.code == ErrorCode::Unauthenticated && rejectToken(); }
    /// Where several are under way: one whose token was rejected meanwhile because of another has yet to try the next.
    [[nodiscard]] bool mayRepeat(const Error &why, const QNetworkRequest &refused);
    /// The server took our token.
    void tokenWasTaken() { m_hasRejected = false; }

private:
    [[nodiscard]] QNetworkRequest request(const QUrl &url, const QString &token) const;

    const HubOptions m_options; ///< a copy: links may outlive the connection by a turn of the loop
    QNetworkAccessManager &m_network;
    std::optional<QString> m_redirectToken;
    QString m_lastToken;
    bool m_hasRejected = false;
    int m_rejections = 0;
};

/// What a reply that is no success, or the lack of one, comes to. Bodies are told in part.
[[nodiscard]] Error errorOfReply(QNetworkReply &reply, bool timedOut);
/// The status alone.
[[nodiscard]] Error errorOfStatus(int status, const QString &message);

/// The URL with one more query item.
[[nodiscard]] QUrl withQueryItem(QUrl url, const QString &name, const QString &value);

} // namespace Tertulia::Client
