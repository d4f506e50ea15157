// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQml.Models

ListModel {
    property string query: ""
    property bool isSearching: false

    function refresh() {}
    function activate(row: int) {}
}
