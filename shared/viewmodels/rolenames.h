// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>
#include <QMetaEnum>

namespace Tertulia::ViewModels {

/// The names that QML uses for a model's roles, taken from its enumeration: ConversationIdRole is `conversationId`.
[[nodiscard]] QHash<int, QByteArray> roleNamesOf(const QMetaEnum &roles);

} // namespace Tertulia::ViewModels
