// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/httpbody.h"

namespace Tertulia::Server {

namespace {

/// A body's buffer starts with its size up to this, and doubles beyond: an announced size costs nothing by itself.
constexpr qint64 firstRoom = 4 * 1024;

} // namespace

HttpBody::HttpBody(Connection &connection, qint64 contentLength, BodyPolicy::Kind kind, qint64 limit,
                   const BodySender &sender)
    : m_connection(connection)
    , m_share(connection.door().shared().bodyBudget, sender)
    , m_limit(limit)
    , m_remaining(contentLength)
    , m_room(contentLength < 0 ? limit : contentLength)
    , m_rate(connection.door().settings().bodyRateGrace, nowMs())
{
    const NetSettings &settings = connection.door().settings();
    if (contentLength < 0)
        m_decoder.emplace(HeadLimits{settings.maxHeadBytes, settings.maxTargetBytes, settings.maxHeaderFields});
    if (kind == BodyPolicy::Kind::File) {
        DoorShared &shared = connection.door().shared();
        m_upload = UploadFile::create(*shared.disk, connection.door().thread(), settings.uploadFolder,
                                      [this] { m_connection.scheduleResume(); });
    }
}

HttpBody::~HttpBody()
{
    if (m_upload)
        m_upload->cancelProgress();
}

qsizetype HttpBody::readLimit() const
{
    const qint64 atMost = NetworkThread::Private::bufferSize;
    return m_decoder ? atMost : std::clamp<qint64>(m_remaining, 1, atMost);
}

bool HttpBody::isWaiting() const
{
    if (!m_upload || m_upload->hasFailed())
        return false;
    return m_complete ? !m_upload->isDone()
                      : m_upload->inFlight() >= m_connection.door().settings().maxUploadBytesInFlight;
}

HttpBody::Step HttpBody::fail(int status, const char *message, qsizetype consumed)
{
    m_error = {status, message};
    return {Status::Failed, consumed};
}

HttpBody::Step HttpBody::feed(QByteArrayView bytes)
{
    if (m_upload && m_upload->hasFailed())
        return fail(503, "The server cannot store the upload at present.", 0);
    if (m_complete)
        return {finalStatus(), 0};
    if (std::exchange(m_hasWaited, false))
        m_rate.restart(nowMs()); // it was the disk that was slow
    qsizetype consumed = 0;
    while (consumed < bytes.size() && !m_complete) {
        if (isWaiting())
            return {progress(), consumed};
        const Step step = decode(bytes.sliced(consumed));
        consumed += step.consumed;
        if (step.status == Status::Failed)
            return {Status::Failed, consumed};
    }
    if (m_complete)
        return {finalStatus(), consumed};
    if (consumed > 0 && m_rate.isBelow(m_connection.door().settings().minBodyBytesPerSecond, nowMs()))
        return fail(408, "The body comes too slowly.", consumed);
    return {progress(), consumed};
}

HttpBody::Step HttpBody::decode(QByteArrayView bytes)
{
    QByteArrayView data;
    qsizetype consumed = 0;
    if (m_decoder) {
        const auto piece = m_decoder->feed(bytes);
        if (piece.status == ChunkedDecoder::Status::Failed)
            return fail(m_decoder->error().status, m_decoder->error().message, piece.consumed);
        m_complete = piece.status == ChunkedDecoder::Status::Done;
        data = piece.data;
        consumed = piece.consumed;
    } else {
        consumed = std::min<qint64>(m_remaining, bytes.size());
        data = bytes.first(consumed);
        m_remaining -= consumed;
        m_complete = m_remaining == 0;
    }
    return {data.isEmpty() ? Status::More : take(data), consumed};
}

HttpBody::Status HttpBody::take(QByteArrayView data)
{
    m_received += data.size();
    m_rate.add(data.size(), nowMs());
    if (m_received > m_limit)
        return fail(413, "The body is larger than this address accepts.", 0).status;
    if (m_upload) {
        m_upload->write(data.toByteArray());
        return Status::More;
    }
    return keep(data);
}

HttpBody::Status HttpBody::keep(QByteArrayView data)
{
    const qint64 needed = m_bytes.size() + data.size();
    if (const qint64 held = m_share.bytes(); needed > held) {
        // What is counted is what the buffer takes, not what is in it.
        const qint64 room = std::max(needed, std::min(m_room, std::max(firstRoom, 2 * held)));
        switch (m_share.grow(room - held)) {
        case BodyBudget::Verdict::Taken:
            break;
        case BodyBudget::Verdict::ShareSpent:
            return fail(429, "You are sending too much at once.", 0).status;
        case BodyBudget::Verdict::Full:
            return fail(503, "The server holds too many requests at present.", 0).status;
        }
        m_bytes.reserve(room);
    }
    m_bytes.append(data);
    return Status::More;
}

HttpBody::Status HttpBody::progress()
{
    m_hasWaited = isWaiting();
    return m_hasWaited ? Status::Waiting : Status::More;
}

HttpBody::Status HttpBody::finalStatus()
{
    return isWaiting() ? Status::Waiting : Status::Done;
}

QString HttpBody::takeFile()
{
    if (!m_upload)
        return {};
    m_upload->release();
    return m_upload->path();
}

} // namespace Tertulia::Server
