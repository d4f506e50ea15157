// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <deque>
#include <functional>
#include <set>
#include <vector>

namespace Tertulia::Walks {

struct Line;

/// How long the machine may take for anything, in milliseconds; no rule of the server's. A disk that others write to
/// may hold up a commit for most of a minute.
constexpr qint64 patience = 60'000;

/// Statuses that the model allows for an answer.
using Statuses = std::set<int>;

/// Ends the program with what was done so far: a rule of the model is broken.
[[noreturn]] void fail(const QByteArray &what);
/// One line of the story that fail() tells.
void note(const QByteArray &what);

/// One socket to the server that never blocks. Says bytes, also in two halves; reads answers, events and frames.
class Pipe
{
public:
    struct Expected
    {
        QByteArray what;
        Statuses allowed;
        bool isPoll = false;
        bool mayHangUp = false; ///< instead of an answer: what was said before may have the server abort it
        bool slow = false; ///< it may wait: a poll that is not certainly the first
        std::function<void(int status, const QByteArray &body)> done = {};
        /// Instead of `done`: the socket is no more. `isUnread`: an answer may have been on its way.
        std::function<void(bool isUnread)> lost = {};
        /// What comes after a 101 or in an endless answer.
        std::function<void(const QByteArray &bytes)> stream = {};
        const Line *line = nullptr; ///< the connection it is about; only compared
    };

    Pipe(int serial, quint16 port);
    Pipe(const Pipe &) = delete;
    Pipe &operator=(const Pipe &) = delete;
    ~Pipe();

    [[nodiscard]] int serial() const { return m_serial; }
    [[nodiscard]] bool isOpen() const { return m_fd >= 0; }
    [[nodiscard]] int fd() const { return m_fd; }
    /// Requests may be said.
    [[nodiscard]] bool isForRequests() const { return isOpen() && !m_stream && !m_halfClosed && !m_willEnd; }
    [[nodiscard]] bool isWebSocket() const { return isOpen() && m_stream && !m_chunked && !m_halfClosed; }
    /// An answer is owed that cannot wait.
    [[nodiscard]] bool owes() const { return isOpen() && !m_stream && !m_expected.empty() && !m_expected.front().slow; }
    [[nodiscard]] bool isIdle() const { return m_expected.empty(); }
    [[nodiscard]] QByteArray story() const;

    [[nodiscard]] bool asksAbout(const Line *line) const;
    /// Answers that were asked for before, about this connection (null: all), may be these too.
    void loosen(const Line *line, const Statuses &more);

    void request(const QByteArray &bytes, Expected expected, bool inHalves);
    void say(const QByteArray &bytes, bool inHalves);
    void sayRest();
    void endWriting();
    void drop(bool reset);
    /// Reads what is there.
    void read(bool mayEnd);

private:
    void parse();
    [[nodiscard]] bool parseAnswer();
    void parseChunks();
    void parseFrames();
    void ended(bool mayEnd, bool isUnread);
    void close(bool reset, bool isUnread);

    int m_serial;
    int m_fd = -1;
    QByteArray m_rest; // the second half
    QByteArray m_input;
    QByteArray m_message; // of a WebSocket, in fragments
    std::deque<Expected> m_expected;
    std::function<void(const QByteArray &bytes)> m_stream;
    bool m_chunked = false;
    bool m_halfClosed = false;
    bool m_willEnd = false; // the server said so
    bool m_closeSeen = false; // a WebSocket's close frame
};

} // namespace Tertulia::Walks
