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

std::string_view view(const QByteArray &text)
{
    return {text.constData(), size_t(text.size())};
}

} // namespace

QByteArray Walk::words(Line &line)
{
    QByteArray text = std::exchange(line.unsaid, {});
    // What does not begin with a handshake ends it, and POSTs that are under way together come in any order.
    const bool isOrderSure = !isAsked(line) && !line.isUnsure;
    // Half of those who begin have manners.
    if (!line.saidHello && m_dice.roll(2) == 0)
        text += greeting(line, m_dice.roll(2) == 0);
    if (!line.saidHello || !isOrderSure)
        mayEnd(line);
    for (int count = m_dice.roll(3); count >= 0; --count)
        text += record(line);
    if (m_dice.roll(5) == 4 && text.size() > 2) {
        line.unsaid = text.sliced(text.size() / 2);
        text.truncate(text.size() / 2);
    }
    return text;
}

void Walk::hello(Line &line, bool isBinary)
{
    if (!std::exchange(line.saidHello, true)) {
        line.isBinary = isBinary;
        return;
    }
    mayEnd(line); // a second one is a message without a type
    if (isBinary != line.isBinary && !line.isHere)
        line.isUnclear = true; // it may overtake the first
}

void Walk::mayResume(Line &line)
{
    if (!line.stateful)
        return;
    line.mayBeResumed = true;
    line.isPatchy = line.isPatchy || line.inFlight > 0; // one of them may resume it
    loosen(&line, {101}); // a socket that was asked for before may come behind the handshake
}

QByteArray Walk::handshake(Line &line)
{
    if (m_dice.roll(3) == 0)
        return greeting(line, true);
    switch (m_dice.roll(6)) {
    case 0:
        mayEnd(line); // not a handshake at the beginning, or a message without a type later
        return "{\"protocol\":\"xml\",\"version\":1}\x1e";
    case 1:
        line.isUnclear = true;
        mayEnd(line);
        return "{\"protocol\":\"messagepack\",\"version\":1}\x1e";
    case 2:
    case 3:
        hello(line, false);
        mayResume(line);
        return "{\"protocol\":\"json\",\"version\":2}\x1e";
    default:
        hello(line, false);
        return "{\"protocol\":\"json\",\"version\":1}\x1e";
    }
}

QByteArray Walk::greeting(Line &line, bool isBinary)
{
    hello(line, isBinary);
    if (isBinary && (line.use == Line::Use::Events || line.use == Line::Use::Unused))
        mayEnd(line); // event streams are text
    const bool isSecond = m_dice.roll(2) == 1;
    if (isSecond)
        mayResume(line);
    return QByteArray(R"({"protocol":")") + (isBinary ? "messagepack" : "json") + R"(","version":)"
        + number(isSecond ? 2 : 1) + '}' + separator;
}

QByteArray Walk::nextCall(Line &line) const
{
    return number(line.serial) + '-' + number(line.calls++);
}

QByteArray Walk::call(Line &line)
{
    const QByteArray id = nextCall(line);
    const HubProtocol &protocol = line.protocol();
    const WireFormat format = protocol.format();
    const auto with = [&](std::string_view method, const QByteArray &arguments) {
        return protocol.writeInvocation({.target = method, .invocationId = view(id)}, arguments);
    };
    const QByteArray own = encodeArguments(format, QString::fromLatin1("text " + id));
    switch (m_dice.roll(10)) {
    case 0:
        return with("Tell", encodeArguments(format, QString::fromLatin1(line.person())));
    case 1:
        line.speaksLoud = true;
        line.nextItem.emplace(id, 0);
        return protocol.writeInvocation({.target = "Count", .invocationId = view(id), .isStream = true},
                                        encodeArguments(format, m_dice.roll(200)));
    case 2:
        return with("Join", encodeArguments(format))
            + protocol.writeInvocation({.target = "Leave"}, encodeArguments(format));
    case 3:
        return with("Nothing", encodeArguments(format));
    case 4:
        return with("Echo", encodeArguments(format)); // an argument is missing
    case 5:
        return with("Slow", own);
    case 6:
        return with("Later", own);
    default:
        return with("Echo", own);
    }
}

QByteArray Walk::upload(Line &line)
{
    const HubProtocol &protocol = line.protocol();
    const WireFormat format = protocol.format();
    const int what = m_dice.roll(8);
    if (what < 2 || line.uploads.empty()) {
        const QByteArray id = nextCall(line);
        Upload &begun = line.uploads[id];
        begun.id = id + "-items";
        const QByteArray call = protocol.writeInvocation(
            {.target = "Sum", .invocationId = view(id), .streamIds = std::span(&begun.id, 1)}, encodeArguments(format));
        if (what != 0)
            return call;
        const QByteArray all = items(line, begun, m_dice.roll(30));
        begun.hasEnded = true;
        return call + all + protocol.writeEnd(view(begun.id));
    }
    // Also of those that have ended: nobody hears it.
    const auto chosen = std::next(line.uploads.begin(), m_dice.roll(int(line.uploads.size())));
    Upload &one = chosen->second;
    const bool isHeard = !one.hasEnded && !one.isBroken;
    switch (what) {
    case 2:
        one.hasEnded = true;
        return protocol.writeEnd(view(one.id));
    case 3:
        one.isBroken = one.isBroken || isHeard;
        one.hasEnded = true;
        return protocol.writeError(view(one.id), u"enough");
    case 4:
        one.isBroken = one.isBroken || isHeard;
        return protocol.writeStreamItem(view(one.id), encode(format, QStringLiteral("no number")));
    default:
        return items(line, one, what == 7 ? 25 : 1); // more than may wait, or one
    }
}

QByteArray Walk::items(const Line &line, Upload &upload, int count)
{
    const HubProtocol &protocol = line.protocol();
    QByteArray all;
    for (; count > 0; --count) {
        const int item = m_dice.roll(100);
        all += protocol.writeStreamItem(view(upload.id), encode(protocol.format(), item));
        upload.sum += upload.hasEnded || upload.isBroken ? 0 : item;
    }
    return all;
}

QByteArray Walk::record(Line &line)
{
    constexpr int numbers[] = {-1, 0, 1, 2, 3, 5, 40, 2'000'000'000};
    const HubProtocol &protocol = line.protocol();
    const WireFormat format = protocol.format();
    if (m_dice.roll(4) == 0)
        return upload(line);
    switch (m_dice.roll(20)) {
    case 0:
    case 1:
    case 2:
    case 3:
    case 4:
        return handshake(line);
    case 5:
        return protocol.writePing();
    case 6:
        return protocol.writeAck(numbers[m_dice.roll(8)]);
    case 7:
        mayEnd(line);
        return protocol.writeSequence(numbers[m_dice.roll(8)]);
    case 8:
        mayEnd(line);
        return protocol.writeClose({}, false);
    case 9:
        mayEnd(line);
        return line.isBinary ? QByteArray("\x03\xc1\xc1\xc1") : QByteArray("nonsense") + separator;
    case 10:
        mayEnd(line);
        return protocol.writeInvocation({.target = m_dice.roll(2) == 0 ? "End" : "Abort"}, encodeArguments(format));
    case 11:
        if (m_dice.roll(4) != 0)
            return protocol.writePing();
        mayEnd(line);
        return protocol.writeInvocation({.target = "Echo"}, encodeArguments(format, QString(40'000, u'x')));
    case 12: // of a stream that nobody began, and the end of one
        return protocol.writeCancel("none") + protocol.writeStreamItem("none", encode(format, 1))
            + protocol.writeEnd("none");
    default:
        return call(line);
    }
}

void Walk::converse()
{
    if (m_lines.size() >= maxLines)
        return;
    negotiate();
    settle();
    const auto one = m_lines.back();
    if (one->isForgotten)
        return;
    openSocketOn(one);
    settle();
    const auto on = one->stream.lock();
    if (!on || !on->isWebSocket())
        return;
    sayOn(on, *one, greeting(*one, m_dice.roll(2) == 0));
    for (int count = 1 + m_dice.roll(6); count > 0 && on->isWebSocket(); --count)
        sayOn(on, *one, m_dice.roll(3) == 0 ? call(*one) : upload(*one));
    settle();
    pump(1);
}

} // namespace Tertulia::Walks
