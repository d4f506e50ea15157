// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QString>

#include <array>
#include <compare>
#include <optional>

namespace Tertulia {

/// A 128-bit identifier; on the wire a lower-case UUID string. Callers treat it as opaque (contract.md section 2): a
/// string that does not parse is an unknown id (NotFound), never a format error.
class Uuid
{
public:
    constexpr Uuid() = default;
    [[nodiscard]] static Uuid fromBytes(QByteArrayView sixteenBytes);
    /// UUIDv7 (RFC 9562): sorts by time of creation. Cryptographically random below the millisecond.
    [[nodiscard]] static Uuid generate();
    /// UUIDv5-like digest of two strings: a stable id for a subject of a foreign identity provider.
    [[nodiscard]] static Uuid fromName(QByteArrayView space, QByteArrayView name);
    [[nodiscard]] static std::optional<Uuid> parse(QStringView text);
    [[nodiscard]] static std::optional<Uuid> parse(QByteArrayView utf8);

    [[nodiscard]] bool isNull() const { return m_bytes == std::array<quint8, 16>{}; }
    [[nodiscard]] QByteArray toBytes() const;
    /// The sixteen bytes, valid as long as this object.
    [[nodiscard]] const quint8 *data() const { return m_bytes.data(); }
    [[nodiscard]] QByteArray toUtf8() const;
    static constexpr size_t textSize = 36;
    /// The same into textSize bytes at `out`, without a zero behind them.
    void toChars(char *out) const;
    [[nodiscard]] QString toString() const;
    [[nodiscard]] size_t hash() const;

    friend auto operator<=>(const Uuid &, const Uuid &) = default;

private:
    std::array<quint8, 16> m_bytes{};
};

/// A Uuid that knows what it names; ids of different things do not mix.
template <class Tag> class Id
{
public:
    constexpr Id() = default;
    explicit constexpr Id(Uuid uuid)
        : m_uuid(uuid)
    {
    }
    [[nodiscard]] static Id generate() { return Id(Uuid::generate()); }
    [[nodiscard]] static std::optional<Id> parse(QStringView text)
    {
        const auto uuid = Uuid::parse(text);
        return uuid ? std::optional<Id>(Id(*uuid)) : std::nullopt;
    }
    [[nodiscard]] const Uuid &uuid() const { return m_uuid; }
    [[nodiscard]] bool isNull() const { return m_uuid.isNull(); }
    [[nodiscard]] QString toString() const { return m_uuid.toString(); }

    friend auto operator<=>(const Id &, const Id &) = default;
    friend size_t qHash(const Id &id, size_t seed = 0) noexcept { return id.m_uuid.hash() ^ seed; }

private:
    Uuid m_uuid;
};

using UserId = Id<struct UserTag>;
using ConversationId = Id<struct ConversationTag>;
using MessageId = Id<struct MessageTag>;
using SessionId = Id<struct SessionTag>;

/// Position of a message in its conversation: 1, 2, 3 … without gaps. 0 = before the first.
using Sequence = qint64;

/// How often a conversation has changed: rises by one with each change of it or of one of its messages, whoever makes
/// it. Of two accounts of the same thing the one with the higher revision is the later one (docs/decisions/0120). 0: as
/// it was before there were revisions.
using Revision = qint64;

} // namespace Tertulia

template <class Tag> struct std::hash<Tertulia::Id<Tag>>
{
    size_t operator()(const Tertulia::Id<Tag> &id) const noexcept { return id.uuid().hash(); }
};
