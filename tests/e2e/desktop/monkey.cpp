// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "e2e/desktop/monkey.h"

#include <iterator>

namespace Tertulia::Test {

using namespace Qt::StringLiterals;

namespace {

// What the window says is its least, and the screen.
constexpr QSize smallest{360, 480}, largest{1280, 800};
constexpr QSize calm{1000, 700};

// Ctrl+Q is not among them: the program is to stay. Nor Ctrl+V: what was copied of one conversation would be written in
// another, where Circle takes it for a row of the wrong one.
const QString keys[] = {
    u"Return"_s,    u"Return"_s,       u"Tab"_s,        u"shift+Tab"_s, u"Escape"_s,       u"Escape"_s,   u"Up"_s,
    u"Down"_s,      u"Left"_s,         u"Right"_s,      u"Prior"_s,     u"Next"_s,         u"Home"_s,     u"End"_s,
    u"space"_s,     u"BackSpace"_s,    u"Delete"_s,     u"F1"_s,        u"F6"_s,           u"shift+F6"_s, u"Menu"_s,
    u"ctrl+k"_s,    u"ctrl+k"_s,       u"ctrl+n"_s,     u"ctrl+f"_s,    u"ctrl+e"_s,       u"ctrl+a"_s,   u"ctrl+z"_s,
    u"ctrl+y"_s,    u"ctrl+c"_s,       u"ctrl+comma"_s, u"alt+Down"_s,  u"alt+Down"_s,     u"alt+Up"_s,   u"shift+Up"_s,
    u"ctrl+Home"_s, u"ctrl+shift+a"_s, u"ctrl+End"_s,   u"ctrl+x"_s,    u"shift+Return"_s, u"ctrl+Left"_s};

const QString words[] = {u"ben"_s,
                         u"chlo"_s,
                         u"dan"_s,
                         u"a"_s,
                         u"hello there"_s,
                         u"*bold* "_s,
                         u"~~gone~~ "_s,
                         u"`code` "_s,
                         u"1. first "_s,
                         u"> quoted "_s,
                         u"good :) "_s,
                         u"https://example.org/a "_s,
                         u"snake_case_name "_s,
                         u"\U0001F44D "_s,
                         u"שלום "_s};

} // namespace

Monkey::Monkey(DesktopClient &client, quint32 seed)
    : m_client(client)
    , m_dice(seed)
    , m_size(calm)
{
}

QString Monkey::acts()
{
    // Of a hundred.
    const quint32 what = m_dice.bounded(100U);
    if (!m_isLooking && what < 50)
        return looksAwayOrBack();
    if (what < 42)
        return presses();
    if (what < 58)
        return types();
    if (what < 76)
        return clicks();
    if (what < 90)
        return turnsTheWheel();
    if (what < 94)
        return drags();
    if (what < 97)
        return resizes();
    return looksAwayOrBack();
}

void Monkey::comesToRest()
{
    m_isLooking = true;
    m_size = calm;
    m_client.hand({u"windowsize"_s, QString::number(m_size.width()), QString::number(m_size.height())});
    m_client.takesTheKeys(true);
    for (int i = 0; i < 4; ++i)
        m_client.press(u"Escape"_s);
    m_client.press(u"ctrl+f"_s); // and away from the search for people, where nothing says whose account it is
}

QStringList Monkey::somewhere()
{
    return {u"mousemove"_s, u"--window"_s, u"%1"_s, QString::number(m_dice.bounded(m_size.width())),
            QString::number(m_dice.bounded(m_size.height()))};
}

QString Monkey::presses()
{
    const QString key = keys[m_dice.bounded(quint32(std::size(keys)))];
    m_client.press(key);
    return key;
}

QString Monkey::types()
{
    const QString text = words[m_dice.bounded(quint32(std::size(words)))];
    m_client.type(text);
    return u"types "_s + text;
}

QString Monkey::clicks()
{
    const QStringList place = somewhere();
    const quint32 how = m_dice.bounded(10U);
    const QString button = how == 0 ? u"3"_s : u"1"_s;
    const QString times = how == 1 ? u"2"_s : u"1"_s;
    m_client.hand(place + QStringList{u"click"_s, u"--repeat"_s, times, u"--delay"_s, u"60"_s, button});
    return u"clicks %1 x %2 at "_s.arg(button, times) + place.sliced(3).join(u' ');
}

QString Monkey::turnsTheWheel()
{
    const QStringList place = somewhere();
    const QString way = m_dice.bounded(3U) == 0 ? u"5"_s : u"4"_s;
    const QString steps = QString::number(m_dice.bounded(1, 15));
    m_client.hand(place + QStringList{u"click"_s, u"--repeat"_s, steps, u"--delay"_s, u"15"_s, way});
    return u"turns the wheel %1 x %2 at "_s.arg(way, steps) + place.sliced(3).join(u' ');
}

QString Monkey::drags()
{
    const QStringList from = somewhere(), to = somewhere();
    m_client.hand(from + QStringList{u"mousedown"_s, u"1"_s} + to + QStringList{u"mouseup"_s, u"1"_s});
    return u"drags from %1 to %2"_s.arg(from.sliced(3).join(u' '), to.sliced(3).join(u' '));
}

QString Monkey::resizes()
{
    m_size = {m_dice.bounded(smallest.width(), largest.width() + 1),
              m_dice.bounded(smallest.height(), largest.height() + 1)};
    m_client.hand({u"windowsize"_s, QString::number(m_size.width()), QString::number(m_size.height())});
    return u"makes the window %1 x %2"_s.arg(m_size.width()).arg(m_size.height());
}

QString Monkey::looksAwayOrBack()
{
    m_isLooking = !m_isLooking;
    m_client.takesTheKeys(m_isLooking);
    return m_isLooking ? u"looks back"_s : u"looks away"_s;
}

} // namespace Tertulia::Test
