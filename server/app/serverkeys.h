// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "auth/jwt.h"

namespace Tertulia::Server {

/// The secrets of the data folder, made at the first start.
struct ServerKeys
{
    JwtKey accessTokens;
    QByteArray refreshTokens, devices, cursors;

    /// The error's message is for the operator.
    [[nodiscard]] static Result<ServerKeys> read(const QString &folder);
};

} // namespace Tertulia::Server
