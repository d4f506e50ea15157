// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>
#include <QRect>
#include <QTimer>
#include <QWindow>

namespace Tertulia::Desktop {

/// Remembers where a window stood, how large it was and whether it filled the screen, in <configDir>/windows.ini.
class WindowPlace : public QObject
{
    Q_OBJECT

public:
    /// Puts the window where it was last time; leaves it alone when there was none or that place is gone.
    WindowPlace(const QString &configDir, const QString &name, QWindow *window, QObject *parent = nullptr);
    ~WindowPlace() override;

    /// How the window is to be shown the first time.
    [[nodiscard]] bool isMaximized() const { return m_isMaximized; }

    /// `wanted`, a window with its frame, moved and shrunk so that all of it is on the screen that shows most of it:
    /// its title and its buttons are in reach, on whichever side they are. Null when it is on none of the screens.
    [[nodiscard]] static QRect fit(const QRect &wanted, const QList<QRect> &screens);

private:
    void restore();
    void note();
    void save();

    QString m_file;
    QString m_name;
    QPointer<QWindow> m_window;
    QRect m_place; ///< while neither maximized nor hidden; without the frame
    QMargins m_frame; ///< that the desktop puts around it
    bool m_isMaximized = false;
    QTimer m_saver;
};

} // namespace Tertulia::Desktop
