// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/routetable.h"

namespace Tertulia::Server {

namespace {
bool matches(QStringView pattern, QStringView path)
{
    const auto wanted = pattern.split(u'/');
    const auto given = path.split(u'/');
    return wanted.size() == given.size()
        && std::equal(wanted.begin(), wanted.end(), given.begin(), [](QStringView want, QStringView have) {
               return want == u"<id>" ? !have.isEmpty() : want.compare(have, Qt::CaseInsensitive) == 0;
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

void RouteTable::add(Method method, const char *path, Access access, RestHandler handler)
{
    m_routes.push_back({method, QString::fromLatin1(path), access, std::move(handler)});
}

QByteArray RouteTable::allowedMethods(QByteArrayView path) const
{
    const QString text = QString::fromUtf8(path);
    QByteArrayList methods;
    for (const Route &route : m_routes) {
        if (!matches(route.path, text))
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
