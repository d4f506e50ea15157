// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/async.h"
#include "client/transport/httpcall.h"

#include <QUrl>

#include <memory>
#include <optional>
#include <vector>

namespace Tertulia::Client {

struct ServerInfo
{
    QUrl url; ///< what accounts are made with: normalised, without a trailing slash
    QString version;
    bool isHealthy = true; ///< false: it says that it cannot do everything at present
};

/// The one spelling of a server's address: lower-case host, no default port, no slash at the end, nothing behind it.
[[nodiscard]] QUrl normalizedServer(const QUrl &url);

/// By its name or address: what is said to it does not leave this machine.
[[nodiscard]] bool isThisMachine(const QUrl &server);

/// Finds the server behind what a person has typed, and says in ProbeReason's words why not.
class ServerProbe final : public QObject
{
    Q_OBJECT

public:
    explicit ServerProbe(QObject *parent = nullptr);
    ~ServerProbe() override;

    void setLimits(const ApiLimits &limits) { m_limits = limits; }

    /// `chat.example.org`, `chat.example.org:8443`, `https://example.org/tertulia` … Without a scheme it is https; http
    /// is tried only on loopback, or when it was typed. A new check cancels the one before.
    [[nodiscard]] Future<ServerInfo> check(const QString &typedAddress);
    void cancel();

    /// The addresses to try, the first first. Empty: not an address.
    [[nodiscard]] static std::vector<QUrl> candidates(const QString &typedAddress);

private:
    void tryNext();
    void takeAnswer(const QUrl &server, const Result<HttpAnswer> &answer);
    void dropCall();
    void finish(Result<ServerInfo> result);

    std::unique_ptr<QNetworkAccessManager> m_network;
    ApiLimits m_limits;
    std::vector<QUrl> m_candidates; ///< the next last
    std::unique_ptr<HttpCall> m_call;
    std::optional<Promise<ServerInfo>> m_promise;
};

} // namespace Tertulia::Client
