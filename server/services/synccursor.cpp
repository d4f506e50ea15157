// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/synccursor.h"

#include <QtEndian>

#include <array>

namespace Tertulia::Server {

namespace {

constexpr int numbers = 7;
constexpr qsizetype plainSize = numbers * qsizetype(sizeof(qint64));

/// The version is part of it: what another version sealed in this form does not open.
QByteArray contextOf(UserId owner, qint64 epoch)
{
    const QByteArray context = QByteArrayLiteral("sync cursor 2 ") + owner.uuid().toBytes();
    return epoch == 0 ? context : context + QByteArray::number(epoch);
}

} // namespace

QString SyncCursor::seal(const Sealer &sealer, UserId owner, qint64 epoch) const
{
    const std::array<qint64, numbers> values{base, upTo, from.changed, from.number, touched.at, touched.sequence, sent};
    QByteArray plain(plainSize, Qt::Uninitialized);
    qToLittleEndian<qint64>(values.data(), numbers, plain.data());
    return QString::fromLatin1(sealer.seal(plain, contextOf(owner, epoch)));
}

std::optional<SyncCursor> SyncCursor::open(const Sealer &sealer, UserId owner, qint64 epoch, const QString &text)
{
    const auto plain = sealer.open(text.toLatin1(), contextOf(owner, epoch));
    if (!plain || plain->size() != plainSize)
        return std::nullopt;
    std::array<qint64, numbers> values{};
    qFromLittleEndian<qint64>(plain->constData(), numbers, values.data());
    return SyncCursor{.base = values[0],
                      .upTo = values[1],
                      .from = {.changed = values[2], .number = values[3]},
                      .touched = {.at = values[4], .sequence = values[5]},
                      .sent = values[6]};
}

} // namespace Tertulia::Server
