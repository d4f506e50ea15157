// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/ids.h"

#include <QString>

namespace Tertulia::Server {

/// A person as a foreign identity provider describes them, for the account that is made at first sight.
struct ForeignIdentity
{
    UserId id; ///< the subject if it is a UUID, else a digest of issuer and subject
    QString issuer;
    QString subject;
    QString name; ///< may be empty
    QString preferredUsername; ///< may be empty or taken
};

} // namespace Tertulia::Server
