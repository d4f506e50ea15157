// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/codec.h"
#include "protocol/hubmessage.h"

namespace Tertulia::Testing {

template <class Call> QByteArray describeCall(const char *kind, const Call &m)
{
    QByteArray text =
        QByteArray(kind) + " id=" + m.invocationId + " target=" + m.target + " arguments=" + toJson(m.arguments.value);
    if (!m.streamIds.empty())
        text += " streams=" + QByteArrayList(m.streamIds.begin(), m.streamIds.end()).join(',');
    return text;
}

/// One line that says all about a hub message, for comparing in tests:
/// `Invocation id=7 target=Echo arguments=["x"] streams=1,2`.
inline QByteArray describe(const HubMessage &message)
{
    struct Visitor
    {
        QByteArray operator()(const InvocationMessage &m) const { return describeCall("Invocation", m); }
        QByteArray operator()(const StreamInvocationMessage &m) const { return describeCall("StreamInvocation", m); }
        QByteArray operator()(const StreamItemMessage &m) const
        {
            return "StreamItem id=" + m.invocationId + " item=" + toJson(m.item.value);
        }
        QByteArray operator()(const CompletionMessage &m) const
        {
            return "Completion id=" + m.invocationId + (m.error ? " error=" + m.error->toUtf8() : QByteArray())
                + (m.hasResult ? " result=" + toJson(m.result.value) : QByteArray());
        }
        QByteArray operator()(const CancelInvocationMessage &m) const { return "Cancel id=" + m.invocationId; }
        QByteArray operator()(const PingMessage &) const { return "Ping"; }
        QByteArray operator()(const CloseMessage &m) const
        {
            return "Close" + (m.error ? " error=" + m.error->toUtf8() : QByteArray())
                + (m.allowReconnect ? " allowReconnect" : "");
        }
        QByteArray operator()(const AckMessage &m) const { return "Ack " + QByteArray::number(m.sequenceId); }
        QByteArray operator()(const SequenceMessage &m) const { return "Sequence " + QByteArray::number(m.sequenceId); }
    };
    return std::visit(Visitor(), message);
}

} // namespace Tertulia::Testing
