// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "fuzz/sequence/pipe.h"
#include "protocol/hubprotocol.h"

#include <map>
#include <memory>

namespace Tertulia::Walks {

/// What a client uploads to a call, and what the call has to answer.
struct Upload
{
    QByteArray id;
    int sum = 0;
    bool hasEnded = false;
    bool isBroken = false; ///< with an error, or an item that is none
};

/// What the walk knows of one negotiated connection, and what follows from it for the answers to requests.
struct Line
{
    enum class Use { Unused, WebSocket, Events, Polling };

    int serial = 0;
    QByteArray token; ///< the id in URLs
    QByteArray bearer;
    Use use = Use::Unused;
    bool isTaken = false; ///< an answer has confirmed the use
    bool stateful = false;
    bool mayBeResumed = false; ///< the handshake that asks for it was said
    bool saidHello = false; ///< a good handshake was the first that was said
    bool mayBeOver = false; ///< something was done that may have ended it
    bool isForgotten = false; ///< its end was answered: nothing knows the id any more
    bool isHere = false; ///< its handshake was answered well
    bool isBinary = false; ///< speaks MessagePack
    bool isUnclear = false; ///< what it speaks is not certain: its records are not looked at
    bool wasResumed = false; ///< answers may come again
    bool speaksLoud = false; ///< much output may wait for a poll, and its input for that
    int inFlight = 0; ///< requests that may change what it is
    int calls = 0;
    int lastAnswer = -1;
    std::set<int> answered;
    std::map<QByteArray, int> nextItem; ///< of each stream
    std::map<QByteArray, Upload> uploads; ///< by call
    QByteArray unsaid; ///< the second half of a record
    std::weak_ptr<Pipe> stream;
    std::shared_ptr<class Listener> polls;

    /// What follows for the use from the answer to a GET.
    void heardOfUse(Use as, int status)
    {
        if (status == (as == Use::WebSocket ? 101 : 200)) {
            use = as; // of two that came at once it was the first
            isTaken = true;
        } else if (status == 401 && !isTaken && inFlight == 0) {
            use = Use::Unused; // a fresh token may begin it yet
        }
    }
    [[nodiscard]] QByteArray name() const { return "line " + QByteArray::number(serial); }
    [[nodiscard]] QByteArray person() const { return bearer.split('.').first(); }
    /// The sign-in that its token is of.
    [[nodiscard]] QByteArray signIn() const { return signInOf(bearer); }
    [[nodiscard]] static QByteArray signInOf(const QByteArray &bearer) { return bearer.split('.').mid(0, 2).join('.'); }
    [[nodiscard]] const HubProtocol &protocol() const
    {
        return isBinary ? messagePackHubProtocol() : jsonHubProtocol();
    }
};

/// What the server may answer to a GET that begins or goes on with a connection.
[[nodiscard]] Statuses answersToGet(const Line &line, Line::Use as);
[[nodiscard]] Statuses answersToPost(const Line &line);
[[nodiscard]] Statuses answersToDelete(const Line &line);

/// Checks what the server sends: whole records only, answers to what was asked here, once and in order, nothing of
/// other people, nothing after a Close.
class Listener
{
public:
    explicit Listener(std::shared_ptr<Line> line)
        : m_line(std::move(line))
    {
    }
    /// The payload of a frame, a poll's body, or the data of an event.
    void heard(const QByteArray &payload);
    /// Bytes of an event stream.
    void heardEvents(const QByteArray &bytes);

private:
    /// What matters of a record, in whatever encoding it came.
    struct Heard
    {
        int type = 0;
        QByteArray id;
        QByteArray text; ///< the first argument, or a result
        int number = -1; ///< an item, or a result
        bool hasText = false;
        bool isError = false;
    };
    void shookHands(const QByteArray &text);
    void record(const QByteArray &text);
    void binaryRecords(QByteArrayView bytes);
    void judge(const Heard &heard, const QByteArray &text);
    void judgeUpload(const Heard &heard, const QByteArray &text);

    std::shared_ptr<Line> m_line;
    QByteArray m_events;
    bool m_closed = false;
};

} // namespace Tertulia::Walks
