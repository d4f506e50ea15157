// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/windowplace.h"

#include <QGuiApplication>
#include <QScreen>
#include <QSettings>

#include <algorithm>

namespace Tertulia::Desktop {

using namespace Qt::StringLiterals;

namespace {
/// Dragging a window makes hundreds of changes; one write is enough.
constexpr int settleMs = 1000;
/// So much of a window must be visible for a person to get hold of it.
constexpr int grip = 80;
constexpr int smallest = 200;
/// The title of a window whose frame was never seen.
constexpr QMargins usualFrame(0, 40, 0, 0);
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
    const auto seenOf = [&wanted](const QRect &screen) {
        const QSize seen = screen.intersected(wanted).size();
        return seen.width() < grip || seen.height() < grip ? 0 : seen.width() * seen.height();
    };
    const auto screen = std::max_element(screens.cbegin(), screens.cend(),
                                         [&seenOf](const QRect &a, const QRect &b) { return seenOf(a) < seenOf(b); });
    if (screen == screens.cend() || seenOf(*screen) == 0)
        return {};
    QRect placed(wanted.topLeft(), wanted.size().boundedTo(screen->size()));
    placed.moveLeft(std::clamp(placed.left(), screen->left(), screen->right() + 1 - placed.width()));
    placed.moveTop(std::clamp(placed.top(), screen->top(), screen->bottom() + 1 - placed.height()));
    return placed;
}

void WindowPlace::restore()
{
    const QSettings settings(m_file, QSettings::IniFormat);
    const QRect wanted = settings.value(m_name + u"/place"_s).toRect();
    const QRect framed = settings.value(m_name + u"/frame"_s).toRect();
    m_frame = framed.contains(wanted) ? QMargins(wanted.left() - framed.left(), wanted.top() - framed.top(),
                                                 framed.right() - wanted.right(), framed.bottom() - wanted.bottom())
                                      : usualFrame;
    QList<QRect> screens;
    for (const QScreen *screen : QGuiApplication::screens())
        screens.append(screen->availableGeometry());
    m_place = fit(wanted.isNull() ? wanted : wanted + m_frame, screens);
    if (m_place.isValid())
        m_place -= m_frame;
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
    if (visibility == QWindow::Windowed) {
        m_place = m_window->geometry();
        m_frame = m_window->frameMargins();
    }
    m_saver.start();
}

void WindowPlace::save()
{
    QSettings settings(m_file, QSettings::IniFormat);
    settings.setValue(m_name + u"/place"_s, m_place);
    settings.setValue(m_name + u"/frame"_s, m_place + m_frame);
    settings.setValue(m_name + u"/maximized"_s, m_isMaximized);
}

} // namespace Tertulia::Desktop
