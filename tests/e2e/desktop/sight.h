// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "e2e/desktop/accessibletree.h"

#include <QStringList>

namespace Tertulia::Test {

/// What somebody who looks at the client's window sees of it at one moment.
struct Sight
{
    QString account; ///< the full name of the account that is shown
    QString heading; ///< the other person of the open conversation; empty: none is open
    QString title; ///< the window's
    QStringList messages; ///< the rows of the timeline as they are read aloud, from the top
    QStringList conversations; ///< the rows of the list as they are read aloud
    QString focus; ///< the name or role of what has the focus; empty: nothing
    bool isAtEnd = true; ///< nothing offers to go to the latest message
    bool isMarkingOffered = false; ///< "Mark all as read" can be chosen
    bool isSigningIn = false;
    bool isAskedToSignOut = false;

    [[nodiscard]] static Sight of(const std::vector<AccessibleNode> &nodes);
};

} // namespace Tertulia::Test
