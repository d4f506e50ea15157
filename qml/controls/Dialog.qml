// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Tertulia.Theme

// Asks or tells, in the middle of the window. Escape leaves it.
T.Popup {
    id: root

    required property string title
    property string message: ""
    property string acceptText: qsTr("OK")
    property string rejectText: qsTr("Cancel")
    property bool danger: false
    default property alias body: extra.data

    // Told once it has closed, and before others hear of that: one of them may be who unloads it.
    signal accepted()
    signal rejected()

    property bool isAccepted: false

    parent: T.Overlay.overlay
    anchors.centerIn: parent
    implicitWidth: Math.min(Theme.dialogWidth, parent ? parent.width - 2 * Theme.space4 : Theme.dialogWidth)
    implicitHeight: contentItem.implicitHeight + topPadding + bottomPadding
    padding: Theme.space5
    modal: true
    focus: true
    closePolicy: T.Popup.CloseOnEscape
    onAboutToShow: root.isAccepted = false
    onClosed: {
        if (root.isAccepted)
            root.accepted();
        else
            root.rejected();
    }
    onOpened: {
        // Nobody loses anything by one key too many.
        const first = root.danger && rejectButton.visible ? rejectButton : acceptButton;
        first.forceActiveFocus(Qt.TabFocusReason);
        first.focusReason = Qt.TabFocusReason; // seen, since Return takes it; an opened popup may have had it before
    }

    T.Overlay.modal: Rectangle {
        color: Theme.scrim
    }
    enter: Transition {
        NumberAnimation { property: "opacity"; from: 0; to: 1; duration: Theme.quick }
    }
    background: Surface {
    }
    contentItem: Column {
        spacing: Theme.space3
        Accessible.role: Accessible.Dialog
        Accessible.name: root.title
        Accessible.description: root.message

        Label {
            width: parent.width
            text: root.title
            font.pixelSize: Theme.fontTitle
            font.weight: Font.DemiBold
            wrapMode: Text.Wrap
            elide: Text.ElideNone
            Accessible.role: Accessible.Heading
            Accessible.name: root.title
        }

        Label {
            width: parent.width
            visible: text.length > 0
            text: root.message
            color: Theme.textSecondary
            wrapMode: Text.Wrap
            elide: Text.ElideNone
            lineHeight: 1.15
        }

        Column {
            id: extra

            width: parent.width
            visible: children.length > 0
        }

        Flow {
            width: parent.width
            topPadding: Theme.space2
            spacing: Theme.space2
            layoutDirection: Qt.RightToLeft

            Button {
                id: acceptButton

                kind: root.danger ? Button.Danger : Button.Filled
                text: root.acceptText
                onClicked: {
                    root.isAccepted = true;
                    root.close();
                }
            }

            Button {
                id: rejectButton

                visible: root.rejectText.length > 0
                kind: Button.Tonal
                text: root.rejectText
                onClicked: root.close()
            }
        }
    }
}
