// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/keysbyplace.h"

#include <QKeyEvent>

#include <string_view>

// Qt's own door for keys that no keyboard pressed (its test library uses it): shortcuts are looked at first, then the
// window gets the key. In no header, and there in 6.4 as in 6.8.
QT_BEGIN_NAMESPACE
Q_GUI_EXPORT void qt_handleKeyEvent(QWindow *window, QEvent::Type type, int key, Qt::KeyboardModifiers modifiers,
                                    const QString &text, bool isRepeated, ushort count);
QT_END_NAMESPACE

namespace Tertulia::Desktop {

using namespace Qt::StringLiterals;

namespace {
struct Keys
{
    quint32 first; ///< scan code of X11 and of Wayland: what the kernel says, plus 8
    std::string_view keys; ///< of the US layout, from there on
};

constexpr Keys rows[] = {{24, "QWERTYUIOP[]"}, {38, "ASDFGHJKL;'"}, {52, "ZXCVBNM,./"}};

bool isForeignLetter(int key)
{
    const auto c = char32_t(key);
    return key > 0xFF && key < int(Qt::Key_Escape) && QChar::isLetter(c) && QChar::script(c) != QChar::Script_Latin;
}
} // namespace

KeysByPlace::KeysByPlace(QWindow *window, QObject *parent)
    : QObject(parent)
{
    window->installEventFilter(this);
}

std::optional<Qt::Key> KeysByPlace::meant(const QKeyEvent &press)
{
    if (!press.modifiers().testFlag(Qt::ControlModifier) || !isForeignLetter(press.key()))
        return {};
    const auto code = press.nativeScanCode();
    for (const auto &row : rows) {
        if (code >= row.first && code < row.first + row.keys.size())
            return Qt::Key(row.keys.at(code - row.first));
    }
    return {};
}

bool KeysByPlace::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        const auto &press = *static_cast<QKeyEvent *>(event);
        if (const auto key = meant(press)) {
            // No text: nothing is to be typed.
            qt_handleKeyEvent(static_cast<QWindow *>(watched), QEvent::KeyPress, *key, press.modifiers(), {},
                              press.isAutoRepeat(), ushort(press.count()));
            return true;
        }
    }
    return QObject::eventFilter(watched, event);
}

} // namespace Tertulia::Desktop
