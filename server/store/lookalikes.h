// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace Tertulia::Server::Lookalikes {

/// What a name looks like: two names with the same answer cannot be told apart by eye (the skeleton of Unicode TS 39,
/// without regard to case). Not for people's eyes. It changes with Unicode; see edition().
[[nodiscard]] QString skeleton(const QString &name);

/// Letters that do not go together in one word (TS 39 "Highly Restrictive": one script, or Latin with Japanese, Chinese
/// or Korean), digits of several kinds, or a mark that is set twice and seen once.
[[nodiscard]] bool isMixed(const QString &name);

/// Of the tables that skeletons are made with; others made skeletons that must be made anew.
[[nodiscard]] int edition();

} // namespace Tertulia::Server::Lookalikes
