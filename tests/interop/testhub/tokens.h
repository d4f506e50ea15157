// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "signalr/httpconnection.h"

namespace Tertulia::TestHub {

using namespace Tertulia::Server;

/// Tokens for /authorizedhub: HS256, five seconds, signed with a key that lives as long as this process.
class Tokens
{
public:
    Tokens();
    [[nodiscard]] QByteArray generate() const;
    [[nodiscard]] Result<Caller> check(const QByteArray &token) const;

private:
    [[nodiscard]] QByteArray sign(const QByteArray &text) const;

    QByteArray m_key;
};

} // namespace Tertulia::TestHub
