// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/sequence/walk.h"

// What people say on a connection: all kinds of records, whole, halved and broken.

namespace Tertulia::Walks {

namespace {

constexpr char separator = 0x1e;

QByteArray number(int value)
{
    return QByteArray::number(value);
}

} // namespace

QByteArray Walk::words(Line &line)
{
    QByteArray text = std::exchange(line.unsaid, {});
    // What does not begin with a handshake ends it, and POSTs that are under way together come in any order.
    const bool another =
        std::any_of(m_pipes.begin(), m_pipes.end(), [&line](const PipePtr &pipe) { return pipe->asksAbout(&line); });
    if (!line.saidHello || another)
        mayEnd(line);
    for (int count = m_dice.roll(3); count >= 0; --count)
        text += record(line);
    if (m_dice.roll(5) == 4 && text.size() > 2) {
        line.unsaid = text.sliced(text.size() / 2);
        text.truncate(text.size() / 2);
    }
    return text;
}

void Walk::hello(Line &line)
{
    if (std::exchange(line.saidHello, true))
        mayEnd(line); // a second one is a message without a type
}

QByteArray Walk::handshake(Line &line)
{
    switch (m_dice.roll(6)) {
    case 0:
        mayEnd(line); // not a handshake at the beginning, or a message without a type later
        return "{\"protocol\":\"xml\",\"version\":1}\x1e";
    case 1:
        line.isBinary = true;
        mayEnd(line);
        return "{\"protocol\":\"messagepack\",\"version\":1}\x1e";
    case 2:
    case 3:
        hello(line);
        line.mayBeResumed = line.mayBeResumed || line.stateful;
        return "{\"protocol\":\"json\",\"version\":2}\x1e";
    default:
        hello(line);
        return "{\"protocol\":\"json\",\"version\":1}\x1e";
    }
}

QByteArray Walk::call(Line &line)
{
    const QByteArray id = number(line.serial) + '-' + number(line.calls++);
    const auto with = [&id](const char *method, const QByteArray &arguments) {
        return R"({"type":1,"invocationId":")" + id + R"(","target":")" + method + R"(","arguments":[)" + arguments
            + "]}" + separator;
    };
    switch (m_dice.roll(10)) {
    case 0:
        return with("Tell", '"' + line.person() + '"');
    case 1:
        line.speaksLoud = true;
        line.nextItem.emplace(id, 0);
        return R"({"type":4,"invocationId":")" + id + R"(","target":"Count","arguments":[)" + number(m_dice.roll(200))
            + "]}" + separator;
    case 2:
        return with("Join", {}) + R"({"type":1,"target":"Leave","arguments":[]})" + separator;
    case 3:
        return with("Nothing", {});
    case 4:
        return with("Echo", {}); // an argument is missing
    case 5:
        return with("Slow", "\"text " + id + '"');
    case 6:
        return with("Later", "\"text " + id + '"');
    default:
        return with("Echo", "\"text " + id + '"');
    }
}

QByteArray Walk::record(Line &line)
{
    constexpr int numbers[] = {-1, 0, 1, 2, 3, 5, 40, 2'000'000'000};
    switch (m_dice.roll(20)) {
    case 0:
    case 1:
    case 2:
    case 3:
    case 4:
        return handshake(line);
    case 5:
        return QByteArray("{\"type\":6}") + separator;
    case 6:
        return R"({"type":8,"sequenceId":)" + number(numbers[m_dice.roll(8)]) + '}' + separator;
    case 7:
        mayEnd(line);
        return R"({"type":9,"sequenceId":)" + number(numbers[m_dice.roll(8)]) + '}' + separator;
    case 8:
        mayEnd(line);
        return QByteArray("{\"type\":7}") + separator;
    case 9:
        mayEnd(line);
        return QByteArray("nonsense") + separator;
    case 10: {
        mayEnd(line);
        const char *const method = m_dice.roll(2) == 0 ? "End" : "Abort";
        return QByteArray(R"({"type":1,"target":")") + method + R"(","arguments":[]})" + separator;
    }
    case 11:
        if (m_dice.roll(4) != 0)
            return QByteArray("{\"type\":6}") + separator;
        mayEnd(line);
        return R"({"type":1,"target":"Echo","arguments":[")" + QByteArray(40'000, 'x') + "\"]}" + separator;
    case 12: // of a stream that nobody began, and the end of one
        return QByteArray(R"({"type":5,"invocationId":"none"})") + separator
            + R"({"type":2,"invocationId":"none","item":1})" + separator + R"({"type":3,"invocationId":"none"})"
            + separator;
    default:
        return call(line);
    }
}

} // namespace Tertulia::Walks
