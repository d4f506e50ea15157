// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/windowplace.h"

#include <QGuiApplication>
#include <QScreen>
#include <QSettings>

namespace Tertulia::Desktop {

using namespace Qt::StringLiterals;

namespace {
/// Dragging a window makes hundreds of changes; one write is enough.
constexpr int settleMs = 1000;
/// So much of a window must be visible for a person to get hold of it.
constexpr int grip = 80;
constexpr int smallest = 200;
} // namespace

WindowPlace::WindowPlace(const QString &configDir, const QString &name, QWindow *window, QObject *parent)
    : QObject(parent)
    , m_file(configDir + u"/windows.ini"_s)
    , m_name(name)
    , m_window(window)
{
    restore();
    m_saver.setSingleShot(true);
    m_saver.setInterval(settleMs);
    connect(&m_saver, &QTimer::timeout, this, &WindowPlace::save);
    connect(window, &QWindow::xChanged, this, &WindowPlace::note);
    connect(window, &QWindow::yChanged, this, &WindowPlace::note);
    connect(window, &QWindow::widthChanged, this, &WindowPlace::note);
    connect(window, &QWindow::heightChanged, this, &WindowPlace::note);
    connect(window, &QWindow::visibilityChanged, this, &WindowPlace::note);
}

WindowPlace::~WindowPlace()
{
    note();
    if (m_saver.isActive())
        save();
}

QRect WindowPlace::fit(const QRect &wanted, const QList<QRect> &screens)
{
    if (wanted.width() < smallest || wanted.height() < smallest)
        return {};
    for (const QRect &screen : screens) {
        const QRect seen = screen.intersected(wanted);
        if (seen.width() < grip || seen.height() < grip)
            continue;
        QRect placed(wanted.topLeft(), wanted.size().boundedTo(screen.size()));
        // The title is at the top: it must not be above or below the screen.
        placed.moveTop(qBound(screen.top(), placed.top(), screen.bottom() - grip));
        placed.moveLeft(qBound(screen.left() - placed.width() + grip, placed.left(), screen.right() - grip));
        return placed;
    }
    return {};
}

void WindowPlace::restore()
{
    const QSettings settings(m_file, QSettings::IniFormat);
    const QRect wanted = settings.value(m_name + u"/place"_s).toRect();
    QList<QRect> screens;
    for (const QScreen *screen : QGuiApplication::screens())
        screens.append(screen->availableGeometry());
    m_place = fit(wanted, screens);
    if (m_place.isValid())
        m_window->setGeometry(m_place);
    m_isMaximized = settings.value(m_name + u"/maximized"_s).toBool();
}

void WindowPlace::note()
{
    if (!m_window || !m_window->isVisible())
        return;
    const QWindow::Visibility visibility = m_window->visibility();
    if (visibility == QWindow::Minimized)
        return;
    m_isMaximized = visibility == QWindow::Maximized || visibility == QWindow::FullScreen;
    if (visibility == QWindow::Windowed)
        m_place = m_window->geometry();
    m_saver.start();
}

void WindowPlace::save()
{
    QSettings settings(m_file, QSettings::IniFormat);
    settings.setValue(m_name + u"/place"_s, m_place);
    settings.setValue(m_name + u"/maximized"_s, m_isMaximized);
}

} // namespace Tertulia::Desktop
