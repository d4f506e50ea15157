// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/sequence/walk.h"

#include "unit/hubs/hubtalk.h"

#include <QCoreApplication>
#include <QLoggingCategory>

#include <poll.h>

namespace Tertulia::Walks {

using namespace Tertulia::Test;

namespace {

constexpr size_t maxPipes = 24;
constexpr int signIns = 5, people = 3;
/// What an earlier request may be answered when one that claims the connection is under way with it.
const Statuses anything{101, 200, 202, 204, 400, 404, 405, 409};

HubSettings hubSettings()
{
    HubSettings settings;
    settings.heartbeat = std::chrono::milliseconds(20);
    settings.shutdownTimeout = std::chrono::milliseconds(50);
    settings.statefulBufferBytes = 2'000; // so that it is full now and then
    settings.inputBytes = 2'000;
    settings.outputPauseBytes = 4'000;
    return settings;
}

NetSettings netSettings()
{
    NetSettings settings;
    settings.threads = 3;
    settings.maxConnections = 1'000;
    settings.webSocketCloseTimeout = std::chrono::milliseconds(100);
    settings.halfClosedTimeout = std::chrono::milliseconds(50);
    settings.lingerTimeout = std::chrono::milliseconds(50);
    settings.drainTimeout = std::chrono::milliseconds(500);
    return settings;
}

} // namespace

Town::Town()
    : stage(hubSettings(), netSettings(), [this](HubServer &server, HubScene &scene) {
        auto beside = std::make_unique<ChatHubsBeside>(server, scene);
        hubs = beside.get();
        return beside;
    })
{
}

Walk::Walk(Town &town, int number, QByteArrayView decisions, bool isWide)
    : m_hubs(*town.hubs)
    , m_stage(town.stage)
    , m_number(number)
    , m_dice(decisions)
    , m_mayDrain(m_dice.roll(8) == 7)
    , m_isWide(isWide)
{
    const QByteArray watcher = "watcherw" + QByteArray::number(number);
    const std::vector<QByteArray> names{personName(0), personName(1), personName(2)};
    m_hubs.meet(watcher, names);
    note({});
    m_watcher = std::make_unique<Watcher>(m_stage.port(), watcher, names);
}

void Walk::run()
{
    while (!m_dice.isOver()) {
        step();
        pump(0);
    }
    settle();
    if (m_draining)
        finishDraining();
    else
        finish();
}

void Walk::step()
{
    // What makes progress is rolled more often than what ends things.
    constexpr void (Walk::*actions[])() = {
        &Walk::negotiate,  &Walk::negotiate, &Walk::openSocket, &Walk::openSocket,  &Walk::openSocket,
        &Walk::openEvents, &Walk::poll,      &Walk::poll,       &Walk::poll,        &Walk::post,
        &Walk::post,       &Walk::post,      &Walk::say,        &Walk::say,         &Walk::say,
        &Walk::say,        &Walk::say,       &Walk::remove,     &Walk::hurtPipe,    &Walk::pass,
        &Walk::settle,     &Walk::settle,    &Walk::endSignIn,  &Walk::askNonsense, &Walk::connectWithoutNegotiation,
        &Walk::drain,
    };
    constexpr void (Walk::*more[])() = {&Walk::changeRole, &Walk::renew, &Walk::converse, &Walk::converse};
    if (m_isWide && m_dice.roll(5) == 0)
        (this->*more[m_dice.roll(int(std::size(more)))])();
    else
        (this->*actions[m_dice.roll(int(std::size(actions)))])();
}

// --- with what -------------------------------------------------------------------------------------------------------

QByteArray Walk::personName(int which) const
{
    return "person" + QByteArray::number(which) + 'w' + QByteArray::number(m_number);
}

QByteArray Walk::signIn(int which) const
{
    // Three people; two of them have two sign-ins. Each walk has its own.
    const QByteArray person = personName(which / 2);
    const auto role = m_roles.find(person);
    return person + '.' + QByteArray::number(which % 2)
        + (role == m_roles.end() ? QByteArray() : 'r' + QByteArray::number(role->second));
}

QByteArray Walk::bearer()
{
    const QByteArray own = signIn(m_dice.roll(signIns));
    return m_isWide && m_dice.roll(4) == 0 ? withEnd(own) : own;
}

QByteArray Walk::withEnd(const QByteArray &signIn)
{
    constexpr int spans[] = {1, 5, 20, 100};
    const auto now = std::chrono::duration_cast<std::chrono::seconds>(m_stage.age()).count();
    return signIn + '.' + QByteArray::number(now + spans[m_dice.roll(int(std::size(spans)))]);
}

bool Walk::isRefused(const QByteArray &bearer)
{
    const QList<QByteArray> parts = bearer.split('.');
    return m_ended.contains(Line::signInOf(bearer))
        || (parts.size() > 2 && m_stage.age() >= std::chrono::seconds(parts[2].toLongLong()));
}

Walk::LinePtr Walk::line()
{
    return m_lines.empty() ? nullptr : m_lines[size_t(m_dice.roll(int(m_lines.size())))];
}

Walk::PipePtr Walk::newPipe()
{
    std::erase_if(m_pipes, [](const PipePtr &pipe) { return !pipe->isOpen(); });
    if (m_pipes.size() >= maxPipes)
        return nullptr;
    auto pipe = std::make_shared<Pipe>(++m_pipeCount, m_stage.port());
    m_pipes.push_back(pipe);
    return pipe->isOpen() ? pipe : nullptr;
}

Walk::PipePtr Walk::pipe()
{
    const int which = m_dice.roll(4);
    for (const PipePtr &pipe : m_pipes) {
        // Now and then behind a request that is not answered yet.
        if (pipe->isForRequests() && (which == 1 || (which > 1 && pipe->isIdle())))
            return pipe;
    }
    return newPipe();
}

QByteArray Walk::target(const Line &line) const
{
    return "/hub?id=" + line.token;
}

void Walk::send(const LinePtr &line, const Ask &ask, Pipe::Expected expected)
{
    const auto on = pipe();
    if (!on)
        return;
    const QByteArray bearer = line ? line->bearer : ask.fields;
    if (isRefused(bearer))
        expected.allowed = {401};
    if (m_draining)
        expected.allowed.insert(503);
    expected.line = line.get();
    on->request(hubRequest(ask.method, ask.target, bearer, line ? ask.fields : QByteArray(), ask.body),
                std::move(expected), m_dice.roll(6) == 5);
}

void Walk::loosen(const Line *line, const Statuses &more)
{
    for (const PipePtr &pipe : m_pipes)
        pipe->loosen(line, more);
}

void Walk::mayEnd(Line &line)
{
    line.mayBeOver = true;
    loosen(&line, {404});
}

void Walk::pump(int milliseconds)
{
    ::poll(nullptr, 0, milliseconds);
    if (m_draining)
        QCoreApplication::processEvents();
    for (const auto pipes = m_pipes; const PipePtr &pipe : pipes)
        pipe->read(m_draining);
}

// --- what may be done ------------------------------------------------------------------------------------------------

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
    Statuses allowed = isRefused(line->bearer) ? Statuses{401} : answersToGet(*line, Line::Use::WebSocket);
    if (m_draining)
        allowed.insert(503);
    loosen(line.get(), anything);
    if (!line->isForgotten && line->use == Line::Use::Unused && !isRefused(line->bearer))
        line->use = Line::Use::WebSocket;
    ++line->inFlight;
    auto listener = std::make_shared<Listener>(line);
    const auto done = [line, weak = std::weak_ptr(on)](int status, const QByteArray &) {
        --line->inFlight;
        const bool isAgain = line->isTaken;
        line->heardOfUse(Line::Use::WebSocket, status);
        if (status != 101)
            return;
        line->wasResumed = line->wasResumed || isAgain;
        line->stream = weak;
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
    if (!one->isForgotten && one->use == Line::Use::Unused && !isRefused(one->bearer))
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
    const bool isFirst = !one->isForgotten && one->use == Line::Use::Unused && !isRefused(one->bearer);
    if (one->use != Line::Use::Polling || one->inFlight > 0)
        loosen(one.get(), anything);
    if (isFirst)
        one->use = Line::Use::Polling;
    if (isFirst)
        ++one->inFlight;
    if (!one->polls)
        one->polls = std::make_shared<Listener>(LinePtr(LinePtr(), one.get())); // the line's own: no share in it
    send(one, {"GET", target(*one), {}, {}},
         {.what = "poll of " + one->name(),
          .allowed = allowed,
          .isPoll = true,
          .slow = !isFirst || one->inFlight > 1,
          .done = [one, isFirst](int status, const QByteArray &body) {
              if (isFirst)
                  --one->inFlight;
              if (status == 204)
                  one->mayBeOver = true;
              one->heardOfUse(Line::Use::Polling, status);
              if (status == 200)
                  one->polls->heard(body);
          }});
}

void Walk::post()
{
    const auto one = line();
    if (!one)
        return;
    const Statuses allowed = answersToPost(*one);
    // What is posted to a WebSocket's connection is refused: nothing follows from it.
    Line unheard = *one;
    const bool isHeard = !m_isWide || !one->isTaken || one->use != Line::Use::WebSocket;
    const QByteArray body = words(isHeard ? *one : unheard);
    send(one, {"POST", target(*one), {}, body},
         {.what = "POST to " + one->name() + ' ' + body.left(60),
          .allowed = allowed,
          .slow = one->use == Line::Use::Polling && one->speaksLoud});
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

void Walk::say()
{
    const auto one = line();
    const auto on = one ? one->stream.lock() : nullptr;
    if (!on || !on->isWebSocket())
        return;
    sayOn(on, *one, words(*one));
}

void Walk::sayOn(const PipePtr &on, const Line &line, const QByteArray &payload)
{
    const int opcode = line.isBinary ? 2 : 1;
    note(QByteArray::number(on->serial()) + ": " + line.name() + " says "
         + (line.isBinary ? payload.left(60).toHex() : payload.left(120)));
    if (m_dice.roll(5) == 4 && payload.size() > 1) {
        // In two fragments.
        const qsizetype half = payload.size() / 2;
        on->say(clientFrame(opcode, payload.first(half)) + clientFrame(0x80, payload.sliced(half)),
                m_dice.roll(4) == 3);
        return;
    }
    on->say(clientFrame(0x80 | opcode, payload), m_dice.roll(8) == 7);
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
    Statuses allowed{isRefused(line->bearer) ? 401 : 101};
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

void Walk::hurtPipe()
{
    if (m_pipes.empty())
        return;
    const auto one = m_pipes[size_t(m_dice.roll(int(m_pipes.size())))];
    for (const LinePtr &line : m_lines) {
        // Requests that were under way on it may be handled at any time from now on, or never.
        if (line->stream.lock() == one || line->use != Line::Use::WebSocket || line->inFlight > 0)
            mayEnd(*line);
        if (!one->isIdle())
            line->inFlight += one->asksAbout(line.get()) ? 1 : 0;
    }
    const int how = m_dice.roll(4);
    note(QByteArray::number(one->serial()) + (how == 0 ? ": half-closed" : how == 1 ? ": reset" : ": dropped"));
    if (how == 0)
        one->endWriting();
    else
        one->drop(how == 1);
}

void Walk::pass()
{
    constexpr int spans[] = {0, 10, 200, 1'100, 5'000, 11'000, 16'000, 31'000, 91'000};
    const int span = spans[m_dice.roll(int(std::size(spans)))];
    note("time goes by, " + QByteArray::number(span) + " ms");
    m_stage.clock().advance(std::chrono::milliseconds(span));
    m_hubs.tick();
    m_passed += span;
    for (const LinePtr &line : m_lines) {
        if (isRefused(line->bearer))
            loosen(line.get(), {401}); // what was asked before may be heard after
    }
    if (m_passed >= 15'000) { // the shortest of the time-outs
        for (const LinePtr &line : m_lines)
            mayEnd(*line);
    }
    if (!m_draining)
        m_watcher->live();
    pump(m_dice.roll(3) == 0 ? 60 : 0); // a heartbeat
}

void Walk::endSignIn()
{
    if (m_dice.roll(3) != 0)
        return;
    const QByteArray token = Line::signInOf(bearer());
    note("the sign-in " + token + " ends");
    endTokens({token});
    m_stage.endSignIn(token);
}

void Walk::endTokens(const std::vector<QByteArray> &signIns)
{
    m_ended.insert(signIns.begin(), signIns.end());
    for (const LinePtr &line : m_lines) {
        if (m_ended.contains(line->signIn())) {
            line->mayBeOver = true;
            loosen(line.get(), {401, 404});
        }
    }
}

void Walk::changeRole()
{
    const int which = m_dice.roll(people);
    const std::vector<QByteArray> old{signIn(2 * which), signIn(2 * which + 1)};
    note("the role of " + personName(which) + " is changed");
    ++m_roles[personName(which)];
    endTokens(old);
    m_stage.endSignIns(old);
}

void Walk::renew()
{
    const auto one = line();
    if (!one)
        return;
    loosen(one.get(), {401}); // the old one may end before what was asked with it is heard
    one->bearer = m_dice.roll(3) == 0 ? one->signIn() : withEnd(one->signIn());
    note(one->name() + " has the token " + one->bearer);
}

void Walk::settle()
{
    const auto owes = [this] {
        return std::any_of(m_pipes.begin(), m_pipes.end(), [](const PipePtr &pipe) { return pipe->owes(); });
    };
    for (const PipePtr &pipe : m_pipes)
        pipe->sayRest();
    QElapsedTimer waited;
    waited.start();
    pump(0);
    while (owes()) {
        pump(1);
        if (waited.elapsed() > patience) {
            for (const PipePtr &pipe : m_pipes)
                note(pipe->story());
            fail("an answer does not come");
        }
    }
    checkPresence();
}

void Walk::checkPresence()
{
    if (m_draining)
        return;
    for (const LinePtr &line : m_lines) {
        if (line->isHere && !line->mayBeOver && line->inFlight == 0
            && !m_stage.presence().isOnline(HubStage::person(line->person())))
            fail(line->name() + " is connected and its person is not online");
    }
}

void Walk::drain()
{
    if (!m_mayDrain || m_draining)
        return;
    note("the server goes down");
    m_draining = true;
    loosen(nullptr, {404, 503});
    for (const LinePtr &line : m_lines)
        mayEnd(*line);
    m_stage.door().drain([this] { m_drained = true; });
}

void walk(QByteArrayView decisions, bool isWide)
{
    static std::unique_ptr<Town> town;
    static int number = 0;
    if (!town) {
        QLoggingCategory::setFilterRules(QStringLiteral("tertulia.*.info=false"));
        town = std::make_unique<Town>();
        std::atexit([] { town.reset(); }); // before Qt's globals go, which its store needs
    }
    Walk one(*town, ++number, decisions, isWide);
    one.run();
    if (one.hasDrained())
        town.reset();
}

} // namespace Tertulia::Walks
