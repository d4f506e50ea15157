// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "e2e/histories/steps.h"

#include "client/limits.h"
#include "e2e/support/grouptool.h"

namespace Tertulia::Test {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostWords = 8;
constexpr int farBack = 30;
constexpr int longestBreak = 4'000;

QString placed(const Client::ConversationEntry &entry)
{
    return entry.conversation.id.toString().last(4);
}

// What people do

QString writes(History &history, Seat &seat)
{
    const auto *const entry = history.anyConversation(seat);
    if (!entry)
        return {};
    const ConversationId id = entry->conversation.id;
    const int count = history.below(10) == 0 ? mostWords : 1;
    for (int i = 0; i < count; ++i)
        history.write(seat, id);
    return u"writes %1 into %2"_s.arg(count).arg(id.toString().last(4));
}

QString reacts(History &history, Seat &seat)
{
    static const QString reactions[] = {u"\u2764"_s, u"!"_s, QString()};
    const auto *const entry = history.anyConversation(seat);
    if (!entry)
        return {};
    const ConversationId id = entry->conversation.id;
    const auto known = seat.desk->store().messages().before(id, Client::Limits::maxSequence, farBack);
    if (known.empty())
        return {};
    const Message &message = known[size_t(history.below(int(known.size())))];
    const QString &reaction = reactions[history.below(std::size(reactions))];
    std::ignore = seat.client().react(id, message.id, reaction);
    return u"reacts to %1 with '%2'"_s.arg(message.content, reaction);
}

QString reads(History &history, Seat &seat)
{
    const auto *const entry = history.anyConversation(seat);
    if (!entry || entry->lastSequence() == 0)
        return {};
    const Sequence last = entry->lastSequence();
    const Sequence upTo = history.below(2) == 0 ? last : 1 + history.below(int(last));
    const QString where = placed(*entry);
    seat.client().markRead(entry->conversation.id, upTo);
    return u"reads %1 of %2 in %3"_s.arg(upTo).arg(last).arg(where);
}

QString deletesConversation(History &history, Seat &seat)
{
    const auto *const entry = history.anyConversation(seat);
    if (!entry)
        return {};
    const QString where = placed(*entry);
    std::ignore = seat.client().remove(entry->conversation.id);
    return u"deletes "_s + where;
}

QString beginsConversation(History &history, Seat &seat)
{
    const auto people = history.people();
    const UserId other = people[size_t(history.below(int(people.size())))];
    if (other == seat.id)
        return {};
    std::ignore = seat.client().openDirect(other);
    return u"begins to talk with "_s + other.toString().last(4);
}

/// There is no other way yet: as a tool, while no server is running, whose change numbers are behind the tool's.
QString foundsGroup(History &history, Seat &seat)
{
    if (history.home().isUp())
        return {};
    QStringList members{seat.id.toString()};
    for (const UserId &one : history.people()) {
        if (one != seat.id && history.below(2) == 0)
            members += one.toString();
    }
    const QString id = GroupTool(history.home().dataFolder()).gather(members, 0);
    return u"founds the group %1 of %2"_s.arg(id.last(4)).arg(members.size());
}

// What they look at

QString opens(History &history, Seat &seat)
{
    const auto *const entry = history.anyConversation(seat);
    if (!entry)
        return {};
    const QString where = placed(*entry);
    seat.client().open(entry->conversation.id);
    return u"opens "_s + where;
}

QString closes(History &history, Seat &seat)
{
    const auto *const entry = history.anyConversation(seat);
    if (!entry || !seat.client().timeline(entry->conversation.id))
        return {};
    seat.client().close(entry->conversation.id);
    return u"closes "_s + placed(*entry);
}

QString scrolls(History &history, Seat &seat)
{
    const auto *const entry = history.anyConversation(seat);
    Client::Timeline *const timeline = entry ? seat.client().timeline(entry->conversation.id) : nullptr;
    if (!timeline || timeline->lastSequence() == 0)
        return {};
    switch (history.below(4)) {
    case 0:
        timeline->jumpToLatest();
        break;
    case 1:
        timeline->jumpTo(1 + history.below(int(timeline->lastSequence())));
        break;
    case 2:
        timeline->loadNewer();
        break;
    default:
        timeline->loadOlder();
    }
    return u"scrolls in "_s + placed(*entry);
}

// What happens to their clients, to the way and to the server

QString comesOrGoes(History &, Seat &seat)
{
    seat.isOnline = !seat.isOnline;
    if (seat.isOnline)
        seat.desk->comesOnline();
    else
        seat.desk->goesOffline();
    return seat.isOnline ? u"comes online"_s : u"goes offline"_s;
}

QString restarts(History &history, Seat &seat)
{
    if (!history.home().isUp() || seat.isCut)
        return {};
    history.standUp(seat);
    history.sitDown(seat);
    return u"starts anew from its file"_s;
}

QString losesConnections(History &, Seat &seat)
{
    seat.link->breakNow();
    return u"loses its connections"_s;
}

/// Between a request and its answer, in the middle of a frame, wherever it is.
QString willLoseConnections(History &history, Seat &seat)
{
    const bool isFromServer = history.below(2) == 0;
    const int bytes = history.below(longestBreak);
    seat.link->breakAfter(isFromServer, bytes);
    return u"loses its connections after %1 bytes from the %2"_s.arg(bytes).arg(isFromServer ? u"server"_s
                                                                                             : u"client"_s);
}

QString networkComesOrGoes(History &, Seat &seat)
{
    seat.isCut = !seat.isCut;
    if (seat.isCut)
        seat.link->cut();
    else
        seat.link->mend();
    return seat.isCut ? u"has no network"_s : u"has a network again"_s;
}

QString serverDiesOrComesBack(History &history, Seat &)
{
    Home &home = history.home();
    if (home.isUp())
        home.kill();
    else if (!home.start())
        qFatal("%s", qPrintable(home.why()));
    return home.isUp() ? u"the server is back"_s : u"the server is killed"_s;
}

/// Everything else goes on.
QString waits(History &history, Seat &)
{
    QTest::qWait(1 + history.below(50));
    return u"waits"_s;
}

constexpr Step steps[] = {
    {.weight = 300, .take = writes},
    {.weight = 150, .take = reacts},
    {.weight = 150, .take = reads},
    {.weight = 25, .take = deletesConversation},
    {.weight = 30, .take = beginsConversation},
    {.weight = 60, .take = foundsGroup},
    {.weight = 60, .take = opens},
    {.weight = 30, .take = closes},
    {.weight = 40, .take = scrolls},
    {.weight = 40, .take = comesOrGoes},
    {.weight = 15, .take = restarts},
    {.weight = 40, .take = losesConnections},
    {.weight = 60, .take = willLoseConnections},
    {.weight = 40, .take = networkComesOrGoes},
    {.weight = 15, .take = serverDiesOrComesBack},
    {.weight = 120, .take = waits},
};

} // namespace

std::span<const Step> allSteps()
{
    return steps;
}

} // namespace Tertulia::Test
