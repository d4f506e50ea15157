// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQml

QtObject {
    enum Value { Unknown, Text, Emoji, Deleted }
}
