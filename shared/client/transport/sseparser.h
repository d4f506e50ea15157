// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QByteArray>

namespace Tertulia::Client {

/// Cuts a text/event-stream into the data of its events (the event-stream format of the HTML standard; names, ids and
/// retry times are of no use to SignalR and skipped).
class SseParser
{
public:
    /// `limit`: bytes of one event, data and half a line together.
    explicit SseParser(qsizetype limit)
        : m_limit(limit)
    {
    }
    /// The data of all events that are whole now, one behind the other. TooLarge: an event beyond the limit.
    [[nodiscard]] Result<QByteArray> take(QByteArrayView bytes);

private:
    void takeLine(QByteArrayView line, QByteArray &out);

    qsizetype m_limit;
    QByteArray m_line; ///< half a line
    QByteArray m_data; ///< of the event so far, each line with its end
    bool m_endedWithReturn = false; ///< a line feed that follows belongs to it
};

} // namespace Tertulia::Client
