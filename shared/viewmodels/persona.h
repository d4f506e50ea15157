// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/ids.h"

#include <QString>

namespace Tertulia::ViewModels {

/// What stands for somebody who has no picture: one or two letters on one of eight colours.
constexpr int personaColors = 8;

/// Stable: the same id has the same colour in every version and on every machine.
[[nodiscard]] int colorIndexOf(const Uuid &id);
template <class Tag> [[nodiscard]] int colorIndexOf(const Id<Tag> &id)
{
    return colorIndexOf(id.uuid());
}

/// The first letter of the first and of the last word, each as people count letters, in capitals: "Ana Maria Torres" is
/// "AT", "李小龙" is "李". An emoji stands for itself. "?" when there is nothing to show.
[[nodiscard]] QString initialsOf(const QString &name);

} // namespace Tertulia::ViewModels
