// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/async.h"
#include "protocol/codec.h"
#include "protocol/hubmessage.h"

#include <QPointer>

#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

namespace Tertulia::Client {

/// The client's methods, which the server calls by name without regard to case. A handler lives as long as its context.
class HubHandlers
{
public:
    /// What is wrong with the arguments, if anything.
    using EventHandler = std::function<Result<void>(Value arguments)>;
    /// The encoded result.
    using CallHandler = std::function<Future<QByteArray>(Value arguments, WireFormat format)>;

    void add(QLatin1StringView target, QObject *context, EventHandler handler);
    /// Replaces an earlier one of that name.
    void setCall(QLatin1StringView target, QObject *context, CallHandler handler);

    /// Runs every handler of the target. Nothing when none of them gives results.
    [[nodiscard]] std::optional<Future<QByteArray>> take(const InvocationMessage &message, WireFormat format);

private:
    struct Event
    {
        QPointer<QObject> context;
        EventHandler handler;
    };
    struct Target
    {
        std::vector<Event> events;
        QPointer<QObject> callContext;
        CallHandler call;
    };
    std::unordered_map<std::string, Target> m_targets; ///< by name in lower case
};

} // namespace Tertulia::Client
