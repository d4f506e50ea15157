// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/reply.h"

#include <deque>

namespace Tertulia::Server {

/// Who may call a route. Checked before the handler runs, so before any id is looked up.
enum class Access : quint8 {
    Anonymous, ///< everybody; a token is not looked at
    Optional, ///< everybody; the caller is known when the token is good
    User, ///< with a valid token
    Moderator, ///< role Moderator or Admin
    Admin,
    Operator, ///< from this machine, or with the operator's token (metrics)
};

/// What a route takes as its request body; over it 413.
enum class RouteBody : quint8 {
    None, ///< nothing; a client's habitual `{}` is read and ignored
    Small, ///< a form of some fields: credentials, a profile, an id
    Large, ///< messages, lists of ids: as much as REST takes at all
};

using RestHandler = std::function<void(const RestRequest &request, Reply reply)>;

struct Route
{
    Method method = Method::Get;
    QLatin1StringView path; ///< of Routes (protocol/names.h): at most two placeholders {…}; matched without case
    Access access = Access::User;
    RouteBody body = RouteBody::None;
    RestHandler handler;
};

/// A request's path as routes are matched with it: without slashes at its end.
[[nodiscard]] QByteArrayView routedPath(const RequestHead &head);

/// Every route of the server, in the order in which they are tried: built once, shared by all network threads.
/// A placeholder matches one segment; a literal that must win over a placeholder is added before it.
class RouteTable
{
public:
    void get(QLatin1StringView path, Access access, RestHandler handler)
    {
        add({Method::Get, path, access, RouteBody::None, std::move(handler)});
    }
    void post(QLatin1StringView path, Access access, RestHandler handler, RouteBody body = RouteBody::Small)
    {
        add({Method::Post, path, access, body, std::move(handler)});
    }
    void remove(QLatin1StringView path, Access access, RestHandler handler)
    {
        add({Method::Delete, path, access, RouteBody::None, std::move(handler)});
    }

    [[nodiscard]] const std::deque<Route> &routes() const { return m_routes; }
    /// The first route that this request matches, which is also the one it will be given to; null: there is none.
    [[nodiscard]] const Route *find(const RequestHead &head) const;
    /// The methods of all routes that this request's path matches, for Allow; empty: there is no such path.
    [[nodiscard]] QByteArray allowedMethods(const RequestHead &head) const;

private:
    void add(Route route);

    std::deque<Route> m_routes; // a deque: the addresses stay
    std::deque<QStringList> m_segments; // of their paths
};

[[nodiscard]] QByteArray methodName(Method method);

} // namespace Tertulia::Server
