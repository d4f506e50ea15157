// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/ids.h"

#include "base/random.h"

#include <QCryptographicHash>

#include <array>
#include <chrono>
#include <cstring>

namespace Tertulia {

namespace {

/// 0 to 15, or 0xFF for what is no hexadecimal digit.
constexpr std::array<quint8, 256> hexDigits = [] {
    std::array<quint8, 256> table{};
    table.fill(0xFF);
    for (quint8 i = 0; i < 10; ++i)
        table[size_t('0') + i] = i;
    for (quint8 i = 0; i < 6; ++i)
        table[size_t('a') + i] = table[size_t('A') + i] = quint8(10 + i);
    return table;
}();

/// "00" to "ff", one behind the other.
constexpr std::array<char, 512> hexPairs = [] {
    constexpr char digits[] = "0123456789abcdef";
    std::array<char, 512> table{};
    for (size_t i = 0; i < 256; ++i) {
        table[2 * i] = digits[i >> 4];
        table[2 * i + 1] = digits[i & 15];
    }
    return table;
}();

quint8 hexDigit(char16_t c)
{
    return c < 256 ? hexDigits[c] : 0xFF;
}

constexpr bool isDashAt(qsizetype i)
{
    return i == 8 || i == 13 || i == 18 || i == 23;
}

template <class View> bool parseInto(View text, std::array<quint8, 16> &bytes)
{
    if (text.size() != 36)
        return false;
    size_t at = 0;
    for (qsizetype i = 0; i < 36;) {
        if (isDashAt(i)) {
            if (char16_t(text[i]) != u'-')
                return false;
            ++i;
            continue;
        }
        const quint8 high = hexDigit(char16_t(text[i]));
        const quint8 low = hexDigit(char16_t(text[i + 1]));
        if ((high | low) > 15)
            return false;
        bytes[at++] = quint8(high << 4 | low);
        i += 2;
    }
    return true;
}

struct Chars
{
    QByteArrayView view;
    qsizetype size() const { return view.size(); }
    char16_t operator[](qsizetype i) const { return char16_t(quint8(view[i])); }
};

struct Utf16
{
    QStringView view;
    qsizetype size() const { return view.size(); }
    char16_t operator[](qsizetype i) const { return view[i].unicode(); }
};

} // namespace

Uuid Uuid::fromBytes(QByteArrayView sixteenBytes)
{
    Uuid id;
    if (sixteenBytes.size() == 16)
        std::memcpy(id.m_bytes.data(), sixteenBytes.data(), 16);
    return id;
}

Uuid Uuid::generate()
{
    Uuid id;
    fillRandom(id.m_bytes.data(), id.m_bytes.size());
    const auto now =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
            .count();
    for (size_t i = 0; i < 6; ++i)
        id.m_bytes[i] = quint8(quint64(now) >> (40 - 8 * i));
    id.m_bytes[6] = quint8(0x70 | (id.m_bytes[6] & 0x0f));
    id.m_bytes[8] = quint8(0x80 | (id.m_bytes[8] & 0x3f));
    return id;
}

Uuid Uuid::fromName(QByteArrayView space, QByteArrayView name)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(QByteArray::number(space.size()) + ':');
    hash.addData(space.toByteArray());
    hash.addData(name.toByteArray());
    Uuid id = fromBytes(hash.result().first(16));
    id.m_bytes[6] = quint8(0x80 | (id.m_bytes[6] & 0x0f));
    id.m_bytes[8] = quint8(0x80 | (id.m_bytes[8] & 0x3f));
    return id;
}

std::optional<Uuid> Uuid::parse(QStringView text)
{
    Uuid id;
    if (!parseInto(Utf16{text}, id.m_bytes))
        return std::nullopt;
    return id;
}

std::optional<Uuid> Uuid::parse(QByteArrayView utf8)
{
    Uuid id;
    if (!parseInto(Chars{utf8}, id.m_bytes))
        return std::nullopt;
    return id;
}

QByteArray Uuid::toBytes() const
{
    return QByteArray(reinterpret_cast<const char *>(m_bytes.data()), 16);
}

QByteArray Uuid::toUtf8() const
{
    QByteArray text(textSize, Qt::Uninitialized);
    toChars(text.data());
    return text;
}

void Uuid::toChars(char *out) const
{
    for (size_t i = 0; i < m_bytes.size(); ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            *out++ = '-';
        std::memcpy(out, hexPairs.data() + size_t(2) * m_bytes[i], 2);
        out += 2;
    }
}

QString Uuid::toString() const
{
    return QString::fromLatin1(toUtf8());
}

size_t Uuid::hash() const
{
    // The last eight bytes are random in v7 and v4 alike.
    size_t value = 0;
    std::memcpy(&value, m_bytes.data() + 8, sizeof value);
    size_t front = 0;
    std::memcpy(&front, m_bytes.data(), sizeof front);
    return value ^ (front * 0x9e3779b97f4a7c15ULL);
}

} // namespace Tertulia
