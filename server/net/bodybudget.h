// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/ids.h"
#include "net/netaddress.h"

#include <mutex>
#include <unordered_map>
#include <utility>

namespace Tertulia::Server {

/// Who sends a body.
struct BodySender
{
    NetAddress network; ///< a limitKey()
    UserId person; ///< null: not known
};

/// The bytes that all request bodies in memory may take together, and of them those of one network and of one person.
/// Those of strangers (who sign in or register, or are yet to be known) take half of it at most: however many networks
/// they come from, people who are signed in are served. Thread-safe. What it keeps is bounded by the bodies that are
/// held.
class BodyBudget
{
public:
    struct Limits
    {
        qint64 total;
        qint64 perNetwork;
        qint64 perPerson;
    };
    enum class Verdict : quint8 {
        Taken,
        ShareSpent, ///< this sender has enough
        Full, ///< all together have
    };

    explicit BodyBudget(const Limits &limits)
        : m_limits(limits)
    {
    }
    [[nodiscard]] Verdict take(const BodySender &sender, qint64 bytes);
    void giveBack(const BodySender &sender, qint64 bytes);
    [[nodiscard]] qint64 held() const;
    [[nodiscard]] size_t sendersRemembered() const; ///< networks and people

private:
    const Limits m_limits;
    mutable std::mutex m_mutex; // guards what follows
    qint64 m_held = 0;
    qint64 m_heldByStrangers = 0;
    std::unordered_map<NetAddress, qint64> m_networks;
    std::unordered_map<UserId, qint64> m_people;
};

/// A part of the budget that gives itself back. Must not outlive the budget.
class BodyShare
{
public:
    BodyShare() = default;
    BodyShare(BodyBudget &budget, const BodySender &sender)
        : m_budget(&budget)
        , m_sender(sender)
    {
    }
    BodyShare(BodyShare &&other) noexcept
        : m_budget(std::exchange(other.m_budget, nullptr))
        , m_sender(other.m_sender)
        , m_bytes(std::exchange(other.m_bytes, 0))
    {
    }
    BodyShare &operator=(BodyShare &&other) noexcept
    {
        std::swap(m_budget, other.m_budget);
        std::swap(m_sender, other.m_sender);
        std::swap(m_bytes, other.m_bytes);
        return *this;
    }
    ~BodyShare()
    {
        if (m_budget)
            m_budget->giveBack(m_sender, m_bytes);
    }
    [[nodiscard]] BodyBudget::Verdict grow(qint64 bytes)
    {
        const BodyBudget::Verdict verdict = m_budget->take(m_sender, bytes);
        if (verdict == BodyBudget::Verdict::Taken)
            m_bytes += bytes;
        return verdict;
    }
    [[nodiscard]] qint64 bytes() const { return m_bytes; }

private:
    BodyBudget *m_budget = nullptr;
    BodySender m_sender;
    qint64 m_bytes = 0;
};

} // namespace Tertulia::Server
