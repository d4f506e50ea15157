// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQml

QtObject {
    property string conversationId: "1"
    property string title: ""
    property string initials: ""
    property int colorIndex: 0
    property bool isOnline: false
    property string presenceText: ""
    property bool isTyping: false
    property string typingText: ""
    property bool isMuted: false
    property bool isReadOnly: false
    property string readOnlyText: ""
    property TimelineModel timeline: null
    property ComposerViewModel composer: null

    signal failed(text: string)

    function deleteConversation() {}
}
