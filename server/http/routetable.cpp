// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/routetable.h"

#include <QVarLengthArray>

namespace Tertulia::Server {

namespace {

/// The segments of a path in lower case, without slashes at its end.
class Segments
{
public:
    explicit Segments(const QByteArray &path)
        : m_lower(path.toLower())
    {
        std::string_view rest(m_lower.constData(), size_t(m_lower.size()));
        while (rest.size() > 1 && rest.ends_with('/'))
            rest.remove_suffix(1);
        for (size_t slash = 0; slash != std::string_view::npos;) {
            rest.remove_prefix(slash + 1); // it begins with one
            slash = rest.find('/');
            m_segments.append(rest.substr(0, slash));
        }
    }

    [[nodiscard]] std::span<const std::string_view> all() const
    {
        return {m_segments.constData(), size_t(m_segments.size())};
    }
    /// A segment as it was sent.
    [[nodiscard]] QString sent(const QByteArray &path, size_t index) const
    {
        const std::string_view segment = m_segments[qsizetype(index)];
        const auto at = segment.data() - m_lower.constData();
        return QString::fromUtf8(QByteArrayView(path).sliced(at, qsizetype(segment.size())));
    }

private:
    QByteArray m_lower;
    QVarLengthArray<std::string_view, 8> m_segments;
};

} // namespace

QByteArray methodName(Method method)
{
    switch (method) {
    case Method::Get:
        return "GET";
    case Method::Head:
        return "HEAD";
    case Method::Post:
        return "POST";
    case Method::Put:
        return "PUT";
    case Method::Delete:
        return "DELETE";
    case Method::Options:
        return "OPTIONS";
    case Method::Patch:
        return "PATCH";
    case Method::Other:
        break;
    }
    return "OTHER";
}

void RouteTable::add(std::initializer_list<Route> routes)
{
    for (const Route &route : routes) {
        Node *node = &m_root;
        const Segments segments(QByteArray(route.path.data(), route.path.size()));
        for (size_t i = 0; i < segments.all().size(); ++i) {
            const std::string_view segment = segments.all()[i];
            const bool isPlaceholder = segment.starts_with('{');
            auto &next = isPlaceholder ? node->placeholder : node->literals[std::string(segment)];
            if (!next) {
                next = std::make_unique<Node>();
                next->ids = node->ids;
                if (isPlaceholder)
                    next->ids.push_back(i);
            }
            node = next.get();
        }
        const Route *&end = node->routes[size_t(route.method)];
        Q_ASSERT_X(!end, "RouteTable::add", "two routes of one method and path");
        end = &m_routes.emplace_back(route);
    }
}

/// Shows `take` each node that the segments lead to, those by literals first, until it has what it wants.
template <class Take>
bool RouteTable::visit(const Node &node, std::span<const std::string_view> segments, const Take &take)
{
    if (segments.empty())
        return take(node);
    const auto next = node.literals.find(segments.front());
    if (next != node.literals.end() && visit(*next->second, segments.subspan(1), take))
        return true;
    return node.placeholder && !segments.front().empty() && visit(*node.placeholder, segments.subspan(1), take);
}

RouteTable::Match RouteTable::find(const RequestHead &head) const
{
    const Segments segments(head.path);
    const Method method = head.method == Method::Head ? Method::Get : head.method;
    Match match;
    visit(m_root, segments.all(), [&](const Node &node) {
        match.route = node.routes[size_t(method)];
        if (!match.route)
            return false;
        for (const size_t id : node.ids)
            match.ids.append(segments.sent(head.path, id));
        return true;
    });
    return match;
}

QByteArray RouteTable::allowedMethods(const RequestHead &head) const
{
    std::array<bool, size_t(Method::Other) + 1> isAllowed{};
    visit(m_root, Segments(head.path).all(), [&](const Node &node) {
        for (size_t method = 0; method < isAllowed.size(); ++method)
            isAllowed[method] = isAllowed[method] || node.routes[method];
        return false;
    });
    isAllowed[size_t(Method::Head)] = isAllowed[size_t(Method::Get)];
    QByteArrayList names;
    for (size_t method = 0; method < isAllowed.size(); ++method) {
        if (isAllowed[method])
            names.append(methodName(Method(method)));
    }
    return names.join(", ");
}

} // namespace Tertulia::Server
