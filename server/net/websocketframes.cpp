// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/websocketframes.h"

#include <QtEndian>

#include <algorithm>
#include <bit>
#include <cstring>

namespace Tertulia::Server {

namespace {

enum : quint8 { Continuation = 0, Text = 1, Binary = 2, Close = 8, Ping = 9, Pong = 10 };

constexpr bool isControl(quint8 opcode)
{
    return (opcode & 8) != 0;
}

} // namespace

bool WebSocketFrameReader::isValidCloseCode(quint16 code)
{
    if (code >= 3000 && code <= 4999)
        return true;
    return code >= 1000 && code <= 1014 && code != 1004 && code != 1005 && code != 1006;
}

WebSocketFrameReader::Step WebSocketFrameReader::fail(quint16 code, qsizetype consumed)
{
    m_failed = true;
    return {Event::Failed, consumed, {}, false, code};
}

bool WebSocketFrameReader::collectHeader(const char *bytes, qsizetype size, qsizetype &consumed)
{
    // The mask bit only selects the size here; checkHeader refuses frames without it.
    const auto needed = [this]() -> quint8 {
        if (m_headerSize < 2)
            return 2;
        const quint8 length = m_header[1] & 0x7f;
        const int masked = (m_header[1] & 0x80) != 0 ? 4 : 0;
        return static_cast<quint8>(2 + (length == 127 ? 8 : length == 126 ? 2 : 0) + masked);
    };
    while (m_headerSize < needed()) {
        const qsizetype taken = std::min<qsizetype>(needed() - m_headerSize, size - consumed);
        if (taken == 0)
            return false;
        std::memcpy(m_header.data() + m_headerSize, bytes + consumed, static_cast<size_t>(taken));
        m_headerSize = static_cast<quint8>(m_headerSize + taken);
        consumed += taken;
        // A header that is wrong in its first two bytes is refused with them, not when the rest has come.
        if (m_headerSize == 2 && ((m_header[0] & 0x70) != 0 || (m_header[1] & 0x80) == 0))
            return true;
    }
    return true;
}

quint16 WebSocketFrameReader::checkHeader(qint64 maxFrameBytes)
{
    m_final = (m_header[0] & 0x80) != 0;
    m_opcode = m_header[0] & 0x0f;
    if ((m_header[0] & 0x70) != 0 || (m_header[1] & 0x80) == 0)
        return 1002; // no extension was agreed on (5.2); a client masks (5.1)
    const quint8 shortLength = m_header[1] & 0x7f;
    quint64 length = shortLength;
    if (shortLength == 126)
        length = qFromBigEndian<quint16>(m_header.data() + 2);
    else if (shortLength == 127)
        length = qFromBigEndian<quint64>(m_header.data() + 2);
    if ((shortLength == 126 && length < 126) || (shortLength == 127 && (length < 65536 || length >> 63 != 0)))
        return 1002; // the shortest form must be used (5.2)
    if (isControl(m_opcode)) {
        if (m_opcode > Pong || !m_final || length > 125)
            return 1002;
    } else if (m_opcode == Continuation) {
        if (!m_inMessage)
            return 1002;
    } else if (m_opcode > Binary || m_inMessage) {
        return 1002;
    } else {
        m_inMessage = true;
        m_isText = m_opcode == Text;
        m_utf8.reset();
    }
    if (length > static_cast<quint64>(maxFrameBytes))
        return 1009;
    m_remaining = static_cast<qint64>(length);
    std::memcpy(m_mask.data(), m_header.data() + m_headerSize - 4, 4);
    m_headerSize = 0;
    m_inPayload = true;
    return 0;
}

WebSocketFrameReader::Step WebSocketFrameReader::next(char *bytes, qsizetype size, qint64 maxFrameBytes)
{
    if (m_failed)
        return {Event::NeedMore, size, {}, false, 0};
    qsizetype consumed = 0;
    if (!m_inPayload) {
        m_control.reset(); // the last event's payload
        if (!collectHeader(bytes, size, consumed))
            return {Event::NeedMore, consumed, {}, false, 0};
        if (const quint16 code = checkHeader(maxFrameBytes); code != 0)
            return fail(code, consumed);
    }
    if (consumed == size && m_remaining > 0)
        return {Event::NeedMore, consumed, {}, false, 0};
    return isControl(m_opcode) ? control(bytes, size, consumed) : data(bytes, size, consumed);
}

WebSocketFrameReader::Step WebSocketFrameReader::data(char *bytes, qsizetype size, qsizetype consumed)
{
    const qsizetype taken = std::min<qint64>(m_remaining, size - consumed);
    char *const payload = bytes + consumed;
    unmask(payload, taken);
    consumed += taken;
    m_remaining -= taken;
    if (m_remaining == 0)
        m_inPayload = false;
    const bool last = m_remaining == 0 && m_final;
    if (last)
        m_inMessage = false;
    if (m_isText && (!m_utf8.feed({payload, taken}) || (last && !m_utf8.isComplete())))
        return fail(1007, consumed);
    return {Event::Data, consumed, {payload, taken}, last, 0};
}

WebSocketFrameReader::Step WebSocketFrameReader::control(char *bytes, qsizetype size, qsizetype consumed)
{
    const qsizetype taken = std::min<qint64>(m_remaining, size - consumed);
    const QByteArrayView piece(bytes + consumed, taken);
    unmask(bytes + consumed, taken);
    consumed += taken;
    m_remaining -= taken;
    if (m_remaining > 0) {
        if (!m_control)
            m_control = std::make_unique<QByteArray>();
        m_control->append(piece);
        return {Event::NeedMore, consumed, {}, false, 0};
    }
    m_inPayload = false;
    if (!m_control)
        return finishControl(piece, consumed);
    m_control->append(piece);
    return finishControl(*m_control, consumed); // next() frees it
}

WebSocketFrameReader::Step WebSocketFrameReader::finishControl(QByteArrayView payload, qsizetype consumed)
{
    if (m_opcode == Ping)
        return {Event::Ping, consumed, payload, true, 0};
    if (m_opcode == Pong)
        return {Event::Pong, consumed, payload, true, 0};
    if (payload.isEmpty())
        return {Event::Close, consumed, {}, true, 1005};
    if (payload.size() == 1)
        return fail(1002, consumed);
    const auto code = qFromBigEndian<quint16>(payload.data());
    if (!isValidCloseCode(code))
        return fail(1002, consumed);
    if (!Utf8Validator::isValid(payload.sliced(2)))
        return fail(1007, consumed);
    return {Event::Close, consumed, payload.sliced(2), true, code};
}

void WebSocketFrameReader::unmask(char *bytes, qsizetype size)
{
    quint32 mask = 0;
    std::memcpy(&mask, m_mask.data(), 4);
    const quint64 wide = quint64{mask} << 32 | mask;
    char *at = bytes;
    char *const end = bytes + size;
    for (; end - at >= 32; at += 32) {
        quint64 words[4];
        std::memcpy(words, at, sizeof words);
        for (quint64 &word : words)
            word ^= wide;
        std::memcpy(at, words, sizeof words);
    }
    for (; end - at >= 8; at += 8) {
        quint64 word = 0;
        std::memcpy(&word, at, sizeof word);
        word ^= wide;
        std::memcpy(at, &word, sizeof word);
    }
    for (size_t i = 0; at != end; ++at, ++i)
        *at = static_cast<char>(static_cast<quint8>(*at) ^ m_mask[i & 3]);
    std::rotate(m_mask.begin(), m_mask.begin() + (size & 3), m_mask.end());
}

QByteArray encodeServerFrame(quint8 opcode, QByteArrayView payload)
{
    const qsizetype size = payload.size();
    const qsizetype headerSize = size < 126 ? 2 : size < 65536 ? 4 : 10;
    QByteArray frame(headerSize + size, Qt::Uninitialized);
    char *const at = frame.data();
    at[0] = static_cast<char>(0x80 | opcode);
    if (headerSize == 2) {
        at[1] = static_cast<char>(size);
    } else if (headerSize == 4) {
        at[1] = 126;
        qToBigEndian(static_cast<quint16>(size), at + 2);
    } else {
        at[1] = 127;
        qToBigEndian(static_cast<quint64>(size), at + 2);
    }
    if (size > 0)
        std::memcpy(at + headerSize, payload.data(), static_cast<size_t>(size));
    return frame;
}

QByteArray encodeCloseFrame(quint16 code, QByteArrayView reason)
{
    // 125 bytes of payload at most (5.5); a reason is cut between two characters.
    QByteArrayView text = reason.first(std::min<qsizetype>(reason.size(), 123));
    while (!text.isEmpty() && !Utf8Validator::isValid(text))
        text.chop(1);
    QByteArray payload;
    if (WebSocketFrameReader::isValidCloseCode(code)) {
        payload.resize(2);
        qToBigEndian(code, payload.data());
        payload += text;
    }
    return encodeServerFrame(Close, payload);
}

} // namespace Tertulia::Server
