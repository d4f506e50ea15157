// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/rolenames.h"

namespace Tertulia::ViewModels {

QHash<int, QByteArray> roleNamesOf(const QMetaEnum &roles)
{
    static constexpr QByteArrayView suffix = "Role";
    QHash<int, QByteArray> names;
    for (int i = 0; i < roles.keyCount(); ++i) {
        QByteArray name = roles.key(i);
        Q_ASSERT(name.endsWith(suffix));
        name.chop(suffix.size());
        name[0] = char(name.at(0) | 0x20); // the first letter is an ASCII capital
        names.insert(roles.value(i), name);
    }
    return names;
}

} // namespace Tertulia::ViewModels
