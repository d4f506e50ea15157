// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/tls.h"

#include <QFile>

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <climits>

namespace Tertulia::Server {

namespace {

QString opensslReason()
{
    const unsigned long code = ERR_peek_last_error();
    const char *reason = code != 0 ? ERR_reason_error_string(code) : nullptr;
    ERR_clear_error();
    return reason ? QString::fromLatin1(reason) : QStringLiteral("unknown reason");
}

tl::unexpected<Error> loadFailure(const QString &what, const QString &file)
{
    return failure(Error::unavailable(
        QStringLiteral("TLS: cannot use %1 %2: %3. Check server.certificate_file and server.key_file.")
            .arg(what, file.isEmpty() ? QStringLiteral("(not set)") : file, opensslReason())));
}

/// Only HTTP/1.1 is spoken: a client that offers h2 alone must learn it in the handshake.
int selectProtocol(SSL * /*session*/, const unsigned char **out, unsigned char *outSize, const unsigned char *in,
                   unsigned int inSize, void * /*argument*/)
{
    static constexpr unsigned char http11[] = "\x08http/1.1";
    unsigned char *chosen = nullptr;
    if (SSL_select_next_proto(&chosen, outSize, http11, sizeof http11 - 1, in, inSize) != OPENSSL_NPN_NEGOTIATED)
        return SSL_TLSEXT_ERR_ALERT_FATAL;
    *out = chosen;
    return SSL_TLSEXT_ERR_OK;
}

} // namespace

Result<std::shared_ptr<TlsContext>> TlsContext::load(const QString &certificateFile, const QString &keyFile)
{
    ERR_clear_error();
    const std::shared_ptr<TlsContext> context(new TlsContext(SSL_CTX_new(TLS_server_method())));
    SSL_CTX *raw = context->m_context;
    if (!raw)
        return loadFailure(QStringLiteral("OpenSSL"), QString());
    SSL_CTX_set_min_proto_version(raw, TLS1_2_VERSION);
    SSL_CTX_set_cipher_list(raw, "ECDHE+AESGCM:ECDHE+CHACHA20");
    SSL_CTX_set_options(raw, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_IGNORE_UNEXPECTED_EOF);
    // Idle connections give their record buffers back; writes may stop and go on at any byte.
    SSL_CTX_set_mode(raw,
                     SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    static constexpr unsigned char sessionContext[] = "tertulia";
    SSL_CTX_set_session_id_context(raw, sessionContext, sizeof sessionContext - 1);
    // Resumption by tickets only: no table that clients can fill.
    SSL_CTX_set_session_cache_mode(raw, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_alpn_select_cb(raw, selectProtocol, nullptr);
    if (SSL_CTX_use_certificate_chain_file(raw, QFile::encodeName(certificateFile).constData()) != 1)
        return loadFailure(QStringLiteral("the certificate file"), certificateFile);
    if (SSL_CTX_use_PrivateKey_file(raw, QFile::encodeName(keyFile).constData(), SSL_FILETYPE_PEM) != 1)
        return loadFailure(QStringLiteral("the key file"), keyFile);
    if (SSL_CTX_check_private_key(raw) != 1)
        return loadFailure(QStringLiteral("the key (it is not the certificate's) in"), keyFile);
    return context;
}

TlsContext::~TlsContext()
{
    SSL_CTX_free(m_context);
}

std::unique_ptr<TlsSession> TlsSession::accept(TlsContext &context, int fd)
{
    SSL *session = SSL_new(context.m_context); // holds a reference to the context
    if (!session)
        return nullptr;
    std::unique_ptr<TlsSession> result(new TlsSession(session));
    if (SSL_set_fd(session, fd) != 1)
        return nullptr;
    SSL_set_accept_state(session);
    return result;
}

TlsSession::~TlsSession()
{
    SSL_free(m_session);
}

TlsSession::Transfer TlsSession::outcome(int result)
{
    if (result > 0)
        return {Status::Done, result};
    switch (SSL_get_error(m_session, result)) {
    case SSL_ERROR_WANT_READ:
    case SSL_ERROR_WANT_WRITE:
        return {Status::Again, 0};
    case SSL_ERROR_ZERO_RETURN:
        return {Status::Ended, 0};
    default:
        ERR_clear_error();
        m_failed = true;
        return {Status::Failed, 0};
    }
}

TlsSession::Transfer TlsSession::read(char *buffer, qint64 size)
{
    ERR_clear_error();
    return outcome(SSL_read(m_session, buffer, static_cast<int>(std::min<qint64>(size, INT_MAX))));
}

TlsSession::Transfer TlsSession::write(const char *bytes, qint64 size)
{
    ERR_clear_error();
    return outcome(SSL_write(m_session, bytes, static_cast<int>(std::min<qint64>(size, INT_MAX))));
}

void TlsSession::sendClose()
{
    if (m_failed || !SSL_is_init_finished(m_session))
        return;
    ERR_clear_error();
    SSL_shutdown(m_session);
}

} // namespace Tertulia::Server
