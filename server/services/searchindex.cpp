// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/searchindex.h"

#include "base/logging.h"
#include "store/transaction.h"
#include "store/userstore.h"

namespace Tertulia::Server {

namespace {

/// People of one unit of work: a few milliseconds of the writer.
constexpr int peopleAtOnce = 200;

} // namespace

void SearchIndex::complete()
{
    if (m_isRunning.exchange(true))
        return;
    m_executor.read<bool>(
        {{}, Lane::Housekeeping}, [](ReadTransaction &tx) -> Result<bool> { return UserStore::hasPresentWords(tx); },
        Completion<bool>(nullptr, [this](const Result<bool> &isDone) {
            if (isDone && !*isDone)
                next({});
            else
                m_isRunning = false;
        }));
}

void SearchIndex::next(UserId after)
{
    using Last = std::optional<UserId>;
    m_executor.write<Last>(
        {{}, Lane::Housekeeping},
        [after](Transaction &tx) -> Result<Last> { return UserStore::completeWords(tx, after, peopleAtOnce); },
        Completion<Last>(nullptr, [this](const Result<Last> &last) {
            if (last && *last) {
                next(**last);
                return;
            }
            m_isRunning = false;
            if (last)
                qCInfo(logServices, "the words that people are found by are those of this version");
            else
                qCWarning(logServices) << "the words that people are found by were not made anew:"
                                       << last.error().message;
        }));
}

} // namespace Tertulia::Server
