// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Tertulia.Controls   // for Icon, which is C++
import Tertulia.Theme
import Tertulia.ViewModels

// How far an own message got: clock, one tick, two ticks, two coloured ticks, or an alert.
Icon {
    id: root

    required property int status   // one of DeliveryStatus

    visible: root.status !== DeliveryStatus.None
    size: Theme.iconSmall
    name: root.status === DeliveryStatus.Failed ? Icon.Alert : root.status === DeliveryStatus.Sending ? Icon.Clock
        : root.status === DeliveryStatus.Sent ? Icon.Sent : root.status === DeliveryStatus.None ? Icon.None : Icon.Delivered
    color: root.status === DeliveryStatus.Failed ? Theme.textDanger
        : root.status === DeliveryStatus.Read ? Theme.textAccent : Theme.textSecondary
    Accessible.ignored: true
}
