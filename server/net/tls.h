// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QString>

#include <memory>

struct ssl_st;
struct ssl_ctx_st;

namespace Tertulia::Server {

/// Certificate, key and rules of the TLS listeners; made anew at a reload. Immutable: any thread.
class TlsContext
{
public:
    /// TLS 1.2 and 1.3, forward-secret AEAD ciphers. The error names the file and what is wrong with it.
    [[nodiscard]] static Result<std::shared_ptr<TlsContext>> load(const QString &certificateFile,
                                                                  const QString &keyFile);
    ~TlsContext();
    TlsContext(const TlsContext &) = delete;
    TlsContext &operator=(const TlsContext &) = delete;

private:
    friend class TlsSession;
    explicit TlsContext(ssl_ctx_st *context)
        : m_context(context)
    {
    }
    ssl_ctx_st *m_context;
};

/// One connection's TLS, on a non-blocking descriptor that it does not own. The handshake runs inside read().
class TlsSession
{
public:
    enum class Status : quint8 { Done, Again, Ended, Failed };
    struct Transfer
    {
        Status status = Status::Failed;
        qint64 bytes = 0; ///< when Done
    };

    [[nodiscard]] static std::unique_ptr<TlsSession> accept(TlsContext &context, int fd);
    ~TlsSession();
    TlsSession(const TlsSession &) = delete;
    TlsSession &operator=(const TlsSession &) = delete;

    [[nodiscard]] Transfer read(char *buffer, qint64 size);
    /// After Again the next call must start with the same bytes.
    [[nodiscard]] Transfer write(const char *bytes, qint64 size);
    void sendClose(); ///< close_notify, as far as the socket takes it

private:
    explicit TlsSession(ssl_st *session)
        : m_session(session)
    {
    }
    [[nodiscard]] Transfer outcome(int result);
    ssl_st *m_session;
    bool m_failed = false;
};

} // namespace Tertulia::Server
