// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQml

// One picture of the gallery.
QtObject {
    required property string name
    required property Component content
    property int width: 960
    property int height: 640
}
