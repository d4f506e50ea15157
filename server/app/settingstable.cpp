// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/settingvalues.h"

#include <QUrl>

#include <algorithm>

namespace Tertulia::Server {

namespace {

using namespace SettingValues;

constexpr qint64 million = 1'000'000;
constexpr qint64 gibi = 1LL << 30;

// The part of Config a setting lives in; keeps the rows below to what differs.
// NOLINTBEGIN(bugprone-macro-parentheses): a type and a member's name
#define IN(path)                                                                                                       \
    [](Config & config) -> auto &                                                                                      \
    {                                                                                                                  \
        return config.path;                                                                                            \
    }
// NOLINTEND(bugprone-macro-parentheses)

Setting listen()
{
    Setting setting = list(
        "server", "listen",
        [](Config &) -> QStringList & {
            static QStringList none;
            return none;
        },
        "Where to listen: \"ADDRESS:PORT\", or \"tls://ADDRESS:PORT\" with the certificate below; IPv6 in "
        "brackets. Port 0 takes a free one. An address other than loopback needs TLS or "
        "allow_plain_on_public_address.");
    setting.set = [](Config &config, const QStringList &values) -> Result<void> {
        std::vector<ListenAddress> addresses;
        for (const QString &value : values) {
            auto address = parseListen(value);
            if (!address)
                return failure(address.error());
            addresses.push_back(*address);
        }
        if (addresses.empty())
            return failure(wrong(QStringLiteral("at least one \"ADDRESS:PORT\"")));
        config.net.listen = std::move(addresses);
        return {};
    };
    setting.get = [](const Config &config) {
        QStringList values;
        for (const ListenAddress &address : config.net.listen) {
            const QString host = address.address.toString();
            values.append((address.tls ? QStringLiteral("tls://") : QString())
                          + (host.contains(QLatin1Char(':')) ? QLatin1Char('[') + host + QLatin1Char(']') : host)
                          + QLatin1Char(':') + QString::number(address.port));
        }
        return values;
    };
    return setting;
}

Setting trustedProxies()
{
    Setting setting = list(
        "server", "trusted_proxies",
        [](Config &) -> QStringList & {
            static QStringList none;
            return none;
        },
        "Addresses or networks (\"10.0.0.0/8\") of the proxies whose X-Forwarded-For and "
        "X-Forwarded-Proto are believed.");
    setting.set = [](Config &config, const QStringList &values) -> Result<void> {
        std::vector<std::pair<QHostAddress, int>> networks;
        for (const QString &value : values) {
            const QHostAddress single(value);
            const auto network = single.isNull()
                ? QHostAddress::parseSubnet(value)
                : std::pair(single, single.protocol() == QAbstractSocket::IPv6Protocol ? 128 : 32);
            if (network.first.isNull())
                return failure(wrong(QStringLiteral("addresses or networks such as \"127.0.0.1\" or \"10.0.0.0/8\"")));
            networks.push_back(network);
        }
        config.net.trustedProxies = std::move(networks);
        return {};
    };
    setting.get = [](const Config &config) {
        QStringList values;
        for (const auto &[address, prefix] : config.net.trustedProxies)
            values.append(address.toString() + QLatin1Char('/') + QString::number(prefix));
        return values;
    };
    return setting;
}

Setting oneOf(Setting setting, const QStringList &words)
{
    setting.description += QStringLiteral(" One of: ") + words.join(QStringLiteral(", ")) + QLatin1Char('.');
    setting.set = [words, inner = setting.set](Config &config, const QStringList &values) -> Result<void> {
        if (!words.contains(values.value(0)))
            return failure(wrong(QStringLiteral("one of: ") + words.join(QStringLiteral(", "))));
        return inner(config, values);
    };
    return setting;
}

/// A list each of whose entries passes `isGood`; `wanted` says what those are.
Setting eachOf(Setting setting, bool (*isGood)(const QString &), const QString &wanted)
{
    setting.set = [isGood, wanted, inner = setting.set](Config &config, const QStringList &values) -> Result<void> {
        if (!std::all_of(values.begin(), values.end(), isGood))
            return failure(wrong(wanted));
        return inner(config, values);
    };
    return setting;
}

/// As a browser writes it in `Origin`, which is compared byte for byte: no path, lower case, no default port.
bool isOrigin(const QString &text)
{
    const QUrl url(text, QUrl::StrictMode);
    const bool isDefaultPort = (url.scheme() == QLatin1String("https") && url.port() == 443)
        || (url.scheme() == QLatin1String("http") && url.port() == 80);
    return url.isValid() && !url.scheme().isEmpty() && !url.host().isEmpty() && !isDefaultPort
        && url.toString(QUrl::FullyEncoded | QUrl::RemoveUserInfo | QUrl::RemovePath | QUrl::RemoveQuery
                        | QUrl::RemoveFragment)
        == text;
}

bool isAlgorithm(const QString &text)
{
    return QStringList{QStringLiteral("HS256"), QStringLiteral("RS256"), QStringLiteral("ES256"),
                       QStringLiteral("EdDSA")}
        .contains(text);
}

Setting logFormat()
{
    Setting setting = text("log", "format", IN(logLevel), "How log lines look. One of: text, json.");
    setting.set = [](Config &config, const QStringList &values) -> Result<void> {
        if (values.value(0) != QLatin1String("text") && values.value(0) != QLatin1String("json"))
            return failure(wrong(QStringLiteral("one of: text, json")));
        config.logFormat = values.value(0) == QLatin1String("json") ? LogFormat::Json : LogFormat::Text;
        return {};
    };
    setting.get = [](const Config &config) {
        return QStringList{config.logFormat == LogFormat::Json ? QStringLiteral("json") : QStringLiteral("text")};
    };
    return setting;
}

std::vector<Setting> serverSettings()
{
    return {
        text("server", "data_dir", IN(dataFolder), "The folder of everything the server keeps. `--data-dir` wins."),
        listen(),
        text("server", "certificate_file", IN(net.certificateFile),
             "PEM file with the certificate chain, for tls:// listeners. Read again on SIGHUP."),
        text("server", "key_file", IN(net.keyFile), "PEM file with the certificate's private key."),
        flag("server", "allow_plain_on_public_address", IN(net.allowPlainOnPublicAddress),
             "Allow unencrypted HTTP on addresses other than loopback. Passwords travel readable then."),
        trustedProxies(),
        eachOf(
            list("server", "cors_origins", IN(net.corsOrigins),
                 "Web origins (\"https://chat.example.org\") whose pages may call this server with credentials; exact "
                 "match."),
            isOrigin,
            QStringLiteral("web origins as browsers write them, such as \"https://chat.example.org\" or "
                           "\"http://localhost:3000\": lower case, no path, no default port")),
        number("server", "threads", "threads", 0, 64, IN(net.threads), "Network threads; 0 = one for each core."),
        flag("server", "io_uring", IN(net.ioUring),
             "Send to many clients in one system call, where the kernel allows it; it is tried out at the start, and "
             "the log says what came of it. False: one call for each client, as where it is forbidden."),
        duration("server", "drain_timeout", IN(net.drainTimeout),
                 "How long a stopping server lets requests finish and clients leave."),
        logFormat(),
        oneOf(text("log", "level", IN(logLevel), "What is logged at least."),
              {QStringLiteral("debug"), QStringLiteral("info"), QStringLiteral("warning")}),
        number("log", "lines_per_second", "lines", 10, million, IN(logLinesPerSecond),
               "Lines in a second at most, warnings and others each; how many were left out is said."),
        secret("metrics", "token", IN(metricsToken),
               "Bearer token that /metrics wants from other machines and through proxies; empty: it answers this "
               "machine only."),
    };
}

std::vector<Setting> limitSettings()
{
    return {
        number("limits", "head_bytes", "bytes", 1024, 64 * 1024, IN(net.maxHeadBytes), "Size of a request head."),
        number("limits", "target_bytes", "bytes", 256, 64 * 1024, IN(net.maxTargetBytes),
               "Size of a request's path and query."),
        number("limits", "header_fields", "fields", 10, 1000, IN(net.maxHeaderFields), "Fields of a request head."),
        number("limits", "body_bytes", "bytes", 1024, 64 << 20, IN(net.maxBodyBytes), "Size of a REST body."),
        number("limits", "small_body_bytes", "bytes", 1024, 64 << 20, IN(net.maxSmallBodyBytes),
               "Size of a REST body that is a form of some fields: credentials, a profile, an id."),
        number("limits", "body_bytes_total", "bytes", 1024, 16 * gibi, IN(net.maxBodyBytesTotal),
               "All bodies that are being collected, together; above it requests get 503."),
        number("limits", "body_bytes_per_address", "bytes", 1024, 16 * gibi, IN(net.maxBodyBytesPerNetwork),
               "Those of one address (IPv6: of a /64); above it requests get 429."),
        number("limits", "body_bytes_per_person", "bytes", 1024, 16 * gibi, IN(net.maxBodyBytesPerPerson),
               "Those of one signed-in person; above it requests get 429."),
        number("limits", "connections", "connections", 1, million, IN(net.maxConnections), "Open connections in all."),
        number("limits", "connections_per_address", "connections", 1, million, IN(net.maxConnectionsPerAddress),
               "Open connections of one address; loopback and trusted proxies are not counted. Behind such a proxy: "
               "requests under way and WebSockets of one forwarded address."),
        number("limits", "new_connections_per_address_per_minute", "connections", 1, million,
               IN(net.maxNewConnectionsPerAddressPerMinute), "New connections of one address in a minute."),
        number("limits", "backlog_bytes", "bytes", 64 * 1024, gibi, IN(net.maxBacklogBytes),
               "Output that waits for one slow reader before its connection is closed."),
        number(
            "limits", "backlog_bytes_total", "bytes", 1 << 20, 16 * gibi, IN(net.maxBacklogBytesTotal),
            "Such output of all connections, shared equally by the network threads; above it the slowest readers are "
            "closed."),
        number("limits", "websocket_frame_bytes", "bytes", 1024, gibi, IN(net.maxWebSocketFrameBytes),
               "Announced size of one WebSocket frame."),
        duration("limits", "head_timeout", IN(net.headTimeout), "A request head must have come by then."),
        duration("limits", "body_stall_timeout", IN(net.bodyStallTimeout), "A body may stand still for so long."),
        number("limits", "body_bytes_per_second", "bytes/s", 1, gibi, IN(net.minBodyBytesPerSecond),
               "Slowest rate of a body, averaged over the last body_rate_grace."),
        duration("limits", "body_rate_grace", IN(net.bodyRateGrace), "How long a body may be slower than that."),
        duration("limits", "keep_alive_timeout", IN(net.keepAliveTimeout),
                 "An HTTP connection may idle for so long between requests."),
        duration("limits", "send_timeout", IN(net.sendTimeout), "A reader that takes nothing for so long is dropped."),
    };
}

/// How often somebody may do something.
std::vector<Setting> rateSettings()
{
    return {
        number("limits", "logins_per_15_minutes", "attempts", 1, million, IN(addressLimits.loginShort.count),
               "Sign-in attempts of one network (IPv4 address, IPv6 /64); loopback is not counted."),
        number("limits", "logins_per_hour", "attempts", 1, million, IN(addressLimits.loginLong.count),
               "Sign-in attempts of one network."),
        number("limits", "registrations_per_15_minutes", "accounts", 1, million,
               IN(addressLimits.registrationShort.count), "Registrations of one network; loopback is not counted."),
        number("limits", "registrations_per_hour", "accounts", 1, million, IN(addressLimits.registrationLong.count),
               "Registrations of one network."),
        number("limits", "send_per_10_seconds", "messages", 1, 100 * million, IN(chat.sendsPer10Seconds),
               "Messages of one person, REST and hub together."),
        number("limits", "send_per_minute", "messages", 1, 100 * million, IN(chat.sendsPerMinute),
               "Messages of one person, REST and hub together."),
        number("limits", "searches_per_10_seconds", "searches", 1, million, IN(chat.searchesPer10Seconds),
               "Searches of one person: for people, or in the own conversations."),
        number("limits", "lists_per_10_seconds", "requests", 1, million, IN(chat.listsPer10Seconds),
               "Requests of one person for conversations, unread count or the presence of many."),
        number("limits", "history_per_10_seconds", "requests", 1, million, IN(chat.historyPer10Seconds),
               "Requests of one person for messages or sync."),
        number("limits", "changes_per_10_seconds", "changes", 1, million, IN(chat.changesPer10Seconds),
               "Changes of messages that were sent, such as reactions, by one person."),
        number("limits", "opens_per_minute", "conversations", 1, million, IN(chat.opensPerMinute),
               "Conversations that one person opens."),
        number("limits", "opens_per_day", "conversations", 1, million, IN(chat.opensPerDay),
               "Conversations that one person opens in 24 hours."),
    };
}

std::vector<Setting> authSettings()
{
    return {
        text("auth", "issuer", IN(auth.issuer), "`iss` and `aud` of the tokens this server makes; its public address."),
        duration("auth", "access_lifetime", IN(auth.accessLifetime), "Life of an access token."),
        duration("auth", "refresh_lifetime", IN(auth.refreshLifetime), "Life of a session without use."),
        duration(
            "auth", "device_lifetime", IN(auth.deviceLifetime),
            "For so long a device from which somebody has signed in is known: others' guesses do not lock it out."),
        number("auth", "sessions_per_person", "sessions", 1, 10'000, IN(auth.sessionsPerPerson),
               "Open sessions of one person; one more ends the one that was unused for longest."),
        flag("auth", "registration_open", IN(auth.registrationOpen), "Whether people may register themselves."),
        flag("auth", "refresh_token_in_body", IN(auth.refreshTokenInBody),
             "Send refresh tokens in bodies too, not only as cookie. Clients that are no browsers need it."),
        number("auth", "lockout_failures", "attempts", 1, 1000, IN(auth.lockoutFailures),
               "Wrong passwords in a row for one name before it is locked for the network or known device they came "
               "from …"),
        number("auth", "lockout_failures_everywhere", "attempts", 1, million, IN(auth.lockoutFailuresEverywhere),
               "… or, from all networks together, for all but known devices …"),
        duration("auth", "lockout_duration", IN(auth.lockoutDuration), "… for so long."),
        number("auth", "password_min_length", "characters", 1, 256, IN(auth.password.minLength), "Shortest password."),
        number("auth", "password_max_length", "characters", 8, 4096, IN(auth.password.maxLength), "Longest password."),
        number("auth", "hash_memory", "KiB", 8, 1 << 22, IN(auth.password.memoryKiB),
               "Memory of one argon2id hash; hash_threads times this is the most that sign-ins can take."),
        number("auth", "hash_passes", "passes", 1, 100, IN(auth.password.passes), "Passes of argon2id."),
        number("auth", "hash_threads", "threads", 1, 64, IN(auth.password.threads), "Hashes at the same time."),
        number("auth", "hash_queue", "sign-ins", 1, 10'000, IN(auth.password.queueLimit),
               "Sign-ins that may wait for a hash; above it they get 429."),
        text("oidc", "issuer", IN(auth.foreign.issuer),
             "`iss` of a foreign identity provider whose tokens are accepted; empty: none."),
        text("oidc", "audience", IN(auth.foreign.audience), "`aud` its tokens must carry; needed with an issuer."),
        secret("oidc", "secret", IN(auth.foreign.secret), "Shared secret for HS256 tokens, at least 32 bytes; or"),
        text("oidc", "jwks_url", IN(auth.foreign.jwksUrl),
             "where its public keys are (https, or http on loopback), for RS256, ES256 and EdDSA tokens."),
        eachOf(list("oidc", "algorithms", IN(auth.foreign.algorithms),
                    "Signatures to accept; empty: HS256 with a secret, RS256, ES256 and EdDSA with jwks_url."),
               isAlgorithm, QStringLiteral("a choice of HS256, RS256, ES256 and EdDSA")),
        duration("oidc", "clock_leeway", IN(auth.clockLeeway), "How far its clock may be off."),
    };
}

std::vector<Setting> chatSettings()
{
    return {
        number("chat", "content_length", "characters", 1, million, IN(chat.contentLimit), "Longest message."),
        number("chat", "page_default", "entries", 1, 1000, IN(chat.pageDefault),
               "Size of a page when the client names none."),
        number("chat", "page_limit", "entries", 1, 1000, IN(chat.pageLimit),
               "Largest page; a larger wish is cut to it."),
        number("chat", "sync_limit", "messages", 1, 10'000, IN(chat.syncLimit), "Largest page of /api/Chat/sync."),
        number("chat", "id_list_limit", "ids", 1, 10'000, IN(chat.idListLimit),
               "Message ids in one read or delivered request."),
        number("chat", "receipts_limit", "people", 1, 10'000, IN(chat.receiptsLimit),
               "People named in the receipts of one message."),
        number("chat", "offline_messages", "messages", 1, 1000, IN(chat.offlineMessages),
               "Missed messages in one OfflineMessages event; more follow when they have arrived."),
        duration("chat", "offline_delay", IN(chat.offlineDelay),
                 "A person is offline so long after the last connection."),
        duration("chat", "typing_interval", IN(chat.typingInterval),
                 "Typing is relayed once in it for each person and conversation."),
        number("chat", "typing_conversations", "conversations", 1, 1000, IN(chat.typingConversations),
               "Conversations that one person types in at the same time; typing in more is not relayed."),
    };
}

std::vector<Setting> storeSettings()
{
    return {
        number("store", "reader_threads", "threads", 1, 64, IN(store.readerThreads), "Threads that answer reads."),
        number("store", "queue_limit", "units", 100, million, IN(store.queueLimit),
               "Reads or writes that may wait; above it requests get 503."),
        number("store", "queue_limit_per_person", "units", 1, million, IN(store.queueLimitPerPerson),
               "Of these, those of one person that are equally urgent; above it the person's requests get 429."),
        number("store", "batch_limit", "units", 1, 100'000, IN(store.batchLimit), "Writes in one commit at most."),
        number("store", "writer_cache", "KiB", 256, 16 << 20, IN(store.writerCacheKiB),
               "SQLite page cache of the writer."),
        number("store", "reader_cache", "KiB", 256, 16 << 20, IN(store.readerCacheKiB),
               "SQLite page cache of each reader."),
        duration("store", "busy_timeout", IN(store.busyTimeout), "Wait for another process's lock (tertulia-ctl)."),
        duration("store", "retry_interval", IN(store.retryInterval),
                 "Time between tries after the disk refused a write."),
    };
}

std::vector<Setting> hubSettings()
{
    return {
        number("hubs", "receive_message_bytes", "bytes", 1024, 16 << 20, IN(hubs.maxReceiveMessageBytes),
               "Largest hub message of a client."),
        duration("hubs", "keep_alive_interval", IN(hubs.keepAliveInterval), "Time between pings to a client."),
        duration("hubs", "client_timeout", IN(hubs.clientTimeout),
                 "Silence after which a client is gone; one that never pings has it twice."),
        duration("hubs", "handshake_timeout", IN(hubs.handshakeTimeout),
                 "A new connection must have said hello by then."),
        duration("hubs", "disconnect_timeout", IN(hubs.disconnectTimeout),
                 "How long a lost connection may be resumed, and a negotiated one may stay unused."),
        duration("hubs", "poll_timeout", IN(hubs.pollTimeout),
                 "A long poll without news is answered after this. Proxies cut silent answers after 30 or 60 s."),
        duration("hubs", "token_grace", IN(hubs.tokenGrace),
                 "A connection whose token has ended, and that got no fresh one, ends within this time."),
        number("hubs", "stateful_buffer_bytes", "bytes", 1024, 16 << 20, IN(hubs.statefulBufferBytes),
               "Messages kept for one stateful client until it acknowledges them."),
        number("hubs", "output_bytes", "bytes", 64 * 1024, gibi, IN(hubs.maxOutputBytes),
               "Output kept for one long-polling or stateful client."),
        number("hubs", "output_bytes_total", "bytes", 1 << 20, 16 * gibi, IN(hubs.maxOutputBytesTotal),
               "Such output of all clients, shared equally by the network threads; above it those are ended that keep "
               "the most."),
        number("hubs", "input_bytes_total", "bytes", 1 << 20, 16 * gibi, IN(hubs.maxInputBytesTotal),
               "Input of all clients that waits for the rest of its message or for calls before it, shared equally by "
               "the network threads; above it those are ended where the most waits."),
        number("hubs", "groups_per_connection", "groups", 1, million, IN(hubs.maxGroups),
               "Conversations that one connection has joined, or people whom it watches."),
        number("hubs", "stream_buffer", "items", 1, 10'000, IN(hubs.streamBufferCapacity),
               "Items of an upload stream that wait for the method."),
        number("hubs", "parallel_invocations", "calls", 1, 1000, IN(hubs.maxParallelInvocations),
               "Calls of one client that run at the same time."),
        number("hubs", "connections_per_person", "connections", 1, million, IN(hubs.maxConnectionsPerPerson),
               "Hub connections of one person over all hubs and transports, negotiated ones included; above it 429."),
        number("hubs", "pending_negotiations", "connections", 100, million, IN(hubs.maxPendingNegotiations),
               "Negotiated connections of all people that nobody has used yet; above it 503."),
    };
}

#undef IN

} // namespace

const std::vector<Setting> &settingsTable()
{
    static const std::vector<Setting> table = [] {
        std::vector<Setting> all;
        for (auto part : {serverSettings(), limitSettings(), rateSettings(), authSettings(), chatSettings(),
                          storeSettings(), hubSettings()})
            all.insert(all.end(), part.begin(), part.end());
        return all;
    }();
    return table;
}

const Setting *findSetting(QStringView section, QStringView key)
{
    for (const Setting &setting : settingsTable()) {
        if (setting.section == section && setting.key == key)
            return &setting;
    }
    return nullptr;
}

} // namespace Tertulia::Server
