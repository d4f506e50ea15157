// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/menuondbus.h"

#include <QDBusMetaType>
#include <QGuiApplication>

#include <algorithm>

namespace Tertulia::Desktop {

using namespace Qt::StringLiterals;

QDBusArgument &operator<<(QDBusArgument &argument, const MenuLayout &layout)
{
    argument.beginStructure();
    argument << layout.id << layout.properties;
    argument.beginArray(qMetaTypeId<QDBusVariant>());
    for (const MenuLayout &child : layout.children)
        argument << QDBusVariant(QVariant::fromValue(child));
    argument.endArray();
    argument.endStructure();
    return argument;
}

const QDBusArgument &operator>>(const QDBusArgument &argument, MenuLayout &layout)
{
    argument.beginStructure();
    argument >> layout.id >> layout.properties;
    argument.beginArray();
    while (!argument.atEnd()) {
        QDBusVariant child;
        argument >> child;
        layout.children.append(qdbus_cast<MenuLayout>(child.variant().value<QDBusArgument>()));
    }
    argument.endArray();
    argument.endStructure();
    return argument;
}

QDBusArgument &operator<<(QDBusArgument &argument, const MenuProperties &properties)
{
    argument.beginStructure();
    argument << properties.id << properties.properties;
    argument.endStructure();
    return argument;
}

const QDBusArgument &operator>>(const QDBusArgument &argument, MenuProperties &properties)
{
    argument.beginStructure();
    argument >> properties.id >> properties.properties;
    argument.endStructure();
    return argument;
}

QDBusArgument &operator<<(QDBusArgument &argument, const MenuEvent &event)
{
    argument.beginStructure();
    argument << event.id << event.event << event.data << event.timestamp;
    argument.endStructure();
    return argument;
}

const QDBusArgument &operator>>(const QDBusArgument &argument, MenuEvent &event)
{
    argument.beginStructure();
    argument >> event.id >> event.event >> event.data >> event.timestamp;
    argument.endStructure();
    return argument;
}

MenuOnDBus::MenuOnDBus(QObject *parent)
    : QObject(parent)
{
    qDBusRegisterMetaType<MenuLayout>();
    qDBusRegisterMetaType<MenuProperties>();
    qDBusRegisterMetaType<QList<MenuProperties>>();
    qDBusRegisterMetaType<MenuEvent>();
    qDBusRegisterMetaType<QList<MenuEvent>>();
    qDBusRegisterMetaType<QList<int>>();
}

void MenuOnDBus::setEntries(const QStringList &labels)
{
    if (labels == m_labels)
        return;
    m_labels = labels;
    ++m_revision;
    Q_EMIT LayoutUpdated(m_revision, 0);
}

QString MenuOnDBus::textDirection() const
{
    return QGuiApplication::layoutDirection() == Qt::RightToLeft ? u"rtl"_s : u"ltr"_s;
}

QVariantMap MenuOnDBus::properties(int id) const
{
    if (id == 0)
        return {{u"children-display"_s, u"submenu"_s}};
    const QString &label = m_labels[id - 1];
    if (label.isEmpty())
        return {{u"type"_s, u"separator"_s}};
    // An underscore marks a shortcut; ours are none.
    return {{u"label"_s, QString(label).replace(u'_', u"__"_s)}, {u"enabled"_s, true}, {u"visible"_s, true}};
}

uint MenuOnDBus::GetLayout(int parentId, int recursionDepth, const QStringList &propertyNames, MenuLayout &layout)
{
    Q_UNUSED(propertyNames) // a filter that saves nothing with three properties
    if (!isKnown(parentId)) {
        if (calledFromDBus())
            sendErrorReply(QDBusError::InvalidArgs, u"no such entry"_s);
        return m_revision;
    }
    layout.id = parentId;
    layout.properties = properties(parentId);
    if (parentId == 0 && recursionDepth != 0) {
        for (int id = 1; id <= m_labels.size(); ++id)
            layout.children.append({id, properties(id), {}});
    }
    return m_revision;
}

QList<MenuProperties> MenuOnDBus::GetGroupProperties(const QList<int> &ids, const QStringList &propertyNames)
{
    Q_UNUSED(propertyNames)
    QList<MenuProperties> all;
    for (int id = 0; id <= m_labels.size(); ++id) {
        if (ids.isEmpty() || ids.contains(id))
            all.append({id, properties(id)});
    }
    return all;
}

QDBusVariant MenuOnDBus::GetProperty(int id, const QString &name)
{
    const QVariant value = isKnown(id) ? properties(id).value(name) : QVariant();
    if (!value.isValid() && calledFromDBus())
        sendErrorReply(QDBusError::InvalidArgs, u"no such entry or property"_s);
    return QDBusVariant(value);
}

void MenuOnDBus::Event(int id, const QString &eventId, const QDBusVariant &data, uint timestamp)
{
    Q_UNUSED(data)
    Q_UNUSED(timestamp)
    if (eventId == u"clicked"_s && id > 0 && isKnown(id))
        Q_EMIT chosen(id - 1);
}

QList<int> MenuOnDBus::EventGroup(const QList<MenuEvent> &events)
{
    QList<int> unknown;
    for (const MenuEvent &event : events) {
        if (isKnown(event.id))
            Event(event.id, event.event, event.data, event.timestamp);
        else
            unknown.append(event.id);
    }
    return unknown;
}

bool MenuOnDBus::AboutToShow(int id)
{
    Q_UNUSED(id)
    return false; // nothing changes by being looked at
}

QList<int> MenuOnDBus::AboutToShowGroup(const QList<int> &ids, QList<int> &idErrors)
{
    std::copy_if(ids.begin(), ids.end(), std::back_inserter(idErrors), [this](int id) { return !isKnown(id); });
    return {};
}

} // namespace Tertulia::Desktop
