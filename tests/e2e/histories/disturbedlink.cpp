// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "e2e/histories/disturbedlink.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTimer>
#include <QtEndian>

namespace Tertulia::Test {

using namespace Qt::StringLiterals;

namespace {

constexpr char recordEnd = 0x1e;
const QByteArray headEnd = "\r\n\r\n";

/// One frame of a server (RFC 6455 5.2), which masks nothing.
struct Frame
{
    QByteArray whole, payload;
    bool isControl = false;
};

std::optional<Frame> firstFrame(const QByteArray &bytes)
{
    if (bytes.size() < 2)
        return std::nullopt;
    qsizetype head = 2;
    quint64 size = quint8(bytes[1]) & 0x7f;
    if (size == 126)
        head += 2;
    else if (size == 127)
        head += 8;
    if (bytes.size() < head)
        return std::nullopt;
    if (size == 126)
        size = qFromBigEndian<quint16>(bytes.constData() + 2);
    else if (size == 127)
        size = qFromBigEndian<quint64>(bytes.constData() + 2);
    const auto whole = head + qsizetype(size);
    if (bytes.size() < whole)
        return std::nullopt;
    return Frame{.whole = bytes.first(whole),
                 .payload = bytes.sliced(head, qsizetype(size)),
                 .isControl = (quint8(bytes[0]) & 0x08) != 0};
}

/// A text frame with one record.
QByteArray framed(const QByteArray &record)
{
    QByteArray frame("\x81", 1);
    if (record.size() < 126) {
        frame += char(record.size());
    } else {
        const bool isLong = record.size() > 0xffff;
        QByteArray size(isLong ? 8 : 2, Qt::Uninitialized);
        if (isLong)
            qToBigEndian(quint64(record.size()), size.data());
        else
            qToBigEndian(quint16(record.size()), size.data());
        frame += char(isLong ? 127 : 126) + size;
    }
    return frame + record;
}

/// A call of the server's that nobody answers.
bool isEvent(const QByteArray &record)
{
    const QJsonObject message = QJsonDocument::fromJson(record.chopped(1)).object();
    return message[u"type"_s] == 1 && !message.contains(u"invocationId"_s);
}

} // namespace

DisturbedLink::Stream &DisturbedLink::streamTo(QTcpSocket *to)
{
    Stream &stream = m_streams[to];
    if (stream.socket != to) {
        stream = {};
        stream.socket = to;
    }
    return stream;
}

void DisturbedLink::bring(QTcpSocket *to, const QByteArray &bytes, bool isFromServer)
{
    if (!isFromServer) {
        put(to, bytes);
        return;
    }
    Stream &stream = streamTo(to);
    if (stream.isWebSocket) {
        stream.frames += bytes;
        takeFrames(to);
    } else if (m_knowsRecords && bytes.startsWith("HTTP/1.1 101")) {
        const qsizetype end = bytes.indexOf(headEnd) + headEnd.size();
        stream.isWebSocket = true;
        write(to, bytes.first(end));
        stream.frames = bytes.sliced(end);
        takeFrames(to);
    } else {
        write(to, bytes);
    }
}

void DisturbedLink::write(QTcpSocket *to, const QByteArray &bytes)
{
    Stream &stream = streamTo(to);
    if (!stream.isWaiting && !happens(m_disturbance.late)) {
        put(to, bytes);
        return;
    }
    stream.waiting += bytes;
    if (std::exchange(stream.isWaiting, true))
        return;
    QTimer::singleShot(aWhile(), to, [this, to] {
        Stream &late = streamTo(to);
        late.isWaiting = false;
        put(to, std::exchange(late.waiting, {}));
    });
}

void DisturbedLink::takeFrames(QTcpSocket *to)
{
    Stream &stream = streamTo(to);
    while (const auto frame = firstFrame(stream.frames)) {
        stream.frames.remove(0, frame->whole.size());
        if (frame->isControl) {
            write(to, frame->whole);
            continue;
        }
        stream.record += frame->payload;
        for (qsizetype end = 0; (end = stream.record.indexOf(recordEnd)) >= 0;) {
            takeRecord(to, stream.record.first(end + 1));
            stream.record.remove(0, end + 1);
        }
    }
}

void DisturbedLink::takeRecord(QTcpSocket *to, const QByteArray &record)
{
    const QByteArray frame = framed(record);
    if (!isEvent(record)) {
        write(to, frame);
        return;
    }
    if (happens(m_disturbance.lost))
        return;
    const int times = happens(m_disturbance.doubled) ? 2 : 1;
    for (int i = 0; i < times; ++i) {
        if (happens(m_disturbance.overtaken))
            QTimer::singleShot(aWhile(), to, [to, frame] { put(to, frame); });
        else
            write(to, frame);
    }
}

} // namespace Tertulia::Test
