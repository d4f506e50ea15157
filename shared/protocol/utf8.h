// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <string_view>

namespace Tertulia {

/// Length (2 to 4) of the well-formed multi-byte UTF-8 sequence at `at` (RFC 3629: no overlong forms, no surrogates,
/// nothing above U+10FFFF), 0 if there is none. Reads no byte after the first that does not belong to it, so a
/// terminating zero is enough of an end.
[[nodiscard]] int utf8SequenceLength(const char *at);
[[nodiscard]] bool isValidUtf8(std::string_view text);
/// Writes a code point (not a surrogate) as UTF-8; gives the place after it.
char *putUtf8(char *out, char32_t codePoint);

} // namespace Tertulia
