// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Any byte stream gives the same messages, and the same end, however it is cut into chunks. The first byte chooses
// protocol and limit, the second how the rest is cut.
#include "fuzz/expect.h"

#include "support/describe.h"

#include "protocol/hubprotocol.h"

using namespace Tertulia;

namespace {

/// Takes what is there; false after an error.
bool drain(HubMessageReader &reader, QByteArrayList &all)
{
    for (;;) {
        const auto message = reader.next();
        if (!message) {
            all += "error";
            return false;
        }
        if (!*message)
            return true;
        all += Testing::describe(**message);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2)
        return 0;
    const HubProtocol &protocol = data[0] & 1 ? messagePackHubProtocol() : jsonHubProtocol();
    const qsizetype limit = data[0] & 2 ? 64 : data[0] & 4 ? 0 : 1024;
    const QByteArray bytes(reinterpret_cast<const char *>(data) + 2, qsizetype(size) - 2);

    HubMessageReader whole(limit);
    whole.setProtocol(protocol);
    whole.append(bytes);
    QByteArrayList expected;
    drain(whole, expected);

    HubMessageReader parts(limit);
    parts.setProtocol(protocol);
    QByteArrayList got;
    quint32 random = data[1] + 1U;
    for (qsizetype at = 0; at < bytes.size();) {
        random = random * 1664525U + 1013904223U;
        const qsizetype chunk = 1 + qsizetype(random >> 24) % (data[1] % 40 + 1);
        parts.append(bytes.mid(at, chunk));
        at += chunk;
        if (!drain(parts, got))
            break;
    }
    EXPECT(got == expected);
    if (expected.isEmpty() || expected.last() != "error")
        EXPECT(parts.buffered() == whole.buffered());
    return 0;
}
