// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/task.h"

#include <QNetworkRequest>
#include <QTimer>

#include <chrono>
#include <memory>

class QNetworkAccessManager;
class QNetworkReply;

namespace Tertulia::Client {

/// What a server may cost us with one answer.
struct ApiLimits
{
    qint64 answerBytes = 8 * 1024 * 1024; ///< bytes of one body: a full page of sync with the longest texts fits
    std::chrono::milliseconds deadline = std::chrono::seconds(30); ///< from the call to the last byte
};

struct HttpAnswer
{
    int status = 0;
    QByteArray body;
    int retryAfterSeconds = 0; ///< 0 = not said
    QUrl location; ///< of a redirect, absolute

    [[nodiscard]] bool isSuccess() const { return status >= 200 && status < 300; }
};

/// One HTTP exchange within limits. Finishes once: with an answer of any status, or with an Error of NetworkReason.
/// Never follows redirects, keeps no cookies, takes no compressed bodies (nothing can swell). Deleting it ends the
/// exchange without a result.
class HttpCall final : public QObject
{
    Q_OBJECT

public:
    using Done = MoveFunction<void(Result<HttpAnswer>)>;

    /// @param verb GET, POST …; `body` is sent as JSON when it is not null
    HttpCall(QNetworkAccessManager &network, const QByteArray &verb, QNetworkRequest request, const QByteArray &body,
             const ApiLimits &limits, Done done);
    ~HttpCall() override;

    /// Ends the exchange without a result. A call that is deleted later must do so before its network access manager
    /// goes.
    void cancel();

private:
    void read();
    void finishReply();
    void fail(QLatin1StringView reason, const QString &message);
    void finish(Result<HttpAnswer> result);
    [[nodiscard]] Error networkError() const;

    QNetworkReply *m_reply = nullptr;
    ApiLimits m_limits;
    QTimer m_deadline;
    QByteArray m_body;
    QString m_certificateTrouble;
    Done m_done;
};

/// A network access manager as all of our calls use it: without cookies, cache, redirects and authentication dialogs.
[[nodiscard]] std::unique_ptr<QNetworkAccessManager> makeNetworkAccessManager();

} // namespace Tertulia::Client
