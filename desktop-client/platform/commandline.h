// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QString>
#include <QStringList>

#include <optional>

namespace Tertulia::Desktop {

/// What the person who started the program asked for.
struct CommandLine
{
    QString profile; ///< empty: the default one
    QString dataDir; ///< empty: the folders of XDG
    QString server; ///< stands in the address field of the sign-in page; empty: nothing
    bool isMinimized = false;
    std::optional<QString> galleryPage; ///< set: show the gallery; the page's name, empty for the first
    QString notice; ///< set: print this (help, version) and end

    /// @param arguments the program's name first. Needs no application object; for the help text one is made where
    /// there is none, and gone afterwards: such a process can show no window any more.
    [[nodiscard]] static Result<CommandLine> parse(const QStringList &arguments);
};

} // namespace Tertulia::Desktop
