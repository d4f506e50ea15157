// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/routerates.h"
#include "net/exchange.h"
#include "protocol/codec.h"
#include "services/actor.h"

#include <QStringList>

namespace Tertulia::Server {

/// What a route's handler gets: the checked request and its caller. Network thread; a value that may be kept as long
/// as the answer is owed.
struct RestRequest
{
    std::shared_ptr<Exchange> exchange; ///< shared with the connection, which may end first
    QStringList ids; ///< what the path's placeholders are, in order
    Actor actor; ///< empty on routes for everybody when there is no valid token
    Rate rate; ///< of the route

    [[nodiscard]] const RequestHead &head() const { return exchange->head(); }
    [[nodiscard]] const QString &id(qsizetype index = 0) const { return ids[index]; }
    [[nodiscard]] std::optional<QString> query(QByteArrayView key) const;
    /// How many of something. Invalid (with the field) for what is not a whole number of at least 1.
    [[nodiscard]] Result<std::optional<qint64>> queryNumber(QLatin1StringView key) const;
    [[nodiscard]] Result<bool> queryFlag(QLatin1StringView key, bool fallback) const;
    /// The caller sits at this machine (requestorigin.h).
    [[nodiscard]] bool isLocal() const { return head().local; }
    /// The value of a cookie; null when absent.
    [[nodiscard]] QByteArray cookie(QByteArrayView name) const;

    enum class Cost : quint8 { Usual, High };
    /// Counts the request, where the route's class leaves that to the handler (Rate::When::ByHandler), once.
    /// RateLimited beyond the rate.
    [[nodiscard]] Result<void> charge(Cost cost = Cost::Usual) const;
    /// Finishes `done`; what the server could not do is not counted after all. For a request that was charged just now.
    template <class T> [[nodiscard]] Completion<T> forgiving(Completion<T> done) const
    {
        return rate.usual ? Server::forgiving(*rate.usual, actor.id, std::move(done)) : std::move(done);
    }

    /// The body as T. UnsupportedMediaType unless it says it is JSON; Invalid with the fields when it is not a T.
    template <class T> [[nodiscard]] Result<T> json() const
    {
        if (auto type = checkJsonType(); !type)
            return failure(type.error());
        return fromJson<T>(jsonText());
    }
    /// The same; what breaks `rules` is told together with what cannot be read.
    template <class T, class Rules> [[nodiscard]] Result<T> json(const Rules &rules) const
    {
        if (auto type = checkJsonType(); !type)
            return failure(type.error());
        return fromJson<T>(jsonText(), rules);
    }
    /// The same, but no body at all is a T with nothing set.
    template <class T> [[nodiscard]] Result<T> optionalJson() const
    {
        return exchange->body().isEmpty() ? Result<T>(T()) : json<T>();
    }

private:
    [[nodiscard]] Result<void> checkJsonType() const;
    [[nodiscard]] QByteArrayView jsonText() const; ///< the body without a byte order mark (RFC 8259 8.1 lets us)
};

} // namespace Tertulia::Server
