// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QtQmlIntegration>

// Enumerations that QML sees, each in a namespace of its own: `Connectivity.Online`.

namespace Tertulia::ViewModels {

namespace Connectivity {
Q_NAMESPACE
QML_ELEMENT
enum class Value {
    Offline,
    Connecting,
    Online,
    SessionEnded, ///< the server no longer accepts the session; signing in again goes on where it was
};
Q_ENUM_NS(Value)
} // namespace Connectivity

/// The four states that each page designs for.
namespace PageState {
Q_NAMESPACE
QML_ELEMENT
enum class Value { Loading, Empty, Error, Content };
Q_ENUM_NS(Value)
} // namespace PageState

/// Where the first unread message is that is not in sight.
namespace NextUnread {
Q_NAMESPACE
QML_ELEMENT
enum class Value { None, Above, Below };
Q_ENUM_NS(Value)
} // namespace NextUnread

/// What a message is, for the component that draws it (qml/timeline/MessageBody.qml).
namespace ContentKind {
Q_NAMESPACE
QML_ELEMENT
enum class Value {
    Unknown, ///< of a later version
    Text,
    Emoji, ///< one to three and nothing else: shown large, without a bubble
    Deleted,
};
Q_ENUM_NS(Value)
} // namespace ContentKind

/// How far an own message got; None for messages of others.
namespace DeliveryStatus {
Q_NAMESPACE
QML_ELEMENT
enum class Value { None, Sending, Sent, Delivered, Read, Failed };
Q_ENUM_NS(Value)
} // namespace DeliveryStatus

namespace SignInStep {
Q_NAMESPACE
QML_ELEMENT
enum class Value { Server, SignIn, Register };
Q_ENUM_NS(Value)
} // namespace SignInStep

namespace SwitcherKind {
Q_NAMESPACE
QML_ELEMENT
enum class Value { Conversation, Person };
Q_ENUM_NS(Value)
} // namespace SwitcherKind

namespace ThemeChoice {
Q_NAMESPACE
QML_ELEMENT
enum class Value { System, Light, Dark };
Q_ENUM_NS(Value)
} // namespace ThemeChoice

namespace Density {
Q_NAMESPACE
QML_ELEMENT
enum class Value { Comfortable, Compact };
Q_ENUM_NS(Value)
} // namespace Density

} // namespace Tertulia::ViewModels
