// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace Tertulia::Test {

/// Resident memory of a process in KiB, from /proc; -1: there is no such process.
[[nodiscard]] qint64 residentKiB(qint64 pid);

} // namespace Tertulia::Test
