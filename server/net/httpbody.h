// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/bodybudget.h"
#include "net/chunkeddecoder.h"
#include "net/diskwriter.h"
#include "net/doorway.h"
#include "net/ratewindow.h"

#include <optional>

namespace Tertulia::Server {

/// Receives one request's body: takes the framing off, keeps the limits, collects it in memory or writes it to disk.
class HttpBody
{
public:
    enum class Status : quint8 {
        More, ///< wants more bytes
        Waiting, ///< for the disk; resumes the connection
        Done,
        Failed,
    };
    struct Step
    {
        Status status = Status::More;
        qsizetype consumed = 0;
    };

    /// @param limit decoded bytes; over it 413
    HttpBody(Connection &connection, qint64 contentLength, BodyPolicy::Kind kind, qint64 limit,
             const BodySender &sender);
    ~HttpBody();
    HttpBody(const HttpBody &) = delete;
    HttpBody &operator=(const HttpBody &) = delete;

    [[nodiscard]] Step feed(QByteArrayView bytes);
    [[nodiscard]] HttpError error() const { return m_error; }
    /// Bytes worth reading at once: never beyond a known end.
    [[nodiscard]] qsizetype readLimit() const;
    [[nodiscard]] bool isWaiting() const;

    [[nodiscard]] QByteArray takeBytes() { return std::move(m_bytes); }
    [[nodiscard]] BodyShare takeShare() { return std::move(m_share); }
    [[nodiscard]] QString takeFile(); ///< now the caller's to remove

private:
    Step decode(QByteArrayView bytes);
    Step fail(int status, const char *message, qsizetype consumed);
    [[nodiscard]] Status take(QByteArrayView data);
    [[nodiscard]] Status keep(QByteArrayView data);
    [[nodiscard]] qint64 nowMs() const { return m_connection.door().thread().nowMs(); }
    [[nodiscard]] Status finalStatus();
    [[nodiscard]] Status progress();

    Connection &m_connection;
    std::optional<ChunkedDecoder> m_decoder;
    std::shared_ptr<UploadFile> m_upload;
    BodyShare m_share;
    QByteArray m_bytes;
    HttpError m_error;
    qint64 m_limit;
    qint64 m_remaining; ///< with Content-Length
    qint64 m_received = 0;
    qint64 m_room; ///< the buffer's size at the most
    RateWindow m_rate;
    bool m_hasWaited = false; ///< for the disk
    bool m_complete = false;
};

} // namespace Tertulia::Server
