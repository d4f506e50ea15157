// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/faults.h"

#include <algorithm>

namespace Tertulia {

void Faults::add(const Error &error)
{
    if (!m_error || (m_error->code != ErrorCode::Invalid && error.code == ErrorCode::Invalid)) {
        m_error = error;
        return;
    }
    if (error.code != ErrorCode::Invalid)
        return;
    join(*m_error, {error.field, error.message});
    for (const FieldFault &fault : error.others)
        join(*m_error, fault);
}

bool Faults::names(const QString &field) const
{
    const auto isIt = [&](const FieldFault &fault) { return fault.field == field; };
    return m_error && (m_error->field == field || std::any_of(m_error->others.begin(), m_error->others.end(), isIt));
}

Result<void> Faults::verdict() const
{
    return m_error ? Result<void>(failure(*m_error)) : Result<void>();
}

void Faults::join(Error &error, FieldFault fault)
{
    if (error.code != ErrorCode::Invalid)
        error = Error::invalid(std::move(fault.field), std::move(fault.message));
    else if (!isFull(error))
        error.others.push_back(std::move(fault));
}

} // namespace Tertulia
