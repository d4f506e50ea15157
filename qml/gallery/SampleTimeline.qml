// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQml
import Tertulia.ViewModels

// A conversation with every kind of message; row 0 is the newest.
TimelineModel {
    id: root

    property bool isLive: true
    property int serial: 0

    // `row`: of the row, as the roles are called; `more`: of the message's content.
    function add(text: string, isOwn: bool, time: string, row: var, more: var) {
        root.serial += 1;
        root.insert(0, Object.assign({ rowId: String(root.serial), dayText: "", isFirstUnread: false, isGroupStart: true, isGroupEnd: true,
            content: MessageContents.of(Object.assign({
                kind: ContentKind.Text, isOwn: isOwn, formattedText: text, timeText: time, fullTimeText: "Wednesday, 25 November 2026, " + time,
                status: isOwn ? DeliveryStatus.Read : DeliveryStatus.None, statusText: isOwn ? qsTr("Read") : "", accessibleText: text + ", " + time
            }, more)) }, row));
    }

    Component.onCompleted: {
        if (!root.isLive)
            return;
        root.add("Hello! Did the tickets arrive?", false, "18:22", { dayText: qsTr("Yesterday") }, {});
        root.add("Yes, this morning. Two seats by the window, as you wished.", true, "18:25", { isGroupEnd: false }, {});
        root.add("Third row.", true, "18:25", { isGroupStart: false }, { reactionsText: "❤️", reactionsBy: "Alice Moreau: ❤️" });
        root.add("🎉", false, "18:26", {}, { kind: ContentKind.Emoji });
        root.add("I have put together what we need: <b>passports</b>, the <i>small</i> tent, and <code>gpx-tool --merge day1 day2</code> for the track. More on <a href='https://example.org/route'>https://example.org/route</a>", false, "09:40", { dayText: qsTr("Today") }, {});
        root.add("", false, "09:41", {}, { kind: ContentKind.Unknown, accessibleText: qsTr("This version cannot show this message.") });
        root.add("נהדר! תודה רבה על ההכנות, אני מביאה את המפה", true, "09:58", { isGroupEnd: false }, { status: DeliveryStatus.Delivered });
        root.add("<p dir='ltr' style='margin-top:0;margin-bottom:0'>In her own words, from yesterday:</p><p dir='rtl' style='margin-top:0;margin-bottom:0'>נתראה בתחנה בשעה שמונה בדיוק 🚉</p>", true, "09:58", { isGroupStart: false, isGroupEnd: false }, { status: DeliveryStatus.Delivered });
        root.add("Then everything is settled. I shall be at the station a quarter of an hour earlier, because the ticket machine there is slow and I still have to change the date of the return journey; do not wait for me on the platform but go straight to the train.", true, "09:59", { isGroupStart: false }, { status: DeliveryStatus.Delivered });
        root.add("This message was deleted", false, "11:02", {}, { kind: ContentKind.Deleted });
        root.add("Good plan.", false, "14:03", { isFirstUnread: true, isGroupEnd: false }, { reactionsText: "👍😂 2", reactionsBy: "You: 👍\nAlice Moreau: 😂", ownReaction: "👍" });
        root.add("See you at eight, then. I bring the map 🗺️ and something to eat.", false, "14:05", { isGroupStart: false }, {});
        root.add("Wonderful", true, "14:06", { isGroupEnd: false }, { status: DeliveryStatus.Sent });
        root.add("Shall I ask Chiara too?", true, "14:07", { isGroupStart: false, isGroupEnd: false }, { status: DeliveryStatus.Sending });
        root.add("She has a car.", true, "14:07", { isGroupStart: false }, { status: DeliveryStatus.Failed, failureText: qsTr("Not sent: the server cannot be reached.") });
    }
}
