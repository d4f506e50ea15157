// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/httpbody.h"

namespace Tertulia::Server {

namespace {

/// A body's buffer starts with its size up to this, and doubles beyond: an announced size costs nothing by itself.
constexpr qint64 firstReserve = 64 * 1024;

} // namespace

HttpBody::HttpBody(Connection &connection, qint64 contentLength, BodyPolicy::Kind kind, qint64 limit)
    : m_connection(connection)
    , m_share(connection.door().shared().bodyBudget)
    , m_limit(limit)
    , m_remaining(contentLength)
    , m_startedMs(connection.door().thread().nowMs())
{
    const NetSettings &settings = connection.door().settings();
    if (contentLength < 0)
        m_decoder.emplace(HeadLimits{settings.maxHeadBytes, settings.maxTargetBytes, settings.maxHeaderFields});
    if (kind == BodyPolicy::Kind::File) {
        DoorShared &shared = connection.door().shared();
        m_upload = UploadFile::create(*shared.disk, connection.door().thread(), settings.uploadFolder,
                                      [this] { m_connection.scheduleResume(); });
    } else if (contentLength > 0) {
        m_bytes.reserve(std::min(contentLength, firstReserve));
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

bool HttpBody::isTooSlow() const
{
    const NetSettings &settings = m_connection.door().settings();
    const qint64 elapsed = m_connection.door().thread().nowMs() - m_startedMs;
    return elapsed > settings.bodyRateGrace.count() && m_received < settings.minBodyBytesPerSecond * elapsed / 1000;
}

HttpBody::Step HttpBody::feed(QByteArrayView bytes)
{
    if (m_upload && m_upload->hasFailed())
        return fail(503, "The server cannot store the upload at present.", 0);
    if (m_complete)
        return {finalStatus(), 0};
    qsizetype consumed = 0;
    while (consumed < bytes.size() && !m_complete) {
        if (isWaiting())
            return {Status::Waiting, consumed};
        const Step step = decode(bytes.sliced(consumed));
        consumed += step.consumed;
        if (step.status == Status::Failed)
            return {Status::Failed, consumed};
    }
    if (m_complete)
        return {finalStatus(), consumed};
    if (consumed > 0 && isTooSlow())
        return fail(408, "The body comes too slowly.", consumed);
    return {isWaiting() ? Status::Waiting : Status::More, consumed};
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
    if (m_received > m_limit)
        return fail(413, "The body is larger than this address accepts.", 0).status;
    if (m_upload) {
        m_upload->write(data.toByteArray());
        return Status::More;
    }
    if (!m_share.grow(data.size()))
        return fail(503, "The server holds too many requests at present.", 0).status;
    m_bytes.append(data);
    return Status::More;
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
