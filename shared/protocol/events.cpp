// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/events.h"

#include "protocol/codectraits.h"

namespace Tertulia {

MessageStatusUpdated statusEvent(MessageStatusData data)
{
    if (data.status == MessageStatus::Delivered && !data.deliveredAt)
        data.deliveredAt = data.timestamp;
    if (data.status == MessageStatus::Read && !data.readAt)
        data.readAt = data.timestamp;
    const auto name = enumName(data.status);
    return {QStringLiteral("message.") + QLatin1StringView(name.data(), qsizetype(name.size())), data};
}

} // namespace Tertulia
