// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/utf8validator.h"

#include <cstring>

namespace Tertulia::Server {

namespace {

/// The first byte that is not ASCII. Thirty-two bytes a step, in a form the compiler makes vectors of.
const char *skipAscii(const char *at, const char *end)
{
    while (end - at >= 32) {
        quint64 words[4];
        std::memcpy(words, at, sizeof words);
        if (((words[0] | words[1] | words[2] | words[3]) & 0x8080808080808080ULL) != 0)
            break;
        at += 32;
    }
    while (at != end && static_cast<signed char>(*at) >= 0)
        ++at;
    return at;
}

} // namespace

bool Utf8Validator::feed(QByteArrayView bytes)
{
    if (m_failed)
        return false;
    const char *at = bytes.data();
    const char *const end = at + bytes.size();
    while (at != end) {
        if (m_missing == 0) {
            at = skipAscii(at, end);
            if (at == end)
                break;
            // RFC 3629 section 4: the lead byte decides the count and the range of the second byte.
            const auto lead = static_cast<quint8>(*at++);
            m_low = 0x80;
            m_high = 0xbf;
            if (lead >= 0xc2 && lead <= 0xdf) {
                m_missing = 1;
            } else if (lead >= 0xe0 && lead <= 0xef) {
                m_missing = 2;
                if (lead == 0xe0)
                    m_low = 0xa0;
                else if (lead == 0xed)
                    m_high = 0x9f;
            } else if (lead >= 0xf0 && lead <= 0xf4) {
                m_missing = 3;
                if (lead == 0xf0)
                    m_low = 0x90;
                else if (lead == 0xf4)
                    m_high = 0x8f;
            } else {
                m_failed = true;
                return false;
            }
            continue;
        }
        const auto next = static_cast<quint8>(*at++);
        if (next < m_low || next > m_high) {
            m_failed = true;
            return false;
        }
        m_low = 0x80;
        m_high = 0xbf;
        --m_missing;
    }
    return true;
}

bool Utf8Validator::isValid(QByteArrayView bytes)
{
    Utf8Validator validator;
    return validator.feed(bytes) && validator.isComplete();
}

} // namespace Tertulia::Server
