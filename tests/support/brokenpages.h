// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFile>

namespace Tertulia::Test {

/// Overwrites pages in the middle of an SQLite file, from the third on; its header stays. What was in the log is lost.
inline bool breakPages(const QString &path, int pages = 10)
{
    constexpr int pageSize = 4'096;
    QFile::remove(path + QStringLiteral("-wal"));
    QFile::remove(path + QStringLiteral("-shm"));
    QFile file(path);
    return file.open(QIODevice::ReadWrite) && file.seek(2 * pageSize)
        && file.write(QByteArray(qsizetype(pages) * pageSize, '\xa7')) == qint64(pages) * pageSize;
}

} // namespace Tertulia::Test
