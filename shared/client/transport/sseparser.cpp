// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/transport/sseparser.h"

#include "client/transport/huberrors.h"

#include <utility>

namespace Tertulia::Client {

Result<QByteArray> SseParser::take(QByteArrayView bytes)
{
    QByteArray out;
    qsizetype from = 0;
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        const char c = bytes[i];
        const bool isSecondHalf = c == '\n' && std::exchange(m_endedWithReturn, false);
        if (isSecondHalf) {
            from = i + 1;
            continue;
        }
        if (c != '\n' && c != '\r') {
            m_endedWithReturn = false;
            continue;
        }
        m_endedWithReturn = c == '\r';
        m_line.append(bytes.sliced(from, i - from));
        takeLine(std::exchange(m_line, {}), out);
        from = i + 1;
    }
    m_line.append(bytes.sliced(from));
    if (m_line.size() + m_data.size() > m_limit) {
        Error error = protocolError(QStringLiteral("An event of the server is longer than %1 bytes.").arg(m_limit));
        error.code = ErrorCode::TooLarge;
        return failure(std::move(error));
    }
    return out;
}

void SseParser::takeLine(QByteArrayView line, QByteArray &out)
{
    if (line.isEmpty()) {
        // The end of the last data line is not data.
        if (!m_data.isEmpty())
            out.append(QByteArrayView(m_data).chopped(1));
        m_data.clear();
    } else if (line.startsWith("data:")) {
        line = line.sliced(5);
        if (line.startsWith(' '))
            line = line.sliced(1);
        m_data.append(line);
        m_data.append('\n');
    }
}

} // namespace Tertulia::Client
