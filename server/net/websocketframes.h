// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/utf8validator.h"

#include <QByteArray>
#include <QByteArrayView>

#include <array>
#include <memory>

namespace Tertulia::Server {

/// Reads the frames a client sends (RFC 6455 section 5) from bytes that come in pieces, unmasking in place. Keeps 48
/// bytes between two pieces; payload is handed on as it arrives and never collected, but for control frames.
class WebSocketFrameReader
{
public:
    enum class Event : quint8 {
        NeedMore, ///< all bytes are used
        Data, ///< payload; `last` when the message ends with it
        Ping, ///< payload: what the pong repeats
        Pong,
        Close, ///< closeCode 1005 = none given; payload: the reason
        Failed, ///< closeCode says why (1002, 1007, 1009); nothing more is read
    };
    struct Step
    {
        Event event = Event::NeedMore;
        qsizetype consumed = 0;
        QByteArrayView payload; ///< in `bytes`, or in the reader until the next call
        bool last = false;
        quint16 closeCode = 0;
    };

    /// Takes bytes up to the next event. Call it in a loop until NeedMore. `bytes` is overwritten (unmasked).
    [[nodiscard]] Step next(char *bytes, qsizetype size, qint64 maxFrameBytes);

    /// A code that may appear in a close frame (RFC 6455 7.4; registry up to 1014).
    [[nodiscard]] static bool isValidCloseCode(quint16 code);

private:
    Step fail(quint16 code, qsizetype consumed);
    [[nodiscard]] quint16 checkHeader(qint64 maxFrameBytes);
    [[nodiscard]] bool collectHeader(const char *bytes, qsizetype size, qsizetype &consumed);
    Step data(char *bytes, qsizetype size, qsizetype consumed);
    Step control(char *bytes, qsizetype size, qsizetype consumed);
    Step finishControl(QByteArrayView payload, qsizetype consumed);
    void unmask(char *bytes, qsizetype size);

    std::unique_ptr<QByteArray> m_control; ///< of a control frame that came in pieces
    qint64 m_remaining = 0; ///< payload bytes to come
    std::array<quint8, 14> m_header{};
    quint8 m_headerSize = 0; ///< bytes of the header so far
    quint8 m_opcode = 0; ///< of the present frame
    std::array<quint8, 4> m_mask{}; ///< rotated, so that it starts at the next payload byte
    Utf8Validator m_utf8;
    bool m_inPayload = false;
    bool m_final = false;
    bool m_inMessage = false; ///< a fragmented message is open
    bool m_isText = false; ///< … and it is text
    bool m_failed = false;
};

/// A frame as a server sends it: unmasked, in one piece.
[[nodiscard]] QByteArray encodeServerFrame(quint8 opcode, QByteArrayView payload);
[[nodiscard]] QByteArray encodeCloseFrame(quint16 code, QByteArrayView reason);

} // namespace Tertulia::Server
