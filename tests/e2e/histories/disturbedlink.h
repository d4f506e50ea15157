// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/droppingrelay.h"

#include <map>
#include <random>

namespace Tertulia::Test {

/// What happens to what the server says, each in so many of a hundred cases.
struct Disturbance
{
    int late = 0; ///< bytes of one connection come later than those of the others, in their order
    // Of events; answers and pings pass.
    int lost = 0;
    int doubled = 0;
    int overtaken = 0; ///< what was said after it comes first
};

/// A way between a client and a server that breaks, is slow, and, unlike a network, loses events out of the middle of a
/// connection, doubles them and changes their order: what a hub may do of which the contract says that its events are
/// hints (docs/message-path.md). Knows the records of the JSON protocol on a WebSocket, of a connection that resumes
/// nothing: one that does would count them.
class DisturbedLink final : public DroppingRelay
{
    Q_OBJECT

public:
    /// @param knowsRecords false: only `late` is done
    DisturbedLink(const QUrl &target, quint32 seed, bool knowsRecords)
        : DroppingRelay(target)
        , m_random(seed)
        , m_knowsRecords(knowsRecords)
    {
    }

    void setDisturbance(const Disturbance &disturbance) { m_disturbance = disturbance; }

protected:
    void bring(QTcpSocket *to, const QByteArray &bytes, bool isFromServer) override;

private:
    /// What goes to one socket of the client.
    struct Stream
    {
        QPointer<QTcpSocket> socket; ///< another may come to the same address
        bool isWebSocket = false;
        QByteArray frames; ///< that have not come whole
        QByteArray record; ///< likewise
        QByteArray waiting; ///< late, and all that came after it
        bool isWaiting = false;
    };

    [[nodiscard]] bool happens(int percentage) { return int(m_random() % 100) < percentage; }
    [[nodiscard]] std::chrono::milliseconds aWhile() { return std::chrono::milliseconds(1 + m_random() % 25); }
    [[nodiscard]] Stream &streamTo(QTcpSocket *to);
    void write(QTcpSocket *to, const QByteArray &bytes);
    void takeFrames(QTcpSocket *to);
    void takeRecord(QTcpSocket *to, const QByteArray &record);

    std::mt19937 m_random;
    const bool m_knowsRecords;
    Disturbance m_disturbance;
    std::map<QTcpSocket *, Stream> m_streams;
};

} // namespace Tertulia::Test
