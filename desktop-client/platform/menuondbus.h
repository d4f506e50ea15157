// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDBusArgument>
#include <QDBusContext>
#include <QDBusVariant>
#include <QList>
#include <QObject>
#include <QVariantMap>

namespace Tertulia::Desktop {

/// One entry as com.canonical.dbusmenu sends it: (ia{sv}av).
struct MenuLayout
{
    int id = 0;
    QVariantMap properties;
    QList<MenuLayout> children;
};
QDBusArgument &operator<<(QDBusArgument &argument, const MenuLayout &layout);
const QDBusArgument &operator>>(const QDBusArgument &argument, MenuLayout &layout);

/// (ia{sv})
struct MenuProperties
{
    int id = 0;
    QVariantMap properties;
};
QDBusArgument &operator<<(QDBusArgument &argument, const MenuProperties &properties);
const QDBusArgument &operator>>(const QDBusArgument &argument, MenuProperties &properties);

/// (isvu)
struct MenuEvent
{
    int id = 0;
    QString event;
    QDBusVariant data;
    uint timestamp = 0;
};
QDBusArgument &operator<<(QDBusArgument &argument, const MenuEvent &event);
const QDBusArgument &operator>>(const QDBusArgument &argument, MenuEvent &event);

/// A flat menu that the desktop draws (com.canonical.dbusmenu, version 3): what a tray shows on a right click.
class MenuOnDBus : public QObject, protected QDBusContext
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "com.canonical.dbusmenu")
    Q_PROPERTY(uint Version READ version CONSTANT)
    Q_PROPERTY(QString Status READ status CONSTANT)
    Q_PROPERTY(QString TextDirection READ textDirection CONSTANT)
    Q_PROPERTY(QStringList IconThemePath READ iconThemePath CONSTANT)

public:
    explicit MenuOnDBus(QObject *parent = nullptr);

    /// @param labels the entries from top to bottom; an empty one is a separator. Entry n has the id n + 1.
    void setEntries(const QStringList &labels);

    [[nodiscard]] uint version() const { return 3; }
    [[nodiscard]] QString status() const { return QStringLiteral("normal"); }
    [[nodiscard]] QString textDirection() const;
    [[nodiscard]] QStringList iconThemePath() const { return {}; }

public Q_SLOTS:
    // The names are the protocol's; what is not Q_SCRIPTABLE is not for the bus.
    Q_SCRIPTABLE uint GetLayout(int parentId, int recursionDepth, const QStringList &propertyNames,
                                Tertulia::Desktop::MenuLayout &layout);
    Q_SCRIPTABLE QList<Tertulia::Desktop::MenuProperties> GetGroupProperties(const QList<int> &ids,
                                                                             const QStringList &propertyNames);
    Q_SCRIPTABLE QDBusVariant GetProperty(int id, const QString &name);
    Q_SCRIPTABLE void Event(int id, const QString &eventId, const QDBusVariant &data, uint timestamp);
    Q_SCRIPTABLE QList<int> EventGroup(const QList<Tertulia::Desktop::MenuEvent> &events);
    Q_SCRIPTABLE bool AboutToShow(int id);
    Q_SCRIPTABLE QList<int> AboutToShowGroup(const QList<int> &ids, QList<int> &idErrors);

Q_SIGNALS:
    Q_SCRIPTABLE void LayoutUpdated(uint revision, int parent);
    Q_SCRIPTABLE void ItemsPropertiesUpdated(const QList<Tertulia::Desktop::MenuProperties> &updated,
                                             const QList<Tertulia::Desktop::MenuProperties> &removed);
    Q_SCRIPTABLE void ItemActivationRequested(int id, uint timestamp);
    void chosen(int index); ///< the entry with this index, from 0

private:
    [[nodiscard]] bool isKnown(int id) const { return id >= 0 && id <= m_labels.size(); }
    [[nodiscard]] QVariantMap properties(int id) const;

    QStringList m_labels;
    uint m_revision = 1;
};

} // namespace Tertulia::Desktop

Q_DECLARE_METATYPE(Tertulia::Desktop::MenuLayout)
Q_DECLARE_METATYPE(Tertulia::Desktop::MenuProperties)
Q_DECLARE_METATYPE(Tertulia::Desktop::MenuEvent)
