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

using RestHandler = std::function<void(const RestRequest &request, Reply reply)>;

struct Route
{
    Method method = Method::Get;
    QString path; ///< "/api/Chat/messages/<id>/read": at most two placeholders; matched without case
    Access access = Access::User;
    RestHandler handler;
};

/// Every route of the server, in the order in which they are tried: built once, shared by all network threads.
/// A placeholder matches one segment; a literal that must win over a placeholder is added before it.
class RouteTable
{
public:
    void get(const char *path, Access access, RestHandler handler)
    {
        add(Method::Get, path, access, std::move(handler));
    }
    void post(const char *path, Access access, RestHandler handler)
    {
        add(Method::Post, path, access, std::move(handler));
    }
    void put(const char *path, Access access, RestHandler handler)
    {
        add(Method::Put, path, access, std::move(handler));
    }
    void remove(const char *path, Access access, RestHandler handler)
    {
        add(Method::Delete, path, access, std::move(handler));
    }

    [[nodiscard]] const std::deque<Route> &routes() const { return m_routes; }
    /// The methods of all routes that this path matches, for Allow; empty: there is no such path.
    [[nodiscard]] QByteArray allowedMethods(QByteArrayView path) const;

private:
    void add(Method method, const char *path, Access access, RestHandler handler);

    std::deque<Route> m_routes; // a deque: the addresses stay
};

[[nodiscard]] QByteArray methodName(Method method);

} // namespace Tertulia::Server
