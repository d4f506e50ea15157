// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQml.Models

ListModel {
    property string filter: ""
    property int state: PageState.Content
    property string errorText: ""
    property int currentRow: -1

    function retry() {}
    function conversationIdAt(row: int): string {
        return "";
    }
}
