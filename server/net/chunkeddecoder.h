// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/httphead.h"

namespace Tertulia::Server {

/// Takes the chunked coding (RFC 9112 7.1) off a body that comes in pieces. Extensions are skipped, trailer fields
/// checked and dropped; both within limits, so that framing cannot be the greater part of a body.
class ChunkedDecoder
{
public:
    enum class Status : quint8 { More, Done, Failed };
    struct Piece
    {
        Status status = Status::More;
        qsizetype consumed = 0; ///< coded bytes taken
        QByteArrayView data; ///< decoded bytes among them; one run a call
    };

    explicit ChunkedDecoder(const HeadLimits &limits)
        : m_limits(limits)
    {
    }
    /// Takes bytes until there is a run of data, the end, a failure, or no more input. Call it in a loop.
    [[nodiscard]] Piece feed(QByteArrayView bytes);
    [[nodiscard]] HttpError error() const { return m_error; }

private:
    enum class State : quint8 { SizeFirst, Size, Extension, SizeLf, Data, DataCr, DataLf, Line, LineEnd, Done, Failed };
    Status fail(int status, const char *message);
    Status step(char c);
    Status stepSize(char c);
    Status stepTrailer(char c);

    HeadLimits m_limits;
    HttpError m_error;
    qint64 m_remaining = 0; ///< of the present chunk
    qint32 m_overhead = 0; ///< extension and trailer bytes of the whole body
    qint32 m_fields = 0;
    qint32 m_lineLength = 0;
    bool m_colonSeen = false;
    quint8 m_digits = 0;
    State m_state = State::SizeFirst;
};

} // namespace Tertulia::Server
