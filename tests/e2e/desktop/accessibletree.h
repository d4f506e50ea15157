// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDBusConnection>
#include <QRect>
#include <QString>

#include <optional>
#include <vector>

namespace Tertulia::Test {

/// One thing that a screen reader finds.
struct AccessibleNode
{
    QString name;
    QString role; ///< "button", "text" …
    QString password; ///< the text of a password field, as anybody on the bus is told it
    int depth = 0; ///< what is inside follows, deeper
    QRect place; ///< of lists and their rows, on the screen
    bool isFocused = false;
    bool isShowing = false;
};

/// What the programs on a desktop offer to a screen reader (AT-SPI 2), read over its bus.
class AccessibleTree
{
public:
    /// @param session the desktop's session bus, on which the accessibility bus is announced
    explicit AccessibleTree(const QDBusConnection &session);

    /// Everything that is there now, from the outside to the inside; what goes while we look is left out.
    [[nodiscard]] std::vector<AccessibleNode> nodes() const;

private:
    struct Place
    {
        QString service, path;
    };
    void collect(const Place &place, int depth, std::vector<AccessibleNode> &nodes) const;
    [[nodiscard]] std::vector<Place> children(const Place &place) const;
    [[nodiscard]] std::optional<AccessibleNode> describe(const Place &place) const;

    QDBusConnection m_bus;
};

} // namespace Tertulia::Test
