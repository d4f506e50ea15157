// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace Tertulia::Desktop {

/// Why no window can be opened here, as a sentence for the terminal; empty: one can be tried.
[[nodiscard]] QString whyNoDisplay();

/// From here on a failure of Qt to open the display ends the program with a sentence and exit code 2: without this it
/// aborts, and a core file says nothing to anybody.
void explainFailingDisplay();
/// The display is open: fatal errors are fatal errors again.
void displayIsOpen();

} // namespace Tertulia::Desktop
