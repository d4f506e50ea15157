// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "fuzz/sequence/model.h"
#include "support/hubstage.h"

namespace Tertulia::Walks {

/// Decisions, taken from bytes; none are left after the last.
class Dice
{
public:
    explicit Dice(QByteArrayView bytes)
        : m_bytes(bytes)
    {
    }
    [[nodiscard]] bool isOver() const { return m_bytes.isEmpty(); }
    /// 0 … count - 1
    int roll(int count)
    {
        if (m_bytes.isEmpty())
            return 0;
        const int value = quint8(m_bytes.front());
        m_bytes = m_bytes.sliced(1);
        return value % count;
    }

private:
    QByteArrayView m_bytes;
};

/// One walk: several people do to a hub server what the dice say, over real sockets; each answer is held against the
/// model. At the end everybody is gone, and nothing may be left of them.
class Walk
{
public:
    Walk(Test::HubStage &stage, int number, QByteArrayView decisions);

    void run();
    /// The server went down on the way; the stage is used up.
    [[nodiscard]] bool hasDrained() const { return m_draining; }

private:
    using LinePtr = std::shared_ptr<Line>;
    using PipePtr = std::shared_ptr<Pipe>;

    void step();
    // --- what may be done
    void negotiate();
    void openSocket();
    void openEvents();
    void poll();
    void post();
    void remove();
    void say();
    void connectWithoutNegotiation();
    void askNonsense();
    void hurtPipe();
    void pass();
    void endSignIn();
    void settle();
    void drain();

    // --- with what
    [[nodiscard]] LinePtr line();
    [[nodiscard]] PipePtr pipe();
    [[nodiscard]] PipePtr newPipe();
    [[nodiscard]] QByteArray bearer();
    [[nodiscard]] QByteArray words(Line &line);
    [[nodiscard]] QByteArray record(Line &line);
    void hello(Line &line);
    [[nodiscard]] QByteArray handshake(Line &line);
    [[nodiscard]] QByteArray call(Line &line);
    [[nodiscard]] QByteArray target(const Line &line) const;

    struct Ask
    {
        QByteArray method;
        QByteArray target;
        QByteArray fields;
        QByteArray body;
    };
    void send(const LinePtr &line, const Ask &ask, Pipe::Expected expected);
    void openSocketOn(const LinePtr &line);
    /// Answers that were asked for before may be these too.
    void loosen(const Line *line, const Statuses &more);
    void mayEnd(Line &line);
    void pump(int milliseconds);
    void finish();
    void finishDraining();
    [[nodiscard]] QByteArray whatIsLeft() const;

    Test::HubStage &m_stage;
    int m_number;
    Dice m_dice;
    std::vector<PipePtr> m_pipes;
    std::vector<LinePtr> m_lines;
    std::set<QByteArray> m_ended; // sign-ins
    int m_pipeCount = 0;
    int m_passed = 0; // ms
    bool m_mayDrain = false;
    bool m_draining = false;
    bool m_drained = false;
};

/// Walks on a server that is kept from walk to walk, until one takes it down.
void walk(QByteArrayView decisions);

} // namespace Tertulia::Walks
