// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/random.h"

#include <QRandomGenerator>

#include <array>
#include <cstring>

namespace Tertulia {

namespace {
// getrandom() costs a system call; a message id needs 10 bytes. One page per thread is drawn at a time.
struct Pool
{
    std::array<quint32, 256> words{};
    size_t used = sizeof words;
};
thread_local Pool pool;
} // namespace

void fillRandom(void *data, size_t size)
{
    char *out = static_cast<char *>(data);
    while (size > 0) {
        if (pool.used == sizeof pool.words) {
            QRandomGenerator::system()->fillRange(pool.words.data(), qsizetype(pool.words.size()));
            pool.used = 0;
        }
        const size_t n = std::min(size, sizeof pool.words - pool.used);
        char *source = reinterpret_cast<char *>(pool.words.data()) + pool.used;
        std::memcpy(out, source, n);
        std::memset(source, 0, n);
        pool.used += n;
        out += n;
        size -= n;
    }
}

QByteArray randomToken(int bytes)
{
    QByteArray raw(bytes, Qt::Uninitialized);
    fillRandom(raw.data(), size_t(raw.size()));
    return raw.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

} // namespace Tertulia
