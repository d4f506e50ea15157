// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

namespace Tertulia {

/// The text of one statement. Only literals convert to it: the cache of statements goes by address, and no SQL is ever
/// put together from values.
class SqlText
{
public:
    template <size_t N>
    consteval SqlText(const char (&text)[N]) // NOLINT(google-explicit-constructor)
        : m_text(text)
        , m_size(int(N) - 1)
    {
    }
    [[nodiscard]] const char *text() const { return m_text; }
    [[nodiscard]] int size() const { return m_size; }

private:
    const char *m_text;
    int m_size;
};

} // namespace Tertulia
