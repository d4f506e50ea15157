// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/envelope.h"

namespace Tertulia {

ErrorEnvelope errorEnvelope(const Error &error, const QString &traceId)
{
    ErrorEnvelope envelope;
    envelope.code = codeWord(error);
    envelope.message = error.code == ErrorCode::Internal || error.message.isEmpty()
        ? QStringLiteral("The request could not be carried out.")
        : error.message;
    envelope.traceId = traceId;
    if (!error.field.isEmpty())
        envelope.errors[error.field] = QStringList{envelope.message};
    for (const FieldFault &fault : error.others) {
        if (!fault.field.isEmpty())
            envelope.errors[fault.field].append(fault.message);
    }
    return envelope;
}

} // namespace Tertulia
