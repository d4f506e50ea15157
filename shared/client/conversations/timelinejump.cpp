// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Where the window of a timeline is wished to be. There is one wish at a time, the last.
#include "client/conversations/timelinewindow.h"
#include "client/limits.h"

#include <algorithm>

namespace Tertulia::Client {

using namespace Qt::StringLiterals;

void Timeline::Private::wishFor(Sequence sequence)
{
    ++m_wishNumber;
    wish = sequence;
    jumpError.reset();
    error.reset();
}

void Timeline::Private::arrive()
{
    const Sequence sequence = wish.value_or(0);
    wish.reset();
    jumpError.reset();
    Q_EMIT q.jumpChanged();
    Q_EMIT q.arrived(sequence);
}

void Timeline::Private::failJump(const Error &why)
{
    jumpError = why;
    if (rows.count() == 0)
        error = why;
    updateState();
    Q_EMIT q.jumpChanged();
}

void Timeline::Private::dropJump()
{
    if (!wish || rows.count() == 0)
        return;
    ++m_wishNumber;
    wish.reset();
    jumpError.reset();
    Q_EMIT q.jumpChanged();
}

void Timeline::Private::retryJump()
{
    if (!wish || !jumpError)
        return;
    if (*wish == 0)
        jumpToLatest();
    else
        jumpTo(*wish);
}

void Timeline::Private::jumpToLatest()
{
    wishFor(0);
    m_isTouched = false;
    if (showStoredLatest()) {
        arrive();
        return;
    }
    // What is there is the best that the store can do; the answer goes on from it, or replaces it.
    m_fillBudget = options.requestsPerFill;
    setFollowing(true);
    Q_EMIT q.jumpChanged();
    Q_EMIT q.arrived(0);
    fetchLatest();
}

bool Timeline::Private::showStoredLatest()
{
    const Message *const newest = rows.newest();
    if (isFollowing && (newest ? newest->sequence : 0) >= lastSequence)
        return true;
    auto latest = stored(Limits::maxSequence + 1, Direction::Older, options.pageSize);
    const bool isLatest = !latest.empty() && latest.front().sequence >= lastSequence;
    if (!latest.empty() && (isLatest || !newest || latest.front().sequence > newest->sequence))
        resetTo(std::move(latest));
    return isLatest;
}

void Timeline::Private::jumpTo(Sequence sequence)
{
    wishFor(sequence);
    m_isTouched = true;
    const Message *const newest = rows.newest();
    if (newest && sequence <= newest->sequence && sequence >= rows.oldest()->sequence) {
        arrive();
        return;
    }
    auto around = storedAround(sequence);
    if (!around.empty()) {
        resetTo(std::move(around));
        arrive();
        return;
    }
    updateState();
    Q_EMIT q.jumpChanged();
    const Sequence above = lastSequence - sequence - options.pageSize / 2;
    askAround(sequence, int(std::clamp<Sequence>(above, 0, mostSkipped)), false);
}

void Timeline::Private::askAround(Sequence sequence, int skip, bool isSecond)
{
    fetch({.before = {}, .after = {}, .skip = skip, .take = options.pageSize},
          [this, sequence, skip, isSecond, wished = m_wishNumber](const Result<MessagePage> &page) {
              if (wished != m_wishNumber)
                  return;
              if (!page) {
                  failJump(page.error());
                  return;
              }
              const auto &found = page->messages;
              const bool isInside =
                  !found.empty() && found.front().sequence <= sequence && sequence <= found.back().sequence;
              if (!isInside && !isSecond) {
                  // There are more or fewer than was known here; what was answered says by how many.
                  const Sequence exact = found.empty() ? page->pagination.total.value_or(0) - options.pageSize
                                                       : skip + found.back().sequence - sequence - options.pageSize / 2;
                  askAround(sequence, int(std::clamp<Sequence>(exact, 0, mostSkipped)), true);
              } else if (found.empty()) {
                  failJump(Error::notFound(u"There is no such message."_s));
              } else {
                  resetTo(found);
                  arrive();
              }
          });
}

} // namespace Tertulia::Client
