// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/chat.h"
#include "protocol/envelope.h"
#include "protocol/handshake.h"
#include "protocol/identity.h"
#include "protocol/negotiate.h"
#include "protocol/receipts.h"
#include "support/testmain.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace Tertulia;
using namespace Qt::StringLiterals;

namespace {

/// Reads an example as its type and writes it again; an empty answer says why not in `why`.
using RoundTrip = QByteArray (*)(const QByteArray &json, QString &why);

template <class T> QByteArray roundTrip(const QByteArray &json, QString &why)
{
    const auto value = fromJson<T>(json);
    if (!value) {
        why = value.error().message;
        return {};
    }
    const auto packed = fromMessagePack<T>(toMessagePack(*value));
    if (!packed || toJson(*packed) != toJson(*value)) {
        why = u"MessagePack gives something else"_s;
        return {};
    }
    return toJson(*value);
}

/// Types that encode and decode themselves; with a separator at the end or without.
template <class T> QByteArray selfRoundTrip(const QByteArray &json, QString &why)
{
    const auto value = T::decode(json);
    if (!value) {
        why = value.error().message;
        return {};
    }
    QByteArray out = value->encode();
    if (out.endsWith('\x1e'))
        out.chop(1);
    return out;
}

QByteArray hubMessageRoundTrip(const QByteArray &json, QString &why)
{
    const auto message = jsonHubProtocol().parse(json);
    if (!message || !*message) {
        why = message ? u"an unknown type"_s : message.error().message;
        return {};
    }
    return json;
}

const QHash<QString, RoundTrip> types{
    {u"AuthResult"_s, roundTrip<AuthResult>},
    {u"ChangePasswordRequest"_s, roundTrip<ChangePasswordRequest>},
    {u"Conversation"_s, roundTrip<Conversation>},
    {u"ConversationRef"_s, roundTrip<ConversationRef>},
    {u"ErrorEnvelope"_s, roundTrip<ErrorEnvelope>},
    {u"HandshakeRequest"_s, selfRoundTrip<HandshakeRequest>},
    {u"HandshakeResponse"_s, selfRoundTrip<HandshakeResponse>},
    {u"HubMessage"_s, hubMessageRoundTrip},
    {u"JoinResult"_s, roundTrip<JoinResult>},
    {u"LoginRequest"_s, roundTrip<LoginRequest>},
    {u"MarkMessagesRequest"_s, roundTrip<MarkMessagesRequest>},
    {u"MarkReadResult"_s, roundTrip<MarkReadResult>},
    {u"MediaInfo"_s, roundTrip<MediaInfo>},
    {u"Message"_s, roundTrip<Message>},
    {u"Message[]"_s, roundTrip<std::vector<Message>>},
    {u"MessageReaction"_s, roundTrip<MessageReaction>},
    {u"MessageReceiptCounts"_s, roundTrip<MessageReceiptCounts>},
    {u"MessageStatusUpdated"_s, roundTrip<MessageStatusUpdated>},
    {u"NegotiateResponse"_s, selfRoundTrip<NegotiateResponse>},
    {u"OpenConversationRequest"_s, roundTrip<OpenConversationRequest>},
    {u"Pagination"_s, roundTrip<Pagination>},
    {u"Presence"_s, roundTrip<Presence>},
    {u"Profile"_s, roundTrip<Profile>},
    {u"ReactRequest"_s, roundTrip<ReactRequest>},
    {u"Reaction"_s, roundTrip<Reaction>},
    {u"RefreshRequest"_s, roundTrip<RefreshRequest>},
    {u"RegisterRequest"_s, roundTrip<RegisterRequest>},
    {u"SendMessageRequest"_s, roundTrip<SendMessageRequest>},
    {u"StatusChanged"_s, roundTrip<StatusChanged>},
    {u"SuccessEnvelope<AuthResult>"_s, roundTrip<SuccessEnvelope<AuthResult>>},
    {u"SuccessEnvelope<Conversation[]>"_s, roundTrip<SuccessEnvelope<std::vector<Conversation>>>},
    {u"SuccessEnvelope<ConversationRef>"_s, roundTrip<SuccessEnvelope<ConversationRef>>},
    {u"SuccessEnvelope<Empty>"_s, roundTrip<SuccessEnvelope<Empty>>},
    {u"SuccessEnvelope<MarkDeliveredResult>"_s, roundTrip<SuccessEnvelope<MarkDeliveredResult>>},
    {u"SuccessEnvelope<MarkReadResult>"_s, roundTrip<SuccessEnvelope<MarkReadResult>>},
    {u"SuccessEnvelope<Message>"_s, roundTrip<SuccessEnvelope<Message>>},
    {u"SuccessEnvelope<MessagePage>"_s, roundTrip<SuccessEnvelope<MessagePage>>},
    {u"SuccessEnvelope<MessageReceipts>"_s, roundTrip<SuccessEnvelope<MessageReceipts>>},
    {u"SuccessEnvelope<Profile>"_s, roundTrip<SuccessEnvelope<Profile>>},
    {u"SuccessEnvelope<Reaction[]>"_s, roundTrip<SuccessEnvelope<std::vector<Reaction>>>},
    {u"SuccessEnvelope<SessionInfo[]>"_s, roundTrip<SuccessEnvelope<std::vector<SessionInfo>>>},
    {u"SuccessEnvelope<SyncResult>"_s, roundTrip<SuccessEnvelope<SyncResult>>},
    {u"SuccessEnvelope<UnreadCount>"_s, roundTrip<SuccessEnvelope<UnreadCount>>},
    {u"SuccessEnvelope<UserCard[]>"_s, roundTrip<SuccessEnvelope<std::vector<UserCard>>>},
    {u"TypingIndicator"_s, roundTrip<TypingIndicator>},
    {u"TypingRequest"_s, roundTrip<TypingRequest>},
    {u"UpdateProfileRequest"_s, roundTrip<UpdateProfileRequest>},
    {u"UserId[]"_s, roundTrip<std::vector<UserId>>},
    {u"UserOffline"_s, roundTrip<UserOffline>},
    {u"UserOnline"_s, roundTrip<UserOnline>},
};

struct Example
{
    QString type;
    bool isInput = false; ///< what clients send: the writer may add nulls and second names
    QByteArray json;
};

QString document(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

std::vector<Example> examples(const QString &text)
{
    static const QRegularExpression pattern(u"<!-- example: (\\S+)( input)? -->\\n```json\\n(.*?)\\n```"_s,
                                            QRegularExpression::DotMatchesEverythingOption);
    std::vector<Example> all;
    for (auto at = pattern.globalMatch(text); at.hasNext();) {
        const auto match = at.next();
        all.push_back({match.captured(1), !match.captured(2).isEmpty(), match.captured(3).toUtf8()});
    }
    return all;
}

/// The same JSON without white space.
QByteArray compact(const QByteArray &json)
{
    ValueDocument parsed;
    const auto value = parseJson(parsed, json);
    return value ? toJson(*value) : QByteArray("not JSON: " + value.error().message.toUtf8());
}

QStringList documents()
{
    QStringList paths;
    const QDir folder(QStringLiteral(TERTULIA_DOCS));
    for (const QString &name : folder.entryList({u"*.md"_s}, QDir::Files, QDir::Name))
        paths.append(folder.filePath(name));
    return paths;
}

} // namespace

/// The examples in docs/protocol are what the code reads and writes.
class TestDocuments : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void example_isReadAndWritten_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<bool>("isInput");
        QTest::addColumn<QByteArray>("json");
        for (const QString &path : documents()) {
            int number = 0;
            for (const Example &example : examples(document(path))) {
                QTest::addRow("%s %d %s", qPrintable(path.section(u'/', -1)), ++number, qPrintable(example.type))
                    << example.type << example.isInput << example.json;
            }
        }
    }
    void example_isReadAndWritten()
    {
        QFETCH(QString, type);
        QFETCH(bool, isInput);
        QFETCH(QByteArray, json);
        const RoundTrip codec = types.value(type);
        QVERIFY2(codec, "the test does not know this type: add it to `types`");
        QString why;
        const QByteArray written = codec(json, why);
        QVERIFY2(!written.isEmpty(), qPrintable(why));
        if (!isInput && type != u"HubMessage"_s) {
            QCOMPARE(compact(written), compact(json));
            return;
        }
        ValueDocument first;
        ValueDocument second;
        const auto given = parseJson(first, json);
        const auto again = parseJson(second, written);
        QVERIFY(given && again);
        for (const auto &[key, value] : given->entries())
            QCOMPARE(toJson(again->find(key.bytes())), toJson(value));
    }

    void everyType_hasAnExample()
    {
        QSet<QString> seen;
        for (const QString &path : documents()) {
            for (const Example &example : examples(document(path)))
                seen.insert(example.type);
        }
        // seen inside an envelope
        seen.insert(u"AuthResult"_s);
        for (auto type = types.keyBegin(); type != types.keyEnd(); ++type)
            QVERIFY2(seen.contains(*type), qPrintable(*type));
    }

    void everyJsonBlock_isTagged()
    {
        for (const QString &path : documents()) {
            const QString text = document(path);
            QCOMPARE(size_t(text.count(u"```json"_s)), examples(text).size());
        }
    }
};

TERTULIA_TEST(tst_documents, TestDocuments)
#include "tst_documents.moc"
