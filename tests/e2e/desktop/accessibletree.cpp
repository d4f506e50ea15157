// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "e2e/desktop/accessibletree.h"

#include <QDBusArgument>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusVariant>

namespace Tertulia::Test {

using namespace Qt::StringLiterals;

namespace {

constexpr int patienceMs = 3000;
constexpr int deepest = 40;
constexpr uint passwordRole = 40; // AtspiRole
// Names are wrapped in these, so that one in another direction does not turn its neighbours round.
constexpr QChar firstIsolate{0x2066}, lastIsolate{0x2069};
// AtspiStateType
constexpr int focusedBit = 12;
constexpr int showingBit = 25;
const QString accessible = u"org.a11y.atspi.Accessible"_s;

QDBusMessage ask(const QDBusConnection &bus, const QString &service, const QString &path, const QString &interface,
                 const QString &method, const QVariantList &arguments = {})
{
    QDBusMessage message = QDBusMessage::createMethodCall(service, path, interface, method);
    message.setArguments(arguments);
    return bus.call(message, QDBus::Block, patienceMs);
}

QRect placeOf(const QDBusConnection &bus, const QString &service, const QString &path)
{
    constexpr uint ofTheScreen = 0;
    const QDBusMessage reply = ask(bus, service, path, u"org.a11y.atspi.Component"_s, u"GetExtents"_s, {ofTheScreen});
    if (reply.type() != QDBusMessage::ReplyMessage)
        return {};
    const auto extents = reply.arguments().value(0).value<QDBusArgument>();
    int x = 0, y = 0, width = 0, height = 0;
    extents.beginStructure();
    extents >> x >> y >> width >> height;
    extents.endStructure();
    return {x, y, width, height};
}

QDBusConnection accessibilityBus(const QDBusConnection &session)
{
    const QString address = ask(session, u"org.a11y.Bus"_s, u"/org/a11y/bus"_s, u"org.a11y.Bus"_s, u"GetAddress"_s)
                                .arguments()
                                .value(0)
                                .toString();
    return QDBusConnection::connectToBus(address, u"accessibility@"_s + address);
}

} // namespace

AccessibleTree::AccessibleTree(const QDBusConnection &session)
    : m_bus(accessibilityBus(session))
{
}

std::vector<AccessibleNode> AccessibleTree::nodes() const
{
    std::vector<AccessibleNode> nodes;
    for (const Place &program : children({u"org.a11y.atspi.Registry"_s, u"/org/a11y/atspi/accessible/root"_s}))
        collect(program, 0, nodes);
    return nodes;
}

void AccessibleTree::collect(const Place &place, int depth, std::vector<AccessibleNode> &nodes) const
{
    if (depth > deepest)
        return;
    auto node = describe(place);
    if (!node)
        return;
    node->depth = depth;
    nodes.push_back(*node);
    for (const Place &child : children(place))
        collect(child, depth + 1, nodes);
}

std::vector<AccessibleTree::Place> AccessibleTree::children(const Place &place) const
{
    std::vector<Place> all;
    const QDBusMessage reply = ask(m_bus, place.service, place.path, accessible, u"GetChildren"_s);
    if (reply.type() != QDBusMessage::ReplyMessage)
        return all;
    const auto list = reply.arguments().value(0).value<QDBusArgument>();
    list.beginArray();
    while (!list.atEnd()) {
        QString service;
        QDBusObjectPath path;
        list.beginStructure();
        list >> service >> path;
        list.endStructure();
        all.push_back({service, path.path()});
    }
    list.endArray();
    return all;
}

std::optional<AccessibleNode> AccessibleTree::describe(const Place &place) const
{
    const QDBusMessage name =
        ask(m_bus, place.service, place.path, u"org.freedesktop.DBus.Properties"_s, u"Get"_s, {accessible, u"Name"_s});
    const QDBusMessage state = ask(m_bus, place.service, place.path, accessible, u"GetState"_s);
    if (name.type() != QDBusMessage::ReplyMessage || state.type() != QDBusMessage::ReplyMessage)
        return std::nullopt;
    AccessibleNode node;
    node.name = name.arguments().value(0).value<QDBusVariant>().variant().toString();
    node.name.removeIf([](QChar c) { return c >= firstIsolate && c <= lastIsolate; });
    node.role = ask(m_bus, place.service, place.path, accessible, u"GetRoleName"_s).arguments().value(0).toString();
    if (ask(m_bus, place.service, place.path, accessible, u"GetRole"_s).arguments().value(0).toUInt() == passwordRole)
        node.password = ask(m_bus, place.service, place.path, u"org.a11y.atspi.Text"_s, u"GetText"_s, {0, -1})
                            .arguments()
                            .value(0)
                            .toString();
    if (node.role == u"list"_s || node.role == u"list item"_s)
        node.place = placeOf(m_bus, place.service, place.path);
    const auto words = qdbus_cast<QList<uint>>(state.arguments().value(0));
    const uint low = words.value(0);
    node.isFocused = low & (1U << focusedBit);
    node.isShowing = low & (1U << showingBit);
    return node;
}

} // namespace Tertulia::Test
