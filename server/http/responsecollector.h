// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/httpmessage.h"

namespace Tertulia::Server {

/// Puts together what QtHttpServer writes for one request: a head with a Content-Length and a body of that length.
class ResponseCollector
{
public:
    enum class State : quint8 { Head, Body, Complete, Broken };

    /// Bytes after the end of the response make it Broken.
    void append(QByteArrayView bytes);
    [[nodiscard]] State state() const { return m_state; }
    /// The response, when Complete; the collector is ready for the next one.
    [[nodiscard]] Response take();
    void reset();

private:
    [[nodiscard]] bool parseHead(QByteArrayView head);

    Response m_response;
    QByteArray m_head;
    qint64 m_missing = 0;
    State m_state = State::Head;
};

} // namespace Tertulia::Server
