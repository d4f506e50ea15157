// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "signalr/hubdispatcher.h"

#include "base/logging.h"
#include "signalr/huberrors.h"

namespace Tertulia::Server {

HubDispatcher::HubDispatcher(HubServer &server, std::vector<std::unique_ptr<HubMethod>> methods, HubFactory makeHub)
    : m_server(server)
    , m_lifetime(server)
    , m_methods(std::move(methods))
{
    server.onThreadAdded(
        [this, makeHub = std::move(makeHub)](HubThread &thread) { m_lifetime.addShard(thread, makeHub(thread)); });
}

HubDispatcher::~HubDispatcher() = default;

void HubDispatcher::serveAt(HubEndpointSettings settings)
{
    m_server.addEndpoint(std::move(settings), [this](HttpConnection::Setup setup) {
        return std::make_shared<HubConnectionContext>(std::move(setup), *this);
    });
}

const HubMethod *HubDispatcher::find(QByteArrayView name) const
{
    const std::string_view wanted(name.data(), size_t(name.size()));
    // A hub has few methods: comparing lengths and then bytes beats hashing the name in lower case.
    for (const auto &method : m_methods) {
        if (method->name().size() == wanted.size() && equalsIgnoringCase(method->name(), wanted))
            return method.get();
    }
    return nullptr;
}

bool HubDispatcher::mayStart(HubConnectionContext &caller, const Call &call, const HubMethod &method) const
{
    const auto refuse = [&](const QString &text) {
        caller.completeWithError(call.id, text);
        return false;
    };
    if (method.isStream() && !call.asStream)
        return refuse(streamNeedsStreamInvocation(call.target));
    if (!method.isStream() && call.asStream)
        return refuse(plainNeedsPlainInvocation(call.target));
    if (call.streamIds.size() != size_t(method.uploads()))
        return refuse(wrongStreamCount(call.target, qsizetype(call.streamIds.size()), method.uploads()));
    if (const auto why = call.asStream ? caller.whyNoDownload(call.id) : std::nullopt)
        return refuse(*why);
    if (const auto why = caller.whyNoUploads(call.streamIds))
        return refuse(*why);
    return true;
}

bool HubDispatcher::invoke(HubConnectionContext &caller, const InvocationMessage &message)
{
    return invoke(caller, Call{message.invocationId, message.target, message.arguments, message.streamIds, false});
}

bool HubDispatcher::invoke(HubConnectionContext &caller, const StreamInvocationMessage &message)
{
    return invoke(caller, Call{message.invocationId, message.target, message.arguments, message.streamIds, true});
}

bool HubDispatcher::invoke(HubConnectionContext &caller, const Call &call)
{
    const HubMethod *const method = find(call.target);
    if (!method) {
        caller.completeWithError(call.id, unknownMethod(call.target));
        return true;
    }
    // Streams, either way, take no slot: they may last as long as the connection.
    const bool needsSlot = !method->isStream() && method->uploads() == 0;
    if (needsSlot && !caller.hasFreeSlot())
        return false;
    if (!mayStart(caller, call, *method))
        return true;
    HubInvocation invocation(caller, call.id, call.target, call.arguments.value, call.streamIds, needsSlot);
    method->invoke(caller.shard().hub(), invocation);
    return true;
}

void HubDispatcher::connected(HubConnectionContext &caller)
{
    auto pending = std::make_unique<PendingInvocation>();
    pending->connection = std::static_pointer_cast<HubConnectionContext>(caller.shared_from_this());
    pending->isConnect = true;
    caller.shard().add(caller);
    caller.shard().hub().onConnected(caller, HubReply<void>(std::move(pending)));
}

void HubDispatcher::disconnected(HubConnectionContext &caller)
{
    caller.shard().remove(caller);
    caller.shard().hub().onDisconnected(caller);
}

} // namespace Tertulia::Server
