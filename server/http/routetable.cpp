// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/routetable.h"

namespace Tertulia::Server {

namespace {
bool matches(const QStringList &wanted, const QList<QStringView> &given)
{
    return wanted.size() == given.size()
        && std::equal(wanted.begin(), wanted.end(), given.begin(), [](QStringView want, QStringView have) {
               return want.startsWith(u'{') ? !have.isEmpty() : want.compare(have, Qt::CaseInsensitive) == 0;
           });
}
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

QByteArrayView routedPath(const RequestHead &head)
{
    QByteArrayView path = head.path;
    while (path.size() > 1 && path.endsWith('/'))
        path.chop(1);
    return path;
}

void RouteTable::add(Route route)
{
    m_segments.push_back(QString(route.path).split(u'/'));
    m_routes.push_back(std::move(route));
}

const Route *RouteTable::find(const RequestHead &head) const
{
    const QString path = QString::fromUtf8(routedPath(head));
    const QList<QStringView> segments = QStringView(path).split(u'/');
    const Method method = head.method == Method::Head ? Method::Get : head.method;
    for (size_t i = 0; i < m_routes.size(); ++i) {
        if (m_routes[i].method == method && matches(m_segments[i], segments))
            return &m_routes[i];
    }
    return nullptr;
}

QByteArray RouteTable::allowedMethods(const RequestHead &head) const
{
    const QString path = QString::fromUtf8(routedPath(head));
    const QList<QStringView> segments = QStringView(path).split(u'/');
    QByteArrayList methods;
    for (size_t i = 0; i < m_routes.size(); ++i) {
        const Route &route = m_routes[i];
        if (!matches(m_segments[i], segments))
            continue;
        const QByteArray name = methodName(route.method);
        if (methods.contains(name))
            continue;
        methods.append(name);
        if (route.method == Method::Get)
            methods.append("HEAD");
    }
    return methods.join(", ");
}

} // namespace Tertulia::Server
