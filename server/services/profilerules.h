// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

namespace Tertulia::Server::ProfileRules {

// What people may write about themselves. Others see it beside every message, so it must not pose as something else:
// nothing that turns the direction of the text around it, no name that nobody sees, no link but to the web.

inline constexpr int maxFullName = 100;
inline constexpr int maxBio = 500;
inline constexpr int maxShortText = 200;

/// As it is stored: normalized (NFC), without white space around it, empty when nothing of it can be seen.
[[nodiscard]] QString tidy(const QString &text);

[[nodiscard]] Result<void> checkUsername(const QString &name);
[[nodiscard]] Result<void> checkFullName(const QString &name);
/// May be empty. @param most characters
[[nodiscard]] Result<void> checkText(const QString &text, const QString &field, int most);
/// May be empty; else http or https, a host, and no user name in it: that is how a link lies about where it goes.
[[nodiscard]] Result<void> checkWebsite(const QString &website);

/// Text of those who cannot be told what is wrong with it (a foreign provider's name for a person, a browser's for
/// itself), made to fit: what is forbidden is left out, what is too long cut between two characters. Empty when nothing
/// is left.
[[nodiscard]] QString fit(const QString &text, int most);

} // namespace Tertulia::Server::ProfileRules
