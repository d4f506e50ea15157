// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/task.h"
#include "protocol/hubmessage.h"

#include <QByteArray>

#include <memory>
#include <string>
#include <unordered_map>

namespace Tertulia::Client {

/// What waits for the server: invocations for their result, streams for their items. Handlers may do everything, also
/// end the connection.
class HubCalls
{
public:
    /// Null value: a completion without a result.
    using ResultHandler = MoveFunction<void(Result<SharedValue>)>;
    /// False: the item cannot be read, or nobody wants it; the stream ends with an error.
    using ItemHandler = MoveFunction<bool(const SharedValue &)>;

    void addInvocation(const QByteArray &id, ResultHandler handler);
    void addStream(const QByteArray &id, ItemHandler onItem, ResultHandler onFinished);
    /// True if it was there.
    bool drop(const QByteArray &id) { return m_calls.erase(id.toStdString()) > 0; }
    [[nodiscard]] bool contains(const QByteArray &id) const { return m_calls.contains(id.toStdString()); }

    /// False: the stream has ended here; tell the server to stop. Unknown ids are ignored (signalr.md 13).
    [[nodiscard]] bool take(const StreamItemMessage &message);
    void take(const CompletionMessage &message);
    /// Every call ends with the error.
    void failAll(const Error &error);
    [[nodiscard]] size_t size() const { return m_calls.size(); }

private:
    struct Call
    {
        ItemHandler onItem; ///< streams only
        ResultHandler onFinished;
    };
    // shared: an item's handler may drop its own call while it runs
    std::unordered_map<std::string, std::shared_ptr<Call>> m_calls;
};

} // namespace Tertulia::Client
