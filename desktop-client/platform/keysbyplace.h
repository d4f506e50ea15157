// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWindow>

#include <optional>

class QKeyEvent;

namespace Tertulia::Desktop {

/// Ctrl and a key work by the key's place where the layout has no Latin letters (decision 115): Ctrl+Л is Ctrl+K. Qt
/// does this only when a Latin layout is set up beside. A layout whose letters are Latin is left alone, wherever it has
/// them.
class KeysByPlace : public QObject
{
    Q_OBJECT

public:
    /// Of the keys that go to a window. Both live on the main thread.
    explicit KeysByPlace(QWindow *window, QObject *parent = nullptr);

    /// The key of the US layout that a press with Ctrl is meant as; nothing when it is meant as it came.
    [[nodiscard]] static std::optional<Qt::Key> meant(const QKeyEvent &press);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
};

} // namespace Tertulia::Desktop
