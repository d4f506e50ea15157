// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "client/session/accountinfo.h"

#include <vector>

namespace Tertulia::Client {

/// accounts.json: which accounts there are. Written atomically and readable for its owner only; holds no secrets.
class AccountsFile
{
public:
    explicit AccountsFile(QString path)
        : m_path(std::move(path))
    {
    }

    [[nodiscard]] bool exists() const;
    /// Empty when there is no file. One that cannot be understood is put aside (`.broken`): Invalid. Rows that cannot
    /// be used are left out.
    [[nodiscard]] Result<std::vector<AccountInfo>> load() const;
    /// Unavailable, reason notKeptReason: no disk space, no right to write.
    [[nodiscard]] Result<void> save(const std::vector<AccountInfo> &accounts) const;

private:
    QString m_path;
};

} // namespace Tertulia::Client
