// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

namespace Tertulia::Desktop {

/// Shows why the program cannot start, in a window of its own, until it is closed: who starts a program from a menu
/// sees no terminal. `field` of the error is the folder that is to blame, if one is. Needs the application object.
void showStartFailure(const Error &why);

} // namespace Tertulia::Desktop
