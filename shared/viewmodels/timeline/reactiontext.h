// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/message.h"

#include <QCoreApplication>

namespace Tertulia::Client {
class Directory;
}

namespace Tertulia::ViewModels {

/// The reactions to one message, in words and emoji.
class ReactionText
{
    Q_DECLARE_TR_FUNCTIONS(Tertulia::ViewModels::ReactionText)

public:
    /// Each different one once, at most four, and how many people react where it is more than one: "👍 ❤ 3".
    [[nodiscard]] static QString shown(const std::vector<Reaction> &reactions);
    /// Who reacts how, one after the other.
    [[nodiscard]] static QString by(const std::vector<Reaction> &reactions, const UserId &self,
                                    Client::Directory &directory, QChar between);
    /// This person's; empty: none.
    [[nodiscard]] static QString own(const std::vector<Reaction> &reactions, const UserId &self);
};

} // namespace Tertulia::ViewModels
