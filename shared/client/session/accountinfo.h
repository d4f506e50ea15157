// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/identity.h"

#include <QUrl>

namespace Tertulia::Client {

/// What is known of an account without asking anybody: a row of accounts.json. No secrets.
struct AccountInfo
{
    QString accountId; ///< made here; names the account's folder and secret
    QUrl server; ///< normalised (serverprobe.h)
    UserId userId;
    QString username;
    QString fullName;
    std::optional<QString> avatar;

    friend bool operator==(const AccountInfo &, const AccountInfo &) = default;
};

} // namespace Tertulia::Client
