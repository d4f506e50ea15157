// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <atomic>
#include <utility>

namespace Tertulia::Server {

/// The bytes that all request bodies in memory may take together. Thread-safe.
class BodyBudget
{
public:
    explicit BodyBudget(qint64 total)
        : m_total(total)
    {
    }
    [[nodiscard]] bool take(qint64 bytes)
    {
        const qint64 before = m_held.fetch_add(bytes, std::memory_order_relaxed);
        if (before + bytes <= m_total)
            return true;
        m_held.fetch_sub(bytes, std::memory_order_relaxed);
        return false;
    }
    void giveBack(qint64 bytes) { m_held.fetch_sub(bytes, std::memory_order_relaxed); }
    [[nodiscard]] qint64 held() const { return m_held.load(std::memory_order_relaxed); }

private:
    const qint64 m_total;
    std::atomic<qint64> m_held = 0;
};

/// A part of the budget that gives itself back. Must not outlive the budget.
class BodyShare
{
public:
    BodyShare() = default;
    explicit BodyShare(BodyBudget &budget)
        : m_budget(&budget)
    {
    }
    BodyShare(BodyShare &&other) noexcept
        : m_budget(std::exchange(other.m_budget, nullptr))
        , m_bytes(std::exchange(other.m_bytes, 0))
    {
    }
    BodyShare &operator=(BodyShare &&other) noexcept
    {
        std::swap(m_budget, other.m_budget);
        std::swap(m_bytes, other.m_bytes);
        return *this;
    }
    ~BodyShare()
    {
        if (m_budget)
            m_budget->giveBack(m_bytes);
    }
    [[nodiscard]] bool grow(qint64 bytes)
    {
        if (!m_budget->take(bytes))
            return false;
        m_bytes += bytes;
        return true;
    }
    void shrink(qint64 bytes)
    {
        m_budget->giveBack(bytes);
        m_bytes -= bytes;
    }

private:
    BodyBudget *m_budget = nullptr;
    qint64 m_bytes = 0;
};

} // namespace Tertulia::Server
