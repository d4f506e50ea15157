// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/sequence/walk.h"

#include "unit/signalr/hubtalk.h"

// What is asked of the server: each kind of request, with what may be answered and what follows from the answer.

namespace Tertulia::Walks {

using namespace Tertulia::Test;

namespace {

/// What an earlier request may be answered when one that claims the connection is under way with it.
const Statuses anything{101, 200, 202, 204, 400, 404, 405, 409};

} // namespace

void Walk::negotiate()
{
    if (m_lines.size() >= maxLines) {
        const auto leaving = m_lines.begin() + m_dice.roll(int(m_lines.size()));
        const auto speaks = [line = leaving->get()](const PipePtr &pipe) {
            return pipe->asksAbout(line) || (pipe->isOpen() && line->stream.lock() == pipe);
        };
        // What ends meanwhile must be known to be about it.
        if (std::any_of(m_pipes.begin(), m_pipes.end(), speaks))
            return;
        m_lines.erase(leaving);
    }
    const int version = m_dice.roll(4) == 3 ? 0 : 1;
    const bool stateful = m_dice.roll(3) != 2;
    auto line = std::make_shared<Line>();
    static int serial = 0;
    line->serial = ++serial;
    line->bearer = bearer();
    line->stateful = stateful;
    m_lines.push_back(line);
    // A token of its own until the answer: then it is unknown.
    line->token = "AAAAAAAAAAAAAAAAAAAAAA";
    line->isForgotten = true;
    send(line,
         {"POST",
          "/hub/negotiate?negotiateVersion=" + QByteArray::number(version)
              + (stateful ? "&useStatefulReconnect=true" : ""),
          {},
          {}},
         {.what = "negotiate " + line->name(), .allowed = {200}, .done = [line](int status, const QByteArray &body) {
              if (status != 200)
                  return;
              const QJsonObject answer = QJsonDocument::fromJson(body).object();
              const auto token = answer.value(QLatin1StringView("connectionToken"));
              const auto id = answer.value(QLatin1StringView("connectionId"));
              line->token = (token.isString() ? token : id).toString().toLatin1();
              line->isForgotten = false;
          }});
    if (m_dice.roll(4) != 0)
        settle();
}

void Walk::openSocketOn(const LinePtr &line)
{
    const auto on = newPipe();
    if (!on)
        return;
    Statuses allowed = isGood(line->bearer) ? answersToGet(*line, Line::Use::WebSocket) : Statuses{401};
    if (m_draining)
        allowed.insert(503);
    loosen(line.get(), anything);
    if (!line->isForgotten && line->use == Line::Use::Unused && isGood(line->bearer))
        line->use = Line::Use::WebSocket;
    if (!line->isTaken && isAsked(*line))
        line->isUnsure = true; // a POST that it overtakes is refused
    if (line->mayBeResumed && line->inFlight > 0)
        line->isPatchy = true; // the later of two may be answered first, or alone
    ++line->inFlight;
    auto listener = std::make_shared<Listener>(line);
    const auto done = [line, weak = std::weak_ptr(on)](int status, const QByteArray &) {
        --line->inFlight;
        const bool isAgain = line->isTaken;
        line->heardOfUse(Line::Use::WebSocket, status);
        if (status != 101)
            return;
        line->isPatchy = line->isPatchy || isAgain;
        line->stream = weak;
        line->isUnsure = line->isUnsure || !line->unsaid.isEmpty();
        line->unsaid.clear();
    };
    on->request(socketRequest(line->token, line->bearer),
                {.what = "WebSocket of " + line->name(),
                 .allowed = std::move(allowed),
                 .mayHangUp = line->mayBeOver,
                 .done = done,
                 .stream = [listener](const QByteArray &bytes) { listener->heard(bytes); },
                 .line = line.get()},
                m_dice.roll(6) == 5);
}

void Walk::openSocket()
{
    const auto one = line();
    if (!one)
        return;
    const int times = m_dice.roll(4) == 3 ? 2 : 1;
    for (int i = 0; i < times; ++i)
        openSocketOn(one);
    if (m_dice.roll(4) != 0)
        settle();
}

void Walk::openEvents()
{
    const auto one = line();
    if (!one)
        return;
    const Statuses allowed = answersToGet(*one, Line::Use::Events);
    loosen(one.get(), anything);
    if (!one->isForgotten && one->use == Line::Use::Unused && isGood(one->bearer))
        one->use = Line::Use::Events;
    ++one->inFlight;
    auto listener = std::make_shared<Listener>(one);
    send(one, {"GET", target(*one), "Accept: text/event-stream\r\n", {}},
         {.what = "events of " + one->name(),
          .allowed = allowed,
          .done =
              [one](int status, const QByteArray &) {
                  --one->inFlight;
                  one->heardOfUse(Line::Use::Events, status);
              },
          .stream = [listener](const QByteArray &bytes) { listener->heardEvents(bytes); }});
}

void Walk::poll()
{
    const auto one = line();
    if (!one)
        return;
    const Statuses allowed = answersToGet(*one, Line::Use::Polling);
    const bool mayBegin = !one->isForgotten && !one->isTaken && isGood(one->bearer);
    const bool isFirst = mayBegin && one->use == Line::Use::Unused;
    if (one->use != Line::Use::Polling || one->isUnsettled())
        loosen(one.get(), anything);
    if (isFirst)
        one->use = Line::Use::Polling;
    int Line::*const count = isFirst ? &Line::inFlight : &Line::beginnings;
    if (mayBegin)
        ++((*one).*count);
    if (!one->polls)
        one->polls = std::make_shared<Listener>(LinePtr(LinePtr(), one.get())); // the line's own: no share in it
    ++one->pollsOut;
    const bool isSent = send(one, {"GET", target(*one), {}, {}},
                             {.what = "poll of " + one->name(),
                              .allowed = allowed,
                              .isPoll = true,
                              .slow = !isFirst || one->inFlight > 1,
                              .done =
                                  [one, mayBegin, count](int status, const QByteArray &body) {
                                      if (mayBegin)
                                          --((*one).*count);
                                      if (status == 204)
                                          one->mayBeOver = true;
                                      one->heardOfUse(Line::Use::Polling, status);
                                      if (status == 200)
                                          one->polls->heardPoll(body);
                                      one->polls->pollIsBack();
                                  },
                              .lost =
                                  [one](bool isUnread) {
                                      one->isPatchy = one->isPatchy || isUnread;
                                      one->polls->pollIsBack();
                                  }});
    if (!isSent)
        one->polls->pollIsBack();
}

void Walk::post()
{
    const auto one = line();
    if (!one)
        return;
    const Token token = tokenOf(one->bearer);
    Statuses allowed = answersToPost(*one, token == Token::Over);
    // Of what is refused for certain nothing follows.
    Line unheard = *one;
    const bool isHeard = token != Token::Refused && (!one->isTaken || one->use != Line::Use::WebSocket);
    const QByteArray body = words(isHeard ? *one : unheard);
    if (one->isUnsettled())
        one->isUnsure = true;
    if (!one->isTaken && isHeard) {
        one->early += body.size();
        if (one->use == Line::Use::Unused && one->early > m_stage.server().settings().earlyBytes)
            allowed.insert(413);
    }
    send(one, {"POST", target(*one), {}, body},
         {.what = "POST to " + one->name() + ' ' + body.left(60),
          .allowed = allowed,
          .slow = one->use == Line::Use::Polling && one->speaksLoud,
          .done = [one, isHeard](int status,
                                 const QByteArray &) { one->isUnsure = one->isUnsure || (isHeard && status != 200); },
          .lost = [one, isHeard](bool) { one->isUnsure = one->isUnsure || isHeard; }});
}

void Walk::remove()
{
    const auto one = line();
    if (!one)
        return;
    const Statuses allowed = answersToDelete(*one);
    mayEnd(*one);
    ++one->inFlight;
    send(one, {"DELETE", target(*one), {}, {}},
         {.what = "DELETE " + one->name(), .allowed = allowed, .done = [one](int status, const QByteArray &) {
              one->isForgotten = one->isForgotten || status == 202;
              --one->inFlight;
          }});
    if (m_dice.roll(2) == 0)
        settle();
}

void Walk::connectWithoutNegotiation()
{
    const auto on = newPipe();
    if (!on)
        return;
    auto line = std::make_shared<Line>();
    line->serial = -m_pipeCount;
    line->bearer = bearer();
    line->use = Line::Use::WebSocket;
    line->stream = on;
    m_lines.push_back(line);
    // Its id is never told; what else is asked for it is unknown.
    line->token = "AAAAAAAAAAAAAAAAAAAAAA";
    line->isForgotten = true;
    auto listener = std::make_shared<Listener>(line);
    Statuses allowed{isGood(line->bearer) ? 101 : 401};
    if (m_draining)
        allowed.insert(503);
    on->request(socketRequest({}, line->bearer),
                {.what = "WebSocket without negotiation, " + line->name(),
                 .allowed = allowed,
                 .stream = [listener](const QByteArray &bytes) { listener->heard(bytes); }},
                false);
    settle();
}

void Walk::askNonsense()
{
    const auto one = line();
    if (!one)
        return;
    Pipe::Expected expected{.what = "nonsense about " + one->name(), .allowed = {404}};
    switch (m_dice.roll(4)) {
    case 0:
        send(one, {"GET", "/hub?id=BBBBBBBBBBBBBBBBBBBBBB", {}, {}}, std::move(expected));
        break;
    case 1:
        expected.allowed = {400};
        send(one, {"POST", "/hub?id=", {}, "x"}, std::move(expected));
        break;
    case 2:
        expected.allowed = {405};
        send(one, {"PUT", target(*one), {}, "x"}, std::move(expected));
        break;
    default: {
        // Somebody else who has learned the id.
        expected.allowed = {403, 404};
        send(nullptr, {"DELETE", target(*one), "stranger.0", {}}, std::move(expected));
        break;
    }
    }
}

} // namespace Tertulia::Walks
