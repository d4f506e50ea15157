// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QString>

namespace Tertulia::Server {

/// The folder of everything a server keeps, held by one server at a time. The hold is a file lock: it goes with the
/// process, however that ends.
class DataFolder
{
public:
    DataFolder() = default;
    DataFolder(const DataFolder &) = delete;
    DataFolder &operator=(const DataFolder &) = delete;
    ~DataFolder();

    /// Makes the folder (mode 0700) if need be and takes hold of it. Conflict when another server has it. What is there
    /// already is taken out of others' sight (FileModes).
    [[nodiscard]] Result<void> open(const QString &path);

    [[nodiscard]] QString path() const { return m_path; }
    [[nodiscard]] QString database() const { return databaseIn(m_path); }
    [[nodiscard]] QString keys() const { return keysIn(m_path); }
    [[nodiscard]] QString uploads() const { return uploadsIn(m_path); }

    // What is where; for tertulia-ctl, which does not hold the folder.
    [[nodiscard]] static QString databaseIn(const QString &folder) { return folder + QStringLiteral("/tertulia.db"); }
    [[nodiscard]] static QString keysIn(const QString &folder) { return folder + QStringLiteral("/keys"); }
    [[nodiscard]] static QString uploadsIn(const QString &folder) { return folder + QStringLiteral("/uploads"); }
    [[nodiscard]] static QString lockIn(const QString &folder) { return folder + QStringLiteral("/server.lock"); }

private:
    QString m_path;
    int m_lock = -1;
};

} // namespace Tertulia::Server
