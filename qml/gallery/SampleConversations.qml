// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQml
import Tertulia.ViewModels

// A list with every kind of row.
ConversationListModel {
    id: root

    property bool isLive: true

    function row(title: string, initials: string, color: int, preview: string, time: string, more: var): var {
        return Object.assign({
            conversationId: title, title: title, initials: initials, colorIndex: color, isOnline: false, preview: preview,
            previewPrefix: "", isDraft: false, isTyping: false, typingText: "", timeText: time,
            status: DeliveryStatus.None, unreadCount: 0, isMuted: false, isCurrent: false, accessibleText: title + ", " + preview
        }, more);
    }

    Component.onCompleted: {
        if (!root.isLive)
            return;
        root.append(root.row("Alice Moreau", "AM", 6, "See you at eight, then. I bring the map.", "14:05",
            { isOnline: true, unreadCount: 2, isCurrent: true }));
        root.append(root.row("Bohdan Kovalenko", "BK", 3, "", "13:58", { isOnline: true, isTyping: true, typingText: qsTr("typing…") }));
        root.append(root.row("Wiebke Freifrau von Hohenstein-Schwarzenberg", "WH", 1, "The minutes of yesterday's meeting are in the folder, please look through them before Friday", "12:40",
            { unreadCount: 128, isMuted: true }));
        root.append(root.row("יעל כהן", "יכ", 4, "נתראה מחר בבוקר ליד התחנה 🚉", "11:15", { previewPrefix: qsTr("You:"), status: DeliveryStatus.Read }));
        root.append(root.row("Chiara", "C", 0, "and then I thought we could", "10:31", { previewPrefix: qsTr("Draft:"), isDraft: true }));
        root.append(root.row("Dominik Weiß", "DW", 5, "Perfect, thank you!", "09:12", { previewPrefix: qsTr("You:"), status: DeliveryStatus.Delivered, isOnline: true }));
        root.append(root.row("Elif Yıldız", "EY", 7, "🎉🎉🎉", qsTr("Yesterday"), { previewPrefix: qsTr("You:"), status: DeliveryStatus.Sent }));
        root.append(root.row("Farid", "F", 2, "The package has arrived", qsTr("Yesterday"), { previewPrefix: qsTr("You:"), status: DeliveryStatus.Failed }));
        root.append(root.row("محمد الأحمد", "مأ", 6, "شكرا جزيلا، إلى اللقاء", "Mon", { unreadCount: 1 }));
        root.append(root.row("Grace O'Neill", "GO", 3, "Could you send me the address again?", "Mon", {}));
        root.append(root.row("Hiroshi Tanaka", "HT", 5, "写真をありがとう", "Sun", { previewPrefix: qsTr("You:"), status: DeliveryStatus.Sending }));
        root.append(root.row("Irene", "I", 0, "👍", "3 Jan", {}));
        root.append(root.row("Jonas Berg", "JB", 1, "Let's talk about it next week", "2 Jan", {}));
    }
}
