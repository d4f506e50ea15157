// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "e2e/desktop/desktopclient.h"

#include <QDir>
#include <QImage>
#include <QTemporaryDir>

#include <optional>

namespace Tertulia::Test {

/// How a window looks that is photographed: the theme, and pixels of the screen for each of the window's.
struct Look
{
    bool isDark = false;
    int percent = 100;

    /// "light-100", "dark-200" and the like.
    [[nodiscard]] static std::optional<Look> named(const QString &name);
    [[nodiscard]] QString name() const;
    [[nodiscard]] int onScreen(int pixels) const { return pixels * percent / 100; }
};

/// Takes pictures of a client's window and keeps them in a folder, each called by the look and by what it shows.
class Photographer
{
public:
    Photographer(DesktopClient &client, const Look &look, const QString &folder);

    /// A screen on which the largest window has room, and a notification beside it.
    [[nodiscard]] QByteArray screen() const;
    /// The client starts with this look the next time.
    void chooseLook();
    /// The window has this size, at the screen's corner.
    void sizes(const QSize &window);
    /// The pointer at a place of the window.
    void points(const QPoint &place);

    /// The window as it is once it is still. @returns what is wrong with the picture; empty: nothing
    [[nodiscard]] QString takes(const QString &place);

private:
    [[nodiscard]] QImage frame();
    [[nodiscard]] QString wrongIn(const QImage &picture) const;

    DesktopClient &m_client;
    Look m_look;
    QDir m_folder;
    QTemporaryDir m_darkroom;
    QSize m_window;
};

} // namespace Tertulia::Test
