// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QQuickItem>
#include <QtQmlIntegration>

namespace Tertulia {

// One of our drawings (qml/controls/icons), in one colour, rendered for the pixels it really covers, so it is crisp at
// every scale. An item of its own because an image provider cannot be typed and QtQuick.Shapes needs multisampling.
class Icon : public QQuickItem
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(Tertulia::Icon::Name name READ name WRITE setName NOTIFY nameChanged)
    Q_PROPERTY(QColor color READ color WRITE setColor NOTIFY colorChanged)
    Q_PROPERTY(int size READ size WRITE setSize NOTIFY sizeChanged)
    // For pictures with a direction: turned round when the interface runs from right to left.
    Q_PROPERTY(bool mirror READ mirror WRITE setMirror NOTIFY mirrorChanged)

public:
    enum Name {
        None,
        Alert,
        Back,
        Ball,
        Bell,
        Bubbles,
        Bulb,
        Chat,
        Check,
        Clock,
        Close,
        Compose,
        Copy,
        Delivered,
        Down,
        Emoji,
        External,
        Eye,
        EyeOff,
        Flag,
        Food,
        Forward,
        Hand,
        Heart,
        Inbox,
        Info,
        Keyboard,
        Latest,
        Leaf,
        Lock,
        Menu,
        More,
        Muted,
        Neutral,
        Offline,
        Palette,
        People,
        Person,
        Plus,
        Recent,
        Retry,
        Search,
        Send,
        Sent,
        Server,
        Settings,
        Signal,
        SignOut,
        Trash,
        Travel,
        Up
    };
    Q_ENUM(Name)

    explicit Icon(QQuickItem *parent = nullptr);

    void setName(Name name);
    void setColor(const QColor &color);
    void setSize(int size);
    void setMirror(bool mirror);

    Name name() const { return m_name; }
    QColor color() const { return m_color; }
    int size() const { return m_size; }
    bool mirror() const { return m_mirror; }

Q_SIGNALS:
    void nameChanged();
    void colorChanged();
    void sizeChanged();
    void mirrorChanged();

protected:
    QSGNode *updatePaintNode(QSGNode *oldNode, UpdatePaintNodeData *data) override;
    void itemChange(ItemChange change, const ItemChangeData &value) override;

private:
    void redraw();

    Name m_name = None;
    QColor m_color = Qt::black;
    int m_size = 20;
    bool m_mirror = false;
    bool m_isStale = true;
};

} // namespace Tertulia
