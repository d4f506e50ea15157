// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "controls/textfieldaccessible.h"

#include <QAccessibleObject>
#include <QQuickItem>
#include <QQuickWindow>
#include <QTextBoundaryFinder>

#include <algorithm>
#include <utility>

namespace Tertulia {

namespace {

/// The attached object `Accessible` of an item that is in the accessible tree. Found by name: its class is private.
QObject *attachedOf(const QQuickItem *item)
{
    for (QObject *child : item->children()) {
        if (child->inherits("QQuickAccessibleAttached"))
            return child->property("ignored").toBool() ? nullptr : child;
    }
    return nullptr;
}

/// Those below an item in the accessible tree: what is not in it is stepped over.
QList<QQuickItem *> shownBelow(const QQuickItem *item)
{
    QList<QQuickItem *> shown;
    for (QQuickItem *child : item->childItems()) {
        if (attachedOf(child))
            shown.append(child);
        else
            shown += shownBelow(child);
    }
    return shown;
}

class Interface final : public QAccessibleObject, public QAccessibleTextInterface, public QAccessibleActionInterface
{
public:
    explicit Interface(QQuickItem *field)
        : QAccessibleObject(field)
    {
    }

    // --- the place in the tree

    [[nodiscard]] QWindow *window() const override { return field()->window(); }
    [[nodiscard]] QAccessibleInterface *parent() const override
    {
        for (QQuickItem *item = field()->parentItem(); item; item = item->parentItem()) {
            if (attachedOf(item))
                return QAccessible::queryAccessibleInterface(item);
        }
        return QAccessible::queryAccessibleInterface(field()->window());
    }
    [[nodiscard]] int childCount() const override { return int(shownBelow(field()).size()); }
    [[nodiscard]] QAccessibleInterface *child(int index) const override
    {
        return QAccessible::queryAccessibleInterface(shownBelow(field()).value(index));
    }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface *child) const override
    {
        return int(shownBelow(field()).indexOf(qobject_cast<QQuickItem *>(child->object())));
    }
    [[nodiscard]] QRect rect() const override { return onScreen(field()->boundingRect()); }

    // --- what it is

    [[nodiscard]] QAccessible::Role role() const override { return QAccessible::EditableText; }
    [[nodiscard]] QAccessible::State state() const override
    {
        QAccessible::State state;
        const QQuickItem *const item = field();
        state.focusable = true;
        state.focused = item->hasActiveFocus();
        state.disabled = !item->isEnabled();
        state.invisible = !item->isVisible() || !item->window() || !item->window()->isVisible();
        state.selectableText = true;
        state.editable = !property("readOnly").toBool();
        state.readOnly = !state.editable;
        state.passwordEdit = isHidden();
        return state;
    }
    [[nodiscard]] QString text(QAccessible::Text kind) const override
    {
        const QObject *const attached = attachedOf(field());
        if (kind == QAccessible::Value)
            return shownText();
        if (kind == QAccessible::Name && attached) {
            // The attached name is empty for a password field (Qt 6.4): the control's own is the same and stays.
            const QVariant own = property("accessibleName");
            return own.isValid() ? own.toString() : attached->property("name").toString();
        }
        if (kind == QAccessible::Description && attached)
            return attached->property("description").toString();
        return {};
    }
    void *interface_cast(QAccessible::InterfaceType type) override
    {
        if (type == QAccessible::TextInterface)
            return static_cast<QAccessibleTextInterface *>(this);
        if (type == QAccessible::ActionInterface)
            return static_cast<QAccessibleActionInterface *>(this);
        return nullptr;
    }

    // --- its text

    [[nodiscard]] int characterCount() const override { return int(shownText().size()); }
    [[nodiscard]] QString text(int start, int end) const override
    {
        const QString shown = shownText();
        const int last = end < 0 ? int(shown.size()) : end;
        return shown.mid(start, std::max(last - start, 0));
    }
    QString textBeforeOffset(int offset, QAccessible::TextBoundaryType boundary, int *start, int *end) const override
    {
        const Part here = partAt(offset, boundary);
        return tell(here.start > 0 ? partAt(here.start - 1, boundary) : Part{0, 0}, start, end);
    }
    QString textAtOffset(int offset, QAccessible::TextBoundaryType boundary, int *start, int *end) const override
    {
        return tell(partAt(offset, boundary), start, end);
    }
    QString textAfterOffset(int offset, QAccessible::TextBoundaryType boundary, int *start, int *end) const override
    {
        const Part here = partAt(offset, boundary);
        const int size = characterCount();
        return tell(here.end < size ? partAt(here.end, boundary) : Part{size, size}, start, end);
    }
    [[nodiscard]] int cursorPosition() const override { return property("cursorPosition").toInt(); }
    void setCursorPosition(int position) override { field()->setProperty("cursorPosition", position); }
    [[nodiscard]] int selectionCount() const override
    {
        return property("selectionStart").toInt() == property("selectionEnd").toInt() ? 0 : 1;
    }
    void selection(int index, int *start, int *end) const override
    {
        const bool isThere = index == 0 && selectionCount() > 0;
        *start = isThere ? property("selectionStart").toInt() : 0;
        *end = isThere ? property("selectionEnd").toInt() : 0;
    }
    void addSelection(int start, int end) override { setSelection(0, start, end); }
    void removeSelection(int index) override
    {
        if (index == 0)
            QMetaObject::invokeMethod(field(), "deselect");
    }
    void setSelection(int index, int start, int end) override
    {
        if (index == 0)
            QMetaObject::invokeMethod(field(), "select", Q_ARG(int, start), Q_ARG(int, end));
    }
    void scrollToSubstring(int start, int end) override
    {
        Q_UNUSED(start)
        Q_UNUSED(end)
    }
    [[nodiscard]] QRect characterRect(int offset) const override
    {
        QRectF place;
        QMetaObject::invokeMethod(field(), "positionToRectangle", Q_RETURN_ARG(QRectF, place), Q_ARG(int, offset));
        return onScreen(place);
    }
    [[nodiscard]] int offsetAtPoint(const QPoint &point) const override
    {
        const QPointF inside = field()->mapFromGlobal(point);
        int offset = -1;
        QMetaObject::invokeMethod(field(), "positionAt", Q_RETURN_ARG(int, offset), Q_ARG(qreal, inside.x()),
                                  Q_ARG(qreal, inside.y()));
        return offset;
    }
    QString attributes(int offset, int *start, int *end) const override
    {
        *start = *end = offset;
        return {};
    }

    // --- what can be done to it

    [[nodiscard]] QStringList actionNames() const override { return {setFocusAction()}; }
    void doAction(const QString &name) override
    {
        if (name == setFocusAction())
            field()->forceActiveFocus();
    }
    [[nodiscard]] QStringList keyBindingsForAction(const QString &name) const override
    {
        Q_UNUSED(name)
        return {};
    }

private:
    struct Part
    {
        int start, end;
    };

    /// The character or word at an offset, or the line; at the end of the text the last word.
    [[nodiscard]] Part partAt(int offset, QAccessible::TextBoundaryType boundary) const
    {
        const QString shown = shownText();
        const int size = int(shown.size());
        const int at = std::clamp(offset, 0, size);
        const bool isCharacter = boundary == QAccessible::CharBoundary;
        if (isCharacter && at == size)
            return {size, size};
        if (size == 0 || (!isCharacter && (boundary != QAccessible::WordBoundary || isHidden())))
            return {0, size};
        QTextBoundaryFinder finder(isCharacter ? QTextBoundaryFinder::Grapheme : QTextBoundaryFinder::Word, shown);
        finder.setPosition(std::min(at, size - 1) + 1);
        const int end = finder.isAtBoundary() ? int(finder.position()) : int(finder.toNextBoundary());
        finder.setPosition(end);
        const int start = int(finder.toPreviousBoundary());
        return {std::max(start, 0), end < 0 ? size : end};
    }
    QString tell(Part part, int *start, int *end) const
    {
        *start = part.start;
        *end = part.end;
        return text(part.start, part.end);
    }
    [[nodiscard]] bool isHidden() const { return property("echoMode").toInt() != 0; }
    [[nodiscard]] QQuickItem *field() const { return static_cast<QQuickItem *>(object()); }
    [[nodiscard]] QVariant property(const char *name) const { return field()->property(name); }
    /// Dots, or what is written once the person wants to see it.
    [[nodiscard]] QString shownText() const { return property("displayText").toString(); }
    [[nodiscard]] QRect onScreen(const QRectF &place) const
    {
        const QRectF inWindow = field()->mapRectToScene(place);
        const QPoint corner =
            field()->window() ? field()->window()->mapToGlobal(inWindow.topLeft().toPoint()) : QPoint();
        return {corner, inWindow.size().toSize()};
    }
};

QAccessibleInterface *make(const QString &className, QObject *object)
{
    // Asked for each class of the object, from the last to the first.
    return className == QLatin1StringView("QQuickTextInput") && object
        ? new Interface(static_cast<QQuickItem *>(object))
        : nullptr;
}

} // namespace

void installTextFieldAccessible()
{
    QAccessible::installFactory(make); // once, however often it is asked for
}

} // namespace Tertulia
