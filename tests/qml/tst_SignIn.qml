// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtTest
import Tertulia.SignIn
import Tertulia.ViewModels

Item {
    id: root

    width: 600
    height: 600

    SignInViewModel {
        id: model

        property list<string> calls: []

        function checkServer() {
            calls.push("checkServer");
        }
        function signIn() {
            calls.push("signIn");
        }
        function registerAccount() {
            calls.push("register");
        }
        function back() {
            calls.push("back");
        }
        function cancel() {
            calls.push("cancel");
        }
    }

    SignInPage {
        id: page

        anchors.fill: parent
        focus: true
        signIn: model
    }

    TestCase {
        name: "SignIn"
        when: windowShown

        function init() {
            model.calls = [];
            model.step = SignInStep.Server;
            model.address = "";
            model.username = "";
            model.password = "";
            page.forceActiveFocus();
        }

        function type(text) {
            for (const c of text)
                keyClick(c);
        }

        function test_server_byKeysAlone() {
            type("chat");
            compare(model.address, "chat");
            keyClick(Qt.Key_Return);
            compare(model.calls.join(), "checkServer");
            keyClick(Qt.Key_Escape);
            compare(model.calls.join(), "checkServer,cancel");
        }

        function test_person_byKeysAlone() {
            model.step = SignInStep.SignIn;
            wait(10);
            type("anna");
            keyClick(Qt.Key_Return);
            type("secret");
            compare(model.username, "anna");
            compare(model.password, "secret");
            keyClick(Qt.Key_Return);
            compare(model.calls.join(), "signIn");
            keyClick(Qt.Key_Escape);
            compare(model.calls.join(), "signIn,back");
        }

        function test_register_beginsWithTheName() {
            model.step = SignInStep.Register;
            wait(10);
            type("Anna");
            compare(model.fullName, "Anna");
            model.fullName = "";
        }

        function test_refused_goesToTheFirstFieldAtFault() {
            model.step = SignInStep.Register;
            wait(10);
            keyClick(Qt.Key_Tab);
            keyClick(Qt.Key_Tab);
            model.usernameError = "Taken.";
            model.passwordError = "Weak.";
            model.refused();
            type("ben");
            compare(model.username, "ben");
            model.usernameError = "";
            model.passwordError = "";
        }
    }
}
