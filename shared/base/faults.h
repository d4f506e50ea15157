// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <optional>

namespace Tertulia {

/// Collects what is wrong with an input, so that whoever sent it learns all of it at once and mends it in one go. The
/// first fault gives the Error its field and message, the later ones are its `others`.
class Faults
{
public:
    /// More are not kept: an input is told what is wrong with it, not how often.
    static constexpr size_t limit = 32;

    Faults() = default;
    explicit Faults(const Error &error)
        : m_error(error)
    {
    }

    /// Takes note of the error and of its others. What is no Invalid (no such person, not allowed) counts only when
    /// nothing is wrong with the input itself.
    void add(const Error &error);
    template <class T> void add(const Result<T> &checked)
    {
        if (!checked)
            add(checked.error());
    }
    [[nodiscard]] bool isEmpty() const { return !m_error; }
    [[nodiscard]] bool names(const QString &field) const;
    /// What was found; a success when it is nothing.
    [[nodiscard]] Result<void> verdict() const;

    /// The same for an Error that is being filled: the first fault makes it, later ones join it.
    static void join(Error &error, FieldFault fault);
    [[nodiscard]] static bool isFull(const Error &error) { return error.others.size() + 1 >= limit; }

private:
    std::optional<Error> m_error;
};

} // namespace Tertulia
