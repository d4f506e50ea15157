// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/reply.h"
#include "http/routerates.h"

#include <deque>
#include <initializer_list>
#include <map>
#include <span>
#include <string>

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

/// All there is to say of a route; what it says is asked once for each request, when its head is there.
struct Route
{
    Method method = Method::Get; ///< HEAD goes to GET
    QLatin1StringView path; ///< of Routes (protocol/names.h): {…} is one segment, not empty; matched without case
    Access access = Access::User;
    RouteBody body = RouteBody::None;
    RateClass rate = RateClass::None;
    RestHandler handler;
};

/// Every route of the server: built once, shared by all network threads. A literal segment wins over a placeholder,
/// unless only the placeholder's route has the method.
class RouteTable
{
public:
    /// What a request's head says of where it goes.
    struct Match
    {
        const Route *route = nullptr; ///< null: there is none
        QStringList ids; ///< what the placeholders are, in order
    };

    /// No two have the same method and path.
    void add(std::initializer_list<Route> routes);
    [[nodiscard]] const std::deque<Route> &routes() const { return m_routes; }

    /// Slashes at the end of a path do not matter. Takes as long as the path has segments, however many routes there
    /// are.
    [[nodiscard]] Match find(const RequestHead &head) const;
    /// The methods of all routes that this request's path matches, for Allow; empty: there is no such path.
    [[nodiscard]] QByteArray allowedMethods(const RequestHead &head) const;

private:
    /// Where some segments lead to.
    struct Node
    {
        std::map<std::string, std::unique_ptr<Node>, std::less<>> literals; ///< what follows, in lower case
        std::unique_ptr<Node> placeholder;
        std::vector<size_t> ids; ///< which of the segments were placeholders
        std::array<const Route *, size_t(Method::Other) + 1> routes{}; ///< that end here
    };
    template <class Take>
    static bool visit(const Node &node, std::span<const std::string_view> segments, const Take &take);

    std::deque<Route> m_routes; // a deque: the addresses stay
    Node m_root;
};

[[nodiscard]] QByteArray methodName(Method method);

} // namespace Tertulia::Server
