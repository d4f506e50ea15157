// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/devicetokens.h"

#include <QtEndian>

#include <array>

namespace Tertulia::Server {

namespace {

using Days = std::chrono::sys_days;

constexpr qsizetype idSize = 16;
constexpr int numbers = 2; ///< epoch and day
constexpr qsizetype plainSize = 2 * idSize + numbers * qsizetype(sizeof(qint64));
/// The version is part of it: what another version sealed in this form does not open.
constexpr char context[] = "device token 1";

} // namespace

DeviceTokens::DeviceTokens(const Clock &clock, std::chrono::milliseconds lifetime, const QByteArray &key)
    : m_clock(clock)
    , m_lifetime(lifetime)
    , m_sealer(key)
{
}

QString DeviceTokens::make(const KnownDevice &device) const
{
    const Days today = std::chrono::floor<std::chrono::days>(m_clock.now());
    const std::array<qint64, numbers> values{device.epoch, today.time_since_epoch().count()};
    QByteArray plain = device.user.uuid().toBytes() + device.session.uuid().toBytes();
    plain.resize(plainSize);
    qToLittleEndian<qint64>(values.data(), numbers, plain.data() + 2 * idSize);
    return QString::fromLatin1(m_sealer.seal(plain, context));
}

std::optional<KnownDevice> DeviceTokens::open(const QString &token) const
{
    const auto plain = m_sealer.open(token.toLatin1(), context);
    if (!plain || plain->size() != plainSize)
        return std::nullopt;
    std::array<qint64, numbers> values{};
    qFromLittleEndian<qint64>(plain->constData() + 2 * idSize, numbers, values.data());
    if (Days(std::chrono::days(values[1])) + m_lifetime <= m_clock.now())
        return std::nullopt;
    const QByteArrayView ids(*plain);
    return KnownDevice{.user = UserId(Uuid::fromBytes(ids.first(idSize))),
                       .session = SessionId(Uuid::fromBytes(ids.sliced(idSize, idSize))),
                       .epoch = values[0]};
}

} // namespace Tertulia::Server
