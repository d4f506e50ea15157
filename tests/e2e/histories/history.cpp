// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "e2e/histories/history.h"

#include "e2e/histories/serverrows.h"
#include "e2e/histories/steps.h"
#include "e2e/support/grouptool.h"
#include "e2e/support/restclient.h"

#include <algorithm>
#include <numeric>

namespace Tertulia::Test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// A hung history must end; other programs may have the disk and the cores.
constexpr int patienceMs = 60'000;

constexpr Disturbance slow{.late = 30};
constexpr Disturbance anything{.late = 10, .lost = 15, .doubled = 15, .overtaken = 25};
constexpr Manner manners[] = {
    {.name = "slow", .disturbance = slow},
    {.name = "disturbed", .disturbance = anything, .endsWithCut = true},
    {.name = "resuming", .disturbance = slow, .isResuming = true},
    {.name = "forgetful", .disturbance = anything, .endsWithCut = true, .syncPages = 1},
};

/// The lines that one has and the other has not.
QString onlyIn(const QString &one, const QString &other)
{
    const QStringList known = other.split(u'\n');
    QStringList lines = one.split(u'\n');
    lines.removeIf([&known](const QString &line) { return known.contains(line); });
    return lines.join(u'\n');
}

/// Number of the next person of a name, over all histories of one server.
int nextNumber()
{
    static int number = 0;
    return ++number;
}

} // namespace

bool Home::start()
{
    QStringList arguments;
    for (const QString &setting : {u"auth.hash_memory=8"_s, u"auth.hash_passes=1"_s, u"auth.sessions_per_person=1000"_s,
                                   u"limits.send_per_10_seconds=100000"_s, u"limits.send_per_minute=100000"_s,
                                   u"limits.changes_per_10_seconds=100000"_s, u"limits.history_per_10_seconds=100000"_s,
                                   u"limits.lists_per_10_seconds=100000"_s, u"limits.opens_per_minute=100000"_s})
        arguments << u"--set"_s << setting;
    if (const int port = m_server.url().port(); port > 0)
        m_server.listenOn(u"127.0.0.1:%1"_s.arg(port));
    return m_server.start(arguments);
}

History::History(Home &home, quint32 seed)
    : m_home(home)
    , m_seed(seed)
    , m_manner(manners[seed % std::size(manners)])
    , m_random(seed)
{
    const int number = nextNumber();
    for (const auto &[name, clients] : {std::pair(u"ana"_s, 2), std::pair(u"bob"_s, 1), std::pair(u"cleo"_s, 2)}) {
        const QString username = name + QString::number(number);
        const auto id = UserId::parse(RestClient(home.url()).signIn(username)).value_or(UserId());
        for (int client = 1; client <= clients; ++client) {
            Seat &seat = m_seats.emplace_back();
            seat.username = username;
            seat.name = clients > 1 ? name + QString::number(client) : name;
            seat.file = m_folder.filePath(seat.name + u".sqlite"_s);
            seat.id = id;
            seat.link = std::make_unique<DisturbedLink>(home.url(), quint32(m_random()), !m_manner.isResuming);
        }
    }
    QStringList all;
    for (const UserId &person : people())
        all += person.toString();
    home.kill(); // a group is made while nobody else writes
    GroupTool(home.dataFolder()).gather(all, 0);
    if (!home.start())
        qFatal("%s", qPrintable(home.why()));
    for (Seat &seat : m_seats)
        sitDown(seat);
}

History::~History() = default;

std::vector<UserId> History::people() const
{
    std::vector<UserId> all;
    for (const Seat &seat : m_seats) {
        if (all.empty() || all.back() != seat.id)
            all.push_back(seat.id);
    }
    return all;
}

/// Small pages and short waits: more happens.
DeskOptions History::optionsOf(const QString &file) const
{
    DeskOptions options;
    options.storePath = file;
    options.format = m_manner.isResuming ? WireFormat::MessagePack : WireFormat::Json;
    options.isResuming = m_manner.isResuming;
    Client::ConversationOptions &client = options.conversations;
    client.timeline.pageSize = 10;
    client.timeline.retryDelay = 50ms;
    client.outbox.firstDelay = 50ms;
    client.outbox.longestDelay = 400ms;
    client.listPage = 2;
    client.syncPage = 7;
    client.syncPages = m_manner.syncPages;
    client.readDelay = 10ms;
    client.firstRetry = 50ms;
    client.longestRetry = 400ms;
    return options;
}

void History::sitDown(Seat &seat)
{
    // The way to the server may break while it is asked who this is.
    for (int attempt = 0; attempt < 5 && (!seat.desk || !seat.desk->isSignedIn()); ++attempt)
        seat.desk = std::make_unique<Desk>(seat.link->url(), seat.username, optionsOf(seat.file));
    if (!seat.desk->isSignedIn())
        qFatal("%s cannot sign in", qPrintable(seat.username));
    seat.watch = std::make_unique<Watch>(seat.client(), m_manner.mayForget());
    const Client::Outbox *outbox = &seat.client().outbox();
    QObject::connect(outbox, &Client::Outbox::sent, seat.watch.get(),
                     [this](const Client::Command &command, const Message &message) {
                         m_written[command.content].acknowledged = message.id;
                     });
    QObject::connect(outbox, &Client::Outbox::removed, seat.watch.get(), [this](const Client::Command &command) {
        if (command.kind == Client::Command::Kind::Send)
            m_written[command.content].isGivenUp = true;
    });
    seat.desk->comesOnline();
    seat.isOnline = true;
}

void History::standUp(Seat &seat)
{
    seat.watch.reset();
    seat.desk.reset();
}

const Client::ConversationEntry *History::anyConversation(const Seat &seat)
{
    const int count = seat.client().count();
    return count > 0 ? &seat.client().at(below(count)) : nullptr;
}

void History::write(const Seat &seat, const ConversationId &id)
{
    const QString text = u"%1 from %2"_s.arg(m_written.size() + 1).arg(seat.name);
    m_written[text].conversation = id;
    std::ignore = seat.client().send(id, text);
}

QString History::play(int phases, int steps)
{
    QString wrong;
    for (int phase = 0; phase < phases && wrong.isEmpty(); ++phase) {
        for (Seat &seat : m_seats)
            seat.link->setDisturbance(m_manner.disturbance);
        for (int i = 0; i < steps && wrong.isEmpty(); ++i) {
            step();
            wrong = faults();
        }
        if (wrong.isEmpty())
            wrong = settle();
    }
    if (wrong.isEmpty())
        return {};
    return u"seed %1 (%2): %3\nafter\n  %4"_s.arg(m_seed).arg(QLatin1StringView(m_manner.name), wrong,
                                                              m_steps.join(u"\n  "_s));
}

void History::step()
{
    static const int all = std::transform_reduce(allSteps().begin(), allSteps().end(), 0, std::plus(),
                                                 [](const Step &one) { return one.weight; });
    Seat &seat = m_seats[size_t(below(int(m_seats.size())))];
    int place = below(all);
    const auto chosen = std::find_if(allSteps().begin(), allSteps().end(), [&place](const Step &one) {
        place -= one.weight;
        return place < 0;
    });
    if (const QString done = chosen->take(*this, seat); !done.isEmpty())
        m_steps += seat.name + u' ' + done;
    QTest::qWait(below(8));
}

QString History::faults() const
{
    for (const Seat &seat : m_seats) {
        seat.watch->look();
        if (const QString found = seat.watch->faults(); !found.isEmpty())
            return seat.name + u": "_s + found;
    }
    return {};
}

bool History::isSettled() const
{
    return std::all_of(m_seats.begin(), m_seats.end(), [](const Seat &seat) { return seat.desk->isSettled(); });
}

QString History::settle()
{
    m_steps += u"comes to rest"_s;
    if (!m_home.isUp() && !m_home.start())
        return m_home.why();
    for (Seat &seat : m_seats) {
        seat.link->setDisturbance({});
        seat.link->breakAfter(true, -1); // what was to come does not
        if (std::exchange(seat.isCut, false))
            seat.link->mend();
        if (m_manner.endsWithCut)
            seat.link->breakNow();
        if (!std::exchange(seat.isOnline, true))
            seat.desk->comesOnline();
    }
    if (!QTest::qWaitFor([this] { return isSettled(); }, patienceMs))
        return u"does not settle"_s;
    if (const QString difference = compare(); !difference.isEmpty())
        return difference;
    if (const QString missing = checkWritten(); !missing.isEmpty())
        return missing;
    const QString found = faults();
    for (const Seat &seat : m_seats)
        seat.watch->rest();
    return found;
}

QString History::compare()
{
    std::map<UserId, std::unique_ptr<Desk>> fresh;
    std::map<const Seat *, std::vector<ConversationId>> closed;
    for (const Seat &seat : m_seats) {
        auto &desk = fresh[seat.id];
        if (!desk) {
            desk = std::make_unique<Desk>(m_home.url(), seat.username, optionsOf({}));
            desk->comesOnline();
        }
        for (int i = 0; i < seat.client().count(); ++i) {
            if (const ConversationId id = seat.client().at(i).conversation.id; !seat.client().timeline(id))
                closed[&seat].push_back(id);
        }
    }
    const bool isFresh = QTest::qWaitFor(
        [&fresh] {
            return std::all_of(fresh.begin(), fresh.end(), [](const auto &one) { return one.second->isSettled(); });
        },
        patienceMs);
    if (!isFresh)
        return u"a client that starts afresh does not settle"_s;
    ServerRows rows(m_home.dataFolder());
    const auto differences = [&] {
        QString all;
        for (const Seat &seat : m_seats) {
            Desk &anew = *fresh[seat.id];
            const QString kept = seat.desk->picture();
            const QString expected = anew.isSettled() ? anew.picture() : QString();
            if (kept != expected || kept.isEmpty())
                all += u"%1 is not what it is afresh\n--- kept\n%2\n--- afresh\n%3\n"_s.arg(
                    seat.name, onlyIn(kept, expected), onlyIn(expected, kept));
            if (expected.isEmpty())
                continue;
            for (Client::ConversationClient *const shown : {&seat.client(), &anew.conversations()}) {
                if (const QString row = rows.differs(seat.id, *shown); !row.isEmpty())
                    all += seat.name + u" is not what the server's rows say: "_s + row + u'\n';
            }
        }
        return all;
    };
    QString found;
    std::ignore = QTest::qWaitFor([&] { return (found = differences()).isEmpty(); }, patienceMs / 3);
    for (const auto &[seat, conversations] : closed) {
        for (const ConversationId &id : conversations)
            seat->client().close(id);
    }
    return found;
}

QString History::checkWritten()
{
    const auto stored = ServerRows(m_home.dataFolder()).messagesOf(people());
    std::map<QString, MessageId> byText;
    for (const auto &[id, message] : stored) {
        if (!byText.emplace(message.content, id).second)
            return u"the server has twice: "_s + message.content;
        if (!m_written.contains(message.content))
            return u"nobody wrote: "_s + message.content;
    }
    for (const auto &[text, one] : m_written) {
        const auto at = byText.find(text);
        if (at == byText.end() && (!one.acknowledged.isNull() || !one.isGivenUp))
            return u"the server does not have: "_s + text;
        if (at != byText.end() && !one.acknowledged.isNull() && at->second != one.acknowledged)
            return u"acknowledged as another message: "_s + text;
    }
    return {};
}

} // namespace Tertulia::Test
