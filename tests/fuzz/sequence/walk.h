// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "fuzz/sequence/model.h"
#include "fuzz/sequence/watcher.h"
#include "support/chathubsbeside.h"

namespace Tertulia::Walks {

constexpr size_t maxLines = 12;

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

/// Where walks take place: a hub with methods of all kinds, and beside it the server's own, at which somebody watches
/// who comes and goes.
struct Town
{
    Town();
    Test::ChatHubsBeside *hubs = nullptr; ///< owned by the stage
    Test::HubStage stage;
};

/// One walk: several people do to a hub server what the dice say, over real sockets; each answer is held against the
/// model. At the end everybody is gone, and nothing may be left of them.
class Walk
{
public:
    Walk(Town &town, int number, QByteArrayView decisions);

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
    void sayOn(const PipePtr &on, const Line &line, const QByteArray &payload);
    void converse();
    void connectWithoutNegotiation();
    void askNonsense();
    void hurtPipe();
    void pass();
    void endSignIn();
    void endTokens(const std::vector<QByteArray> &ended);
    void changeRole();
    void renew();
    /// All that must be answered is: requests, and the calls on sockets that nothing has hurt.
    void settle();
    [[nodiscard]] static bool isOwed(const Line &line);
    void drain();

    // --- with what
    [[nodiscard]] LinePtr line();
    [[nodiscard]] PipePtr pipe();
    [[nodiscard]] PipePtr newPipe();
    [[nodiscard]] QByteArray personName(int which) const;
    [[nodiscard]] QByteArray signIn(int which) const;
    [[nodiscard]] QByteArray bearer();
    [[nodiscard]] QByteArray withEnd(const QByteArray &signIn);
    enum class Token {
        Good,
        Over, ///< who is connected may speak on with it
        Refused, ///< from now on
    };
    [[nodiscard]] Token tokenOf(const QByteArray &bearer);
    [[nodiscard]] bool isGood(const QByteArray &bearer) { return tokenOf(bearer) == Token::Good; }
    [[nodiscard]] QByteArray words(Line &line);
    [[nodiscard]] QByteArray record(Line &line);
    void hello(Line &line, bool isBinary);
    void mayResume(Line &line);
    [[nodiscard]] QByteArray handshake(Line &line);
    /// A good one.
    [[nodiscard]] QByteArray greeting(Line &line, bool isBinary);
    [[nodiscard]] QByteArray nextCall(Line &line) const;
    [[nodiscard]] QByteArray call(Line &line);
    [[nodiscard]] QByteArray upload(Line &line);
    [[nodiscard]] QByteArray items(const Line &line, Upload &upload, int count);
    [[nodiscard]] QByteArray target(const Line &line) const;

    struct Ask
    {
        QByteArray method;
        QByteArray target;
        QByteArray fields;
        QByteArray body;
    };
    /// @return false: there was no socket for it
    bool send(const LinePtr &line, const Ask &ask, Pipe::Expected expected);
    /// A request about the line is not answered yet.
    [[nodiscard]] bool isAsked(const Line &line) const;
    void openSocketOn(const LinePtr &line);
    /// Answers that were asked for before may be these too.
    void loosen(const Line *line, const Statuses &more);
    void mayEnd(Line &line);
    void pump(int milliseconds);
    void checkPresence();
    void finish();
    void finishDraining();
    [[nodiscard]] QByteArray whatIsLeft() const;

    Test::ChatHubsBeside &m_hubs;
    Test::HubStage &m_stage;
    int m_number;
    Dice m_dice;
    std::vector<PipePtr> m_pipes;
    std::vector<LinePtr> m_lines;
    std::set<QByteArray> m_ended; // sign-ins
    std::map<QByteArray, int> m_roles; // how often a person's was changed
    std::unique_ptr<Watcher> m_watcher;
    int m_pipeCount = 0;
    int m_passed = 0; // ms
    bool m_mayDrain = false;
    bool m_draining = false;
    bool m_drained = false;
};

/// Walks on a server that is kept from walk to walk, until one takes it down.
void walk(QByteArrayView decisions);

} // namespace Tertulia::Walks
