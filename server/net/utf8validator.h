// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

namespace Tertulia::Server {

/// Checks UTF-8 (RFC 3629: no overlong forms, no surrogates, at most U+10FFFF) that comes in pieces; finds the first
/// wrong byte, also inside an unfinished character. Four bytes of state.
class Utf8Validator
{
public:
    /// False at the first byte that cannot continue what came before; then it stays false.
    [[nodiscard]] bool feed(QByteArrayView bytes);
    /// No character is left unfinished.
    [[nodiscard]] bool isComplete() const { return m_missing == 0; }
    void reset() { *this = Utf8Validator(); }

    [[nodiscard]] static bool isValid(QByteArrayView bytes);

private:
    quint8 m_missing = 0; ///< continuation bytes to come
    quint8 m_low = 0x80; ///< range of the next one
    quint8 m_high = 0xbf;
    bool m_failed = false;
};

} // namespace Tertulia::Server
