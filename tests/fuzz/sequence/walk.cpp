// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/sequence/walk.h"

#include "unit/signalr/hubtalk.h"

#include <QCoreApplication>
#include <QLoggingCategory>

#include <poll.h>

namespace Tertulia::Walks {

using namespace Tertulia::Test;

namespace {

constexpr size_t maxPipes = 24;
constexpr int signIns = 5, people = 3;

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
    : stage(hubSettings(), netSettings(), [this](HubServer &server, const Clock &clock) {
        auto beside = std::make_unique<ChatHubsBeside>(server, clock);
        hubs = beside.get();
        return beside;
    })
{
}

Walk::Walk(Town &town, int number, QByteArrayView decisions)
    : m_hubs(*town.hubs)
    , m_stage(town.stage)
    , m_number(number)
    , m_dice(decisions)
    , m_mayDrain(m_dice.roll(8) == 7)
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
    if (m_dice.roll(5) == 0)
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
    return m_dice.roll(4) == 0 ? withEnd(own) : own;
}

QByteArray Walk::withEnd(const QByteArray &signIn)
{
    constexpr int spans[] = {1, 5, 20, 100};
    const auto now = std::chrono::duration_cast<std::chrono::seconds>(m_stage.age()).count();
    return signIn + '.' + QByteArray::number(now + spans[m_dice.roll(int(std::size(spans)))]);
}

Walk::Token Walk::tokenOf(const QByteArray &bearer)
{
    if (m_ended.contains(Line::signInOf(bearer)))
        return Token::Refused;
    const QList<QByteArray> parts = bearer.split('.');
    if (parts.size() <= 2)
        return Token::Good;
    const HubSettings &settings = m_stage.server().settings();
    const auto over = m_stage.age() - std::chrono::seconds(parts[2].toLongLong());
    if (over < std::chrono::seconds(0))
        return Token::Good;
    return over < settings.tokenGrace + settings.heartbeat ? Token::Over : Token::Refused;
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

bool Walk::send(const LinePtr &line, const Ask &ask, Pipe::Expected expected)
{
    const auto on = pipe();
    if (!on)
        return false;
    const QByteArray bearer = line ? line->bearer : ask.fields;
    const Token token = tokenOf(bearer);
    const bool isSpeech = ask.method == "POST" && !ask.target.startsWith("/hub/negotiate");
    if (token == Token::Refused || (token == Token::Over && !isSpeech))
        expected.allowed = {401};
    if (m_draining)
        expected.allowed.insert(503);
    expected.line = line.get();
    on->request(hubRequest(ask.method, ask.target, bearer, line ? ask.fields : QByteArray(), ask.body),
                std::move(expected), m_dice.roll(6) == 5);
    return true;
}

bool Walk::isAsked(const Line &line) const
{
    return std::any_of(m_pipes.begin(), m_pipes.end(), [&line](const PipePtr &pipe) { return pipe->asksAbout(&line); });
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
        if (!isGood(line->bearer))
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

void Walk::endTokens(const std::vector<QByteArray> &ended)
{
    m_ended.insert(ended.begin(), ended.end());
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

bool Walk::isOwed(const Line &line)
{
    const auto on = line.stream.lock();
    return on && on->isWebSocket() && line.inFlight == 0 && line.owesAnswers();
}

void Walk::settle()
{
    const auto owes = [this] {
        return std::any_of(m_pipes.begin(), m_pipes.end(), [](const PipePtr &pipe) { return pipe->owes(); })
            || std::any_of(m_lines.begin(), m_lines.end(), [](const LinePtr &line) { return isOwed(*line); });
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
            for (const LinePtr &line : m_lines) {
                if (isOwed(*line))
                    note(line->name() + " waits for the answers to its calls");
            }
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
            && !m_hubs.presence().isOnline(HubStage::person(line->person())))
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

void walk(QByteArrayView decisions)
{
    static std::unique_ptr<Town> town;
    static int number = 0;
    if (!town) {
        QLoggingCategory::setFilterRules(QStringLiteral("tertulia.*.info=false"));
        town = std::make_unique<Town>();
        // Before the application and Qt's globals go, whichever is first: its store needs both.
        const auto end = [] { town.reset(); };
        qAddPostRoutine(end);
        std::atexit(end);
    }
    Walk one(*town, ++number, decisions);
    one.run();
    if (one.hasDrained())
        town.reset();
}

} // namespace Tertulia::Walks
