// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QByteArray>

namespace Tertulia::Server::KeyStore {

/// The secret in `folder`/`name`, made at the first call: `size` random bytes, file mode 0600, folder mode 0700,
/// created whole or not at all. Forbidden when others could read it; the message says which command mends that.
[[nodiscard]] Result<QByteArray> secret(const QString &folder, const QString &name, int size = 32);

} // namespace Tertulia::Server::KeyStore
