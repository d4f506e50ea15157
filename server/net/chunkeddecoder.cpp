// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/chunkeddecoder.h"

#include "net/httpmessage.h"

namespace Tertulia::Server {

namespace {

bool isFieldChar(char c)
{
    const auto byte = static_cast<quint8>(c);
    return (byte >= 0x20 && byte != 0x7f) || c == '\t';
}

} // namespace

ChunkedDecoder::Status ChunkedDecoder::fail(int status, const char *message)
{
    m_state = State::Failed;
    m_error = {status, message};
    return Status::Failed;
}

ChunkedDecoder::Piece ChunkedDecoder::feed(QByteArrayView bytes)
{
    if (m_state == State::Failed)
        return {Status::Failed, 0, {}};
    Piece piece;
    while (piece.consumed < bytes.size() && m_state != State::Done) {
        if (m_state == State::Data) {
            const qsizetype taken = std::min<qint64>(m_remaining, bytes.size() - piece.consumed);
            piece.data = bytes.sliced(piece.consumed, taken);
            piece.consumed += taken;
            m_remaining -= taken;
            if (m_remaining == 0)
                m_state = State::DataCr;
            return piece;
        }
        if (step(bytes[piece.consumed++]) == Status::Failed) {
            piece.status = Status::Failed;
            return piece;
        }
    }
    if (m_state == State::Done)
        piece.status = Status::Done;
    return piece;
}

ChunkedDecoder::Status ChunkedDecoder::step(char c)
{
    switch (m_state) {
    case State::SizeFirst:
    case State::Size:
    case State::Extension:
        return stepSize(c);
    case State::SizeLf:
        if (c != '\n')
            return fail(400, "A chunk size line ends in CR without LF.");
        m_state = m_remaining > 0 ? State::Data : State::Line;
        return Status::More;
    case State::DataCr:
        if (c != '\r')
            return fail(400, "A chunk is longer than its size.");
        m_state = State::DataLf;
        return Status::More;
    case State::DataLf:
        if (c != '\n')
            return fail(400, "A chunk is longer than its size.");
        m_state = State::SizeFirst;
        return Status::More;
    case State::Line:
    case State::LineEnd:
        return stepTrailer(c);
    case State::Data:
    case State::Done:
    case State::Failed:
        break;
    }
    return Status::More;
}

ChunkedDecoder::Status ChunkedDecoder::stepSize(char c)
{
    if (m_state == State::Extension) {
        if (c == '\r') {
            m_state = State::SizeLf;
            return Status::More;
        }
        if (!isFieldChar(c))
            return fail(400, "A chunk extension holds a control character.");
        if (++m_overhead > m_limits.maxHeadBytes)
            return fail(431, "There are too many chunk extensions.");
        return Status::More;
    }
    if (m_state == State::SizeFirst) {
        m_state = State::Size;
        m_digits = 0;
        m_remaining = 0;
    }
    if (const int digit = hexDigit(c); digit >= 0) {
        // 15 digits cannot overflow; leading zeros count, so that a size cannot be padded without end.
        if (++m_digits > 15)
            return fail(400, "A chunk size is too long.");
        m_remaining = m_remaining * 16 + digit;
        return Status::More;
    }
    if (m_digits == 0)
        return fail(400, "A chunk size is not a hexadecimal number.");
    if (c == '\r')
        m_state = State::SizeLf;
    else if (c == ';')
        m_state = State::Extension;
    else
        return fail(400, "A chunk size is not a hexadecimal number.");
    return Status::More;
}

ChunkedDecoder::Status ChunkedDecoder::stepTrailer(char c)
{
    if (m_state == State::LineEnd) {
        if (c != '\n')
            return fail(400, "A trailer line ends in CR without LF.");
        if (m_lineLength == 0) {
            m_state = State::Done;
            return Status::Done;
        }
        if (!m_colonSeen)
            return fail(400, "A trailer line has no field name.");
        m_lineLength = 0;
        m_colonSeen = false;
        m_state = State::Line;
        return Status::More;
    }
    if (c == '\r') {
        m_state = State::LineEnd;
        return Status::More;
    }
    if (m_lineLength == 0 && ++m_fields > m_limits.maxFields)
        return fail(431, "There are too many trailer fields.");
    if (++m_overhead > m_limits.maxHeadBytes)
        return fail(431, "The trailer fields are too long.");
    if (c == ':' && m_lineLength > 0)
        m_colonSeen = true;
    else if (m_colonSeen ? !isFieldChar(c) : !isTokenChar(c))
        return fail(400, "A trailer field is not valid.");
    ++m_lineLength;
    return Status::More;
}

} // namespace Tertulia::Server
