// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import QtQml

QtObject {
    property int step: SignInStep.Server
    property string address: ""
    property string serverName: "chat.example.org"
    property bool isEncrypted: true
    property bool isExposed: false
    property string username: ""
    property string fullName: ""
    property string password: ""
    property bool isBusy: false
    property bool canContinue: true
    property string errorText: ""
    property string addressError: ""
    property string usernameError: ""
    property string fullNameError: ""
    property string passwordError: ""
    property bool canCancel: false
    property string sessionOnlyNotice: ""
    property string lostListNotice: ""

    signal refused

    function checkServer() {}
    function signIn() {}
    function registerAccount() {}
    function showRegister() {}
    function showSignIn() {}
    function back() {}
    function cancel() {}
}
