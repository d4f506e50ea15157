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
    bool isPatchy = false; ///< its output may come again or with gaps: it was resumed, or a poll was lost
    bool isUnsure = false; ///< something that was said was perhaps not heard
    bool speaksLoud = false; ///< much output may wait for a poll, and its input for that
    int inFlight = 0; ///< requests that may change what it is
    int beginnings = 0; ///< polls behind its first GET, which begin it if that is refused
    int pollsOut = 0; ///< polls without an answer
    qsizetype early = 0; ///< bytes POSTed before the first GET was answered
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
        } else if (status == 404) {
            mayBeOver = true;
        } else if ((status == 401 || status == 503) && !isTaken && !isUnsettled()) {
            use = Use::Unused; // a fresh token may begin it yet
        }
    }
    /// What it is depends on answers that are still to come.
    [[nodiscard]] bool isUnsettled() const { return inFlight > 0 || (beginnings > 0 && !isTaken); }
    /// Of a WebSocket: it was told nothing but good and whole records, and has not answered all of them.
    [[nodiscard]] bool owesAnswers() const;
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
/// @param isTokenOver only who is connected may speak on (docs/decisions/0057)
[[nodiscard]] Statuses answersToPost(const Line &line, bool isTokenOver);
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
    /// The payload of a frame or the data of an event.
    void heard(const QByteArray &payload);
    /// A poll's body. Nobody can tell in which order polls were answered that were out together: when all are back
    /// their bodies have to make sense in some order.
    void heardPoll(const QByteArray &body);
    /// A poll is back, or lost.
    void pollIsBack();
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
        QByteArray source; ///< for the story
    };
    using Records = std::vector<Heard>;
    [[nodiscard]] Records read(const QByteArray &payload) const;
    [[nodiscard]] Heard record(const QByteArray &text) const;
    void binaryRecords(QByteArrayView bytes, Records &records) const;
    /// Whether nothing of it has to come behind what is in one of the others.
    [[nodiscard]] bool mayBeNext(const Records &body) const;
    void judge(const Records &records);
    void judge(const Heard &heard);
    void judgeHandshake(const Heard &heard);
    void judgeUpload(const Heard &heard);

    std::shared_ptr<Line> m_line;
    std::vector<Records> m_bodies; // of polls that were out together
    QByteArray m_events;
    bool m_closed = false;
};

} // namespace Tertulia::Walks
