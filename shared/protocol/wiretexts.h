// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/value.h"

namespace Tertulia {

// What the reference says of a handshake or hub message in JSON that is not built as it should be. Clients see it with
// detailed errors only.

[[nodiscard]] QString missingProperty(QLatin1StringView name);
/// @param type as the reference calls it: "Number", "String", "Array"
[[nodiscard]] QString unexpectedType(QStringView name, QLatin1StringView type);
/// For what should be an object.
[[nodiscard]] QString unexpectedToken(Value value);

} // namespace Tertulia
