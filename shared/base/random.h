// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace Tertulia {

/// Fills memory from the operating system's random source; fit for keys and tokens. Any thread.
void fillRandom(void *data, size_t size);

/// `bytes` random bytes as base64url without padding: 16 bytes give the 22 characters of a connection id.
[[nodiscard]] QByteArray randomToken(int bytes = 16);

} // namespace Tertulia
