// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/transport/hubhandlers.h"

#include "base/logging.h"

#include <memory>
#include <utility>

namespace Tertulia::Client {

namespace {

std::string key(QByteArrayView target)
{
    return target.toByteArray().toLower().toStdString();
}

} // namespace

void HubHandlers::add(QLatin1StringView target, QObject *context, EventHandler handler)
{
    auto &events = m_targets[key(QByteArrayView(target.data(), target.size()))].events;
    std::erase_if(events, [](const Event &event) { return event.context.isNull(); });
    events.push_back({context, std::move(handler)});
}

void HubHandlers::setCall(QLatin1StringView target, QObject *context, CallHandler handler)
{
    auto &entry = m_targets[key(QByteArrayView(target.data(), target.size()))];
    entry.callContext = context;
    entry.call = std::move(handler);
}

std::optional<Future<QByteArray>> HubHandlers::take(const InvocationMessage &message, WireFormat format)
{
    const auto found = m_targets.find(key(message.target));
    if (found == m_targets.end()) {
        qCDebug(logClient, "the hub calls a method that nobody handles");
        return std::nullopt;
    }
    // Copies: a handler may add handlers, or destroy the connection and with it this object.
    const Target target = found->second;
    for (const Event &event : target.events) {
        if (event.context.isNull())
            continue;
        if (const auto done = event.handler(message.arguments.value); !done) {
            qCWarning(logClient, "an event of the hub has wrong arguments and is dropped: %s",
                      qUtf8Printable(done.error().message));
        }
    }
    if (!target.call || target.callContext.isNull())
        return std::nullopt;
    return target.call(message.arguments.value, format);
}

} // namespace Tertulia::Client
