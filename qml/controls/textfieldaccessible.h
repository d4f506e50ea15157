// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace Tertulia {

// From now on readers of the screen are told our own account of every TextInput instead of what Qt 6.4 tells them. Qt's
// own hangs for ever when the word at the end of the text is asked for, which readers do wherever the cursor is; and of
// a password field it tells the text to anyone and the name to nobody. Here a password is told as dots, as the eye sees
// it. To be called before the first field is made.
void installTextFieldAccessible();

} // namespace Tertulia
