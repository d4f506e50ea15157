// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/lastseenlog.h"

#include "services/presence.h"
#include "store/transaction.h"

namespace Tertulia::Server {

namespace {
constexpr size_t peopleInOneUnit = 1'000;
} // namespace

void LastSeenLog::note(UserId user, Timestamp at)
{
    const std::lock_guard lock(m_mutex);
    Timestamp &latest = m_waiting[user];
    latest = std::max(latest, at);
}

void LastSeenLog::save()
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_isSaving || m_waiting.empty())
            return;
        m_isSaving = true;
        if (m_waiting.size() <= peopleInOneUnit) {
            m_saving.swap(m_waiting);
        } else {
            while (m_saving.size() < peopleInOneUnit)
                m_saving.insert(m_waiting.extract(m_waiting.begin()));
        }
    }
    // m_saving belongs to the unit until it has ended.
    m_executor.write<void>(
        {{}, Lane::Housekeeping},
        [this](Transaction &tx) -> Result<void> {
            for (const auto &[user, at] : m_saving)
                PresenceRules::recordLastSeen(tx, user, at);
            return {};
        },
        Completion<void>(nullptr, [this](const Result<void> &result) { saved(result.has_value()); }));
}

void LastSeenLog::saved(bool isGood)
{
    bool isMoreWaiting = false;
    {
        const std::lock_guard lock(m_mutex);
        if (isGood)
            m_saving.clear();
        m_waiting.merge(m_saving); // who left again meanwhile has the later time there already
        m_saving.clear();
        m_isSaving = false;
        isMoreWaiting = isGood && m_waiting.size() >= peopleInOneUnit;
    }
    if (isMoreWaiting)
        save();
}

} // namespace Tertulia::Server
