// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/transport/hubcalls.h"

#include "client/transport/huberrors.h"

#include <utility>

namespace Tertulia::Client {

void HubCalls::addInvocation(const QByteArray &id, ResultHandler handler)
{
    addStream(id, {}, std::move(handler));
}

void HubCalls::addStream(const QByteArray &id, ItemHandler onItem, ResultHandler onFinished)
{
    auto call = std::make_shared<Call>();
    call->onItem = std::move(onItem);
    call->onFinished = std::move(onFinished);
    m_calls.insert_or_assign(id.toStdString(), std::move(call));
}

bool HubCalls::take(const StreamItemMessage &message)
{
    const auto found = m_calls.find(message.invocationId.toStdString());
    if (found == m_calls.end() || !found->second->onItem)
        return true;
    const auto call = found->second;
    if (call->onItem(message.item))
        return true;
    if (drop(message.invocationId))
        call->onFinished(failure(Error::internal(QStringLiteral("An item of the stream has the wrong type."))));
    return false;
}

void HubCalls::take(const CompletionMessage &message)
{
    const auto found = m_calls.find(message.invocationId.toStdString());
    if (found == m_calls.end())
        return;
    const auto call = std::move(found->second);
    m_calls.erase(found);
    if (message.error)
        call->onFinished(failure(errorOfCompletion(*message.error)));
    else
        call->onFinished(message.result);
}

void HubCalls::failAll(const Error &error)
{
    // Moved away first: a handler may call again, and its new call is not of the lost connection.
    for (const auto &[id, call] : std::exchange(m_calls, {}))
        call->onFinished(failure(error));
}

} // namespace Tertulia::Client
