// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/conversations/conversationentry.h"

#include <QCoreApplication>

namespace Tertulia::ViewModels {

/// The reactions to one message, in words and emoji.
class ReactionText
{
    Q_DECLARE_TR_FUNCTIONS(Tertulia::ViewModels::ReactionText)

public:
    /// Each different one once, at most four, and how many people react where it is more than one: "👍 ❤ 3".
    [[nodiscard]] static QString shown(const std::vector<Reaction> &reactions);
    /// Who reacts how, one after the other. @param conversation where the names are; null: nobody has one
    [[nodiscard]] static QString by(const std::vector<Reaction> &reactions, const UserId &self,
                                    const Client::ConversationEntry *conversation, QChar between);
    /// This person's; empty: none.
    [[nodiscard]] static QString own(const std::vector<Reaction> &reactions, const UserId &self);
};

} // namespace Tertulia::ViewModels
