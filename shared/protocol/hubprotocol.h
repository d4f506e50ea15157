// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "protocol/codec.h"
#include "protocol/hubmessage.h"

#include <span>

namespace Tertulia {

/// What goes in front of the arguments of an outgoing invocation.
struct InvocationHead
{
    std::string_view target; ///< UTF-8
    std::string_view invocationId = {}; ///< empty: no answer wanted
    std::span<const QByteArray> streamIds = {};
    bool isStream = false; ///< type 4 instead of 1; needs an invocationId
};

/// One encoding of hub messages (signalr.md 6). The implementations have no state: one object of each serves every
/// connection on every thread. The writers give whole records in exactly the reference's bytes (no headers; absent
/// properties are left out), so that a message for many is written once and its bytes are shared.
class HubProtocol
{
public:
    HubProtocol() = default;
    Q_DISABLE_COPY_MOVE(HubProtocol)
    virtual ~HubProtocol() = default;

    [[nodiscard]] virtual QLatin1StringView name() const = 0; ///< as in the handshake
    [[nodiscard]] virtual WireFormat format() const = 0;
    [[nodiscard]] bool isBinary() const { return format() == WireFormat::MessagePack; }
    /// The highest version; it and all lower ones are spoken (2 = with stateful reconnect).
    [[nodiscard]] static constexpr int version() { return 2; }

    struct Record
    {
        QByteArrayView payload;
        qsizetype size = 0; ///< bytes it takes with its framing; 0 = not complete yet
    };
    /// The first record of `bytes`. `searched` bytes at the start are known to hold no end. Invalid: broken framing.
    [[nodiscard]] virtual Result<Record> cut(QByteArrayView bytes, qsizetype searched) const = 0;
    /// The message of a record's payload; nothing for a type this version does not know (to be ignored). Invalid: the
    /// connection has to end (signalr.md 13).
    [[nodiscard]] virtual Result<std::optional<HubMessage>> parse(QByteArrayView payload) const = 0;

    // Values (arguments, item, result) come encoded in format(), see encode and encodeArguments.
    [[nodiscard]] virtual QByteArray writeInvocation(const InvocationHead &head, QByteArrayView arguments) const = 0;
    [[nodiscard]] virtual QByteArray writeStreamItem(std::string_view id, QByteArrayView item) const = 0;
    [[nodiscard]] virtual QByteArray writeResult(std::string_view id, QByteArrayView result) const = 0;
    [[nodiscard]] virtual QByteArray writeError(std::string_view id, QStringView error) const = 0;
    /// The end of a stream: a completion with neither result nor error.
    [[nodiscard]] virtual QByteArray writeEnd(std::string_view id) const = 0;
    [[nodiscard]] virtual QByteArray writeCancel(std::string_view id) const = 0;
    [[nodiscard]] virtual QByteArray writePing() const = 0;
    [[nodiscard]] virtual QByteArray writeClose(const std::optional<QString> &error, bool allowReconnect) const = 0;
    [[nodiscard]] virtual QByteArray writeAck(qint64 sequenceId) const = 0;
    [[nodiscard]] virtual QByteArray writeSequence(qint64 sequenceId) const = 0;
};

[[nodiscard]] const HubProtocol &jsonHubProtocol();
[[nodiscard]] const HubProtocol &messagePackHubProtocol();
/// By the name in a handshake, without regard to case; null if there is none.
[[nodiscard]] const HubProtocol *findHubProtocol(QStringView name);

/// An event or a call that wants no answer, ready to send.
template <class... Args>
[[nodiscard]] QByteArray encodeInvocation(const HubProtocol &protocol, QLatin1StringView target, const Args &...args)
{
    InvocationHead head;
    head.target = {target.data(), size_t(target.size())};
    return protocol.writeInvocation(head, encodeArguments(protocol.format(), args...));
}

/// Turns the byte stream of one connection into messages: chunks may hold halves of records and many of them. Holds no
/// memory between whole records. Not thread-safe.
class HubMessageReader
{
public:
    /// `limit`: bytes of one record with its framing, sliding as in the reference: more than that buffered without a
    /// whole record in the first `limit` bytes is TooLarge (signalr.md 12). 0 = no limit.
    explicit HubMessageReader(qsizetype limit = defaultLimit)
        : m_limit(limit)
    {
    }
    static constexpr qsizetype defaultLimit = 32 * 1024; ///< bytes

    /// Bytes from the peer; `chunk` owns its memory.
    void append(const QByteArray &chunk);
    /// The handshake record without its separator (JSON whatever the protocol), nothing until it is complete. Call it
    /// until it gives one, then setProtocol, then next.
    [[nodiscard]] Result<std::optional<QByteArray>> nextHandshake();
    void setProtocol(const HubProtocol &protocol) { m_protocol = &protocol; }
    /// The next message, nothing until more bytes come; messages of unknown types are skipped. After an error the
    /// stream is not readable any more.
    [[nodiscard]] Result<std::optional<HubMessage>> next();
    /// Forgets what is buffered, such as half a record of a socket that was lost (signalr.md 11).
    void discard();
    /// Bytes of an incomplete record, or of records not yet taken.
    [[nodiscard]] qsizetype buffered() const { return m_bytes.size() - m_start; }

private:
    [[nodiscard]] Result<HubProtocol::Record> cut(const HubProtocol &protocol);
    void settle();

    const HubProtocol *m_protocol = nullptr;
    qsizetype m_limit;
    QByteArray m_bytes;
    qsizetype m_start = 0; ///< of the first record not taken
    qsizetype m_searched = 0; ///< bytes from m_start on without an end of a record
};

} // namespace Tertulia
