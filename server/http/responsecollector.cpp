// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/responsecollector.h"

namespace Tertulia::Server {

void ResponseCollector::append(QByteArrayView bytes)
{
    if (m_state == State::Head) {
        // The end of the head may straddle two writes.
        const qsizetype searchFrom = std::max<qsizetype>(0, m_head.size() - 3);
        m_head.append(bytes);
        const qsizetype end = m_head.indexOf("\r\n\r\n", searchFrom);
        if (end < 0)
            return;
        const QByteArray rest = m_head.mid(end + 4);
        m_state = parseHead(QByteArrayView(m_head).first(end)) ? State::Body : State::Broken;
        if (m_state == State::Body) {
            m_response.body.reserve(m_missing);
            if (m_missing == 0)
                m_state = State::Complete;
            if (!rest.isEmpty())
                append(rest);
        }
        return;
    }
    if (bytes.isEmpty() || m_state == State::Broken)
        return;
    if (m_state == State::Complete || bytes.size() > m_missing) {
        m_state = State::Broken;
        return;
    }
    m_response.body.append(bytes);
    m_missing -= bytes.size();
    if (m_missing == 0)
        m_state = State::Complete;
}

bool ResponseCollector::parseHead(QByteArrayView head)
{
    // "HTTP/1.1 200 OK"
    qsizetype lineEnd = head.indexOf('\r');
    if (lineEnd < 0)
        lineEnd = head.size();
    m_response.status = head.size() >= 12 ? head.sliced(9, 3).toByteArray().toInt() : 0;
    qint64 length = -1;
    for (qsizetype at = lineEnd + 2; at < head.size();) {
        qsizetype end = head.indexOf('\r', at);
        if (end < 0)
            end = head.size();
        const QByteArrayView line = head.sliced(at, end - at);
        at = end + 2;
        const qsizetype colon = line.indexOf(':');
        if (colon <= 0)
            return false;
        const QByteArray name = line.first(colon).toByteArray().toLower();
        const QByteArray value = line.sliced(colon + 1).trimmed().toByteArray();
        if (name == "content-length")
            length = value.toLongLong();
        else if (name == "content-type")
            m_response.contentType = value;
        // The front door says how the connection goes on, and what serves it is nobody's business.
        else if (name != "server" && name != "connection" && name != "date")
            m_response.headers.push_back({name, value});
    }
    m_missing = length;
    return m_response.status >= 200 && length >= 0;
}

Response ResponseCollector::take()
{
    Response response = std::move(m_response);
    // "application/x-empty" is QtHttpServer's word for a response without a body.
    if (response.body.isEmpty())
        response.contentType.clear();
    reset();
    return response;
}

void ResponseCollector::reset()
{
    m_response = {};
    m_head.clear();
    m_missing = 0;
    m_state = State::Head;
}

} // namespace Tertulia::Server
