// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/sealer.h"

#include <QtEndian>

#include <sodium.h>

namespace Tertulia::Server {

namespace {

constexpr qsizetype nonceSize = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr qsizetype tagSize = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr qsizetype keySize = crypto_aead_xchacha20poly1305_ietf_KEYBYTES;
/// What is longer is not looked at.
constexpr qsizetype maxSealed = 4 * 1024;

const unsigned char *bytes(const QByteArray &data)
{
    return reinterpret_cast<const unsigned char *>(data.constData());
}

unsigned char *bytes(QByteArray &data)
{
    return reinterpret_cast<unsigned char *>(data.data());
}

/// A key for one purpose, from the one on the disk.
QByteArray derived(const QByteArray &key, const QByteArray &purpose)
{
    QByteArray out(keySize, Qt::Uninitialized);
    crypto_generichash(bytes(out), size_t(out.size()), bytes(purpose), size_t(purpose.size()), bytes(key),
                       size_t(std::min<qsizetype>(key.size(), crypto_generichash_KEYBYTES_MAX)));
    return out;
}

} // namespace

Sealer::Sealer(const QByteArray &key)
{
    Q_ASSERT(key.size() >= 32);
    if (sodium_init() < 0)
        qFatal("libsodium could not be initialised");
    m_cipherKey = derived(key, QByteArrayLiteral("tertulia sealer: cipher"));
    m_nonceKey = derived(key, QByteArrayLiteral("tertulia sealer: nonce"));
}

QByteArray Sealer::nonceOf(const QByteArray &value, const QByteArray &context) const
{
    // The length first: no value and context together read like another pair.
    const quint64 length = qToLittleEndian(quint64(context.size()));
    QByteArray nonce(nonceSize, Qt::Uninitialized);
    crypto_generichash_state state;
    crypto_generichash_init(&state, bytes(m_nonceKey), size_t(m_nonceKey.size()), size_t(nonceSize));
    crypto_generichash_update(&state, reinterpret_cast<const unsigned char *>(&length), sizeof length);
    crypto_generichash_update(&state, bytes(context), quint64(context.size()));
    crypto_generichash_update(&state, bytes(value), quint64(value.size()));
    crypto_generichash_final(&state, bytes(nonce), size_t(nonceSize));
    return nonce;
}

QByteArray Sealer::seal(const QByteArray &value, const QByteArray &context) const
{
    const QByteArray nonce = nonceOf(value, context);
    QByteArray out = nonce;
    out.resize(nonceSize + value.size() + tagSize);
    crypto_aead_xchacha20poly1305_ietf_encrypt(bytes(out) + nonceSize, nullptr, bytes(value), quint64(value.size()),
                                               bytes(context), quint64(context.size()), nullptr, bytes(nonce),
                                               bytes(m_cipherKey));
    return out.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

std::optional<QByteArray> Sealer::open(const QByteArray &sealed, const QByteArray &context) const
{
    if (sealed.size() > maxSealed)
        return std::nullopt;
    constexpr auto form = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;
    const auto decoded = QByteArray::fromBase64Encoding(sealed, form | QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded)
        return std::nullopt;
    const QByteArray &all = *decoded;
    if (all.size() < nonceSize + tagSize || all.toBase64(form) != sealed) // one spelling only
        return std::nullopt;
    QByteArray value(all.size() - nonceSize - tagSize, Qt::Uninitialized);
    const int refused = crypto_aead_xchacha20poly1305_ietf_decrypt(
        bytes(value), nullptr, nullptr, bytes(all) + nonceSize, quint64(all.size() - nonceSize), bytes(context),
        quint64(context.size()), bytes(all), bytes(m_cipherKey));
    return refused == 0 ? std::optional(value) : std::nullopt;
}

} // namespace Tertulia::Server
