// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLatin1StringView>

// Every path, method and event name of the contract, in one place: many of them are proposals that a later find may
// change (contract.md section 14). Paths match without regard to case; {x} is one path segment. The server declares its
// routes with these, clients fill them (client/transport/apiclient.h); scripts/check-docs finds a path that is written
// elsewhere. The plays of tests/ write them out: what is changed by mistake here fails there.

namespace Tertulia {

namespace Routes {
using namespace Qt::StringLiterals;

inline constexpr auto api = "/api"_L1; // what the paths of REST begin with
inline constexpr auto authentication = "/api/Authentication"_L1; // and those that take the refresh cookie

inline constexpr auto authRegister = "/api/Authentication/register"_L1; // POST
inline constexpr auto login = "/api/Authentication/login"_L1; // POST
inline constexpr auto refreshToken = "/api/Authentication/refresh-token"_L1; // POST
inline constexpr auto refresh = "/api/Authentication/refresh"_L1; // POST, the same
inline constexpr auto logout = "/api/Authentication/logout"_L1; // POST
inline constexpr auto sessions = "/api/Authentication/sessions"_L1; // GET; DELETE: all but this one
inline constexpr auto session = "/api/Authentication/sessions/{sessionId}"_L1; // DELETE
inline constexpr auto me = "/api/Authentication/me"_L1; // GET
inline constexpr auto user = "/api/Authentication/user/{userId}"_L1; // GET
inline constexpr auto updateProfile = "/api/Authentication/update-profile"_L1; // POST
inline constexpr auto changePassword = "/api/Authentication/change-password"_L1; // POST
inline constexpr auto peopleSearch = "/api/friends/search"_L1; // GET

inline constexpr auto messages = "/api/Chat/messages"_L1; // GET, POST
inline constexpr auto message = "/api/Chat/messages/{messageId}"_L1; // GET
inline constexpr auto messageRead = "/api/Chat/messages/{messageId}/read"_L1; // POST
inline constexpr auto messageDelivered = "/api/Chat/messages/{messageId}/delivered"_L1; // POST
inline constexpr auto messageReceipts = "/api/Chat/messages/{messageId}/receipts"_L1; // GET
inline constexpr auto messageReactions = "/api/Chat/messages/{messageId}/reactions"_L1; // POST, DELETE
inline constexpr auto conversations = "/api/Chat/conversations"_L1; // GET, POST
inline constexpr auto conversation = "/api/Chat/conversations/{conversationId}"_L1; // GET, DELETE
inline constexpr auto conversationLeave = "/api/Chat/conversations/{conversationId}/leave"_L1; // POST
inline constexpr auto conversationRead = "/api/Chat/conversations/{conversationId}/read"_L1; // POST
inline constexpr auto conversationTyping = "/api/Chat/conversations/{conversationId}/typing"_L1; // POST
inline constexpr auto unreadCount = "/api/Chat/unread-count"_L1; // GET
inline constexpr auto sync = "/api/Chat/sync"_L1; // GET

inline constexpr auto health = "/api/health"_L1; // GET
inline constexpr auto healthLive = "/health/live"_L1; // GET
inline constexpr auto healthReady = "/health/ready"_L1; // GET
inline constexpr auto metrics = "/metrics"_L1; // GET

inline constexpr auto chatHub = "/hubs/chat"_L1;
inline constexpr auto onlineHub = "/hubs/chat-online"_L1;
inline constexpr auto onlineHubAlias = "/hubs/onlineusers"_L1;
} // namespace Routes

/// Client to server.
namespace HubMethods {
using namespace Qt::StringLiterals;

inline constexpr auto joinConversation = "JoinConversation"_L1;
inline constexpr auto leaveConversation = "LeaveConversation"_L1;
inline constexpr auto sendMessage = "SendMessage"_L1;
inline constexpr auto sendTypingIndicator = "SendTypingIndicator"_L1;
inline constexpr auto markAsRead = "MarkAsRead"_L1;
inline constexpr auto markAsDelivered = "MarkAsDelivered"_L1;
inline constexpr auto reactToMessage = "ReactToMessage"_L1;
inline constexpr auto ping = "Ping"_L1;

inline constexpr auto getOnlineUsers = "GetOnlineUsers"_L1;
inline constexpr auto subscribePresence = "SubscribePresence"_L1;
inline constexpr auto heartbeat = "Heartbeat"_L1;
inline constexpr auto setStatus = "SetStatus"_L1;
} // namespace HubMethods

/// Server to client.
namespace HubEvents {
using namespace Qt::StringLiterals;

inline constexpr auto receiveMessage = "ReceiveMessage"_L1;
inline constexpr auto offlineMessages = "OfflineMessages"_L1;
inline constexpr auto messageStatusUpdated = "MessageStatusUpdated"_L1;
inline constexpr auto messageReaction = "MessageReaction"_L1;
inline constexpr auto messageReceipts = "MessageReceipts"_L1;
inline constexpr auto typingIndicator = "TypingIndicator"_L1;
inline constexpr auto conversationUpdated = "ConversationUpdated"_L1;
inline constexpr auto conversationDeleted = "ConversationDeleted"_L1;

inline constexpr auto userOnline = "UserOnline"_L1;
inline constexpr auto userOffline = "UserOffline"_L1;
inline constexpr auto onlineUsers = "OnlineUsers"_L1;
inline constexpr auto statusChanged = "StatusChanged"_L1;
} // namespace HubEvents

} // namespace Tertulia
