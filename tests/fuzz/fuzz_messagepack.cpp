// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Any bytes: parsing MessagePack neither reads outside nor hangs; what it accepts has a normal form that reads back as
// the same and is valid as JSON too.
#include "fuzz/expect.h"

#include "protocol/chat.h"
#include "protocol/codec.h"

using namespace Tertulia;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArrayView bytes(data, qsizetype(size));
    ValueDocument document;
    const auto lenient = parseMessagePack(document, bytes, MessagePackTail::Ignore);
    const auto value = parseMessagePack(document, bytes);
    EXPECT(!value || lenient);
    if (!value)
        return 0;
    const QByteArray normal = toMessagePack(*value);
    ValueDocument second;
    const auto again = parseMessagePack(second, normal);
    EXPECT(again && toMessagePack(*again) == normal);
    EXPECT(parseJson(second, toJson(*value)));
    (void)readValue<Message>(*value);
    (void)readValue<SyncResult>(*value);
    (void)readArguments<QString, std::optional<QStringList>>(*value);
    return 0;
}
