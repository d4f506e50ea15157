// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtTest
import Tertulia.Controls

Item {
    id: root

    width: 400
    height: 400

    Column {
        anchors.fill: parent
        spacing: 8

        TextField {
            id: field

            placeholderText: "Name"
        }

        PasswordField {
            id: secret

            accessibleName: "Password"
        }

        SearchField {
            id: search

            placeholderText: "Search"
        }

        FormField {
            id: form

            width: parent.width
            label: "Server"
            hint: "For example"

            TextField {
                width: parent.width
                accessibleName: "Server"
            }
        }

        TextArea {
            id: area

            width: parent.width
            placeholderText: "Write"
        }
    }

    SignalSpy {
        id: escaped

        target: search
        signalName: "escaped"
    }

    TestCase {
        name: "Fields"
        when: windowShown

        function test_name_fallsBackToThePlaceholder() {
            compare(field.Accessible.name, "Name");
            compare(secret.Accessible.name, "Password");
            compare(area.Accessible.name, "Write");
        }

        function test_error_isSaidAndShown() {
            field.errorText = "Wrong";
            compare(field.Accessible.description, "Wrong");
            verify(field.background.border.width > 0);
            field.errorText = "";
        }

        function test_password_isHiddenUntilAsked() {
            compare(secret.echoMode, TextInput.Password);
            const eye = findChild(secret, "eye");
            mouseClick(eye);
            compare(secret.echoMode, TextInput.Normal);
            eye.forceActiveFocus();
            for (const key of [Qt.Key_Return, Qt.Key_Space, Qt.Key_Enter]) {
                const before = secret.echoMode;
                keyClick(key);
                verify(secret.echoMode !== before);
            }
            compare(secret.echoMode, TextInput.Password);
        }

        function test_escape_emptiesFirst_thenLeaves() {
            escaped.clear();
            search.forceActiveFocus();
            keyClick(Qt.Key_A);
            compare(search.text, "a");
            keyClick(Qt.Key_Escape);
            compare(search.text, "");
            compare(escaped.count, 0);
            keyClick(Qt.Key_Escape);
            compare(escaped.count, 1);
        }

        function test_area_growsWithItsText() {
            const one = area.implicitHeight;
            area.text = "a\n\nb";
            verify(area.implicitHeight > one);
            area.text = "";
        }

        function test_formField_showsTheErrorInPlaceOfTheHint() {
            const before = form.implicitHeight;
            form.errorText = "No such host";
            compare(form.implicitHeight, before);
            form.errorText = "";
        }
    }
}
