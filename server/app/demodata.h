// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "auth/passwordhasher.h"
#include "services/accountservice.h"
#include "services/messageservice.h"
#include "store/executor.h"

namespace Tertulia::Server {

/// Three people (ada, ben, chloe; password `tertulia-demo`) who have said a few things to each other. People who are
/// there already are left alone. Waits for the store: only before the server lets anybody in.
[[nodiscard]] Result<void> addDemoData(Executor &executor, const PasswordHasher &hasher, const AccountService &accounts,
                                       const MessageService &messages);

} // namespace Tertulia::Server
