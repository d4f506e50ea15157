// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Any bytes: parsing JSON neither reads outside nor hangs; what it accepts is written in a normal form that reads back
// as the same, also by way of MessagePack; typed reading of it only ever succeeds or says what is wrong.
#include "fuzz/expect.h"

#include "protocol/chat.h"
#include "protocol/codec.h"
#include "protocol/envelope.h"
#include "protocol/identity.h"
#include "protocol/utf8.h"

using namespace Tertulia;

namespace {

template <class T> void readTyped(Value value)
{
    const auto read = readValue<T>(value);
    if (!read) {
        EXPECT(read.error().code == ErrorCode::Invalid);
        return;
    }
    const auto again = fromJson<T>(toJson(*read));
    EXPECT(again && toJson(*again) == toJson(*read));
    const auto packed = fromMessagePack<T>(toMessagePack(*read));
    EXPECT(packed && toJson(*packed) == toJson(*read));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArrayView text(data, qsizetype(size));
    ValueDocument document;
    const auto lenient = parseJson(document, text, JsonTail::Ignore);
    const auto value = parseJson(document, text);
    EXPECT(!value || lenient);
    if (!value)
        return 0;
    const QByteArray normal = toJson(*value);
    EXPECT(isValidUtf8({normal.constData(), size_t(normal.size())}));
    EXPECT(normal.indexOf('\x1e') < 0 && normal.indexOf('\n') < 0);
    ValueDocument second;
    const auto again = parseJson(second, normal);
    EXPECT(again && toJson(*again) == normal);
    const auto packed = parseMessagePack(second, toMessagePack(*value));
    EXPECT(packed && toJson(*packed) == normal);

    readTyped<Message>(*value);
    readTyped<Conversation>(*value);
    readTyped<SendMessageRequest>(*value);
    readTyped<SyncResult>(*value);
    readTyped<MessageStatusUpdated>(*value);
    readTyped<LoginRequest>(*value);
    readTyped<Profile>(*value);
    readTyped<ErrorEnvelope>(*value);
    readTyped<SuccessEnvelope<MessagePage>>(*value);
    (void)readArguments<QString, bool>(*value);
    return 0;
}
