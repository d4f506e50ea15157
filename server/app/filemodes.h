// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace Tertulia::Server::FileModes {

/// From now on no file this process makes can be read by others, whatever the shell's umask was.
void keepNewFilesPrivate();

/// Files and folders of a data folder that others than the owner have rights on: the database with its log and index,
/// uploads, the lock, the folders. Not the keys, which KeyStore judges, and not the data folder itself.
[[nodiscard]] QStringList exposedIn(const QString &dataFolder);
[[nodiscard]] bool isExposed(const QString &path);

/// Takes others' rights away from all of that, and from the data folder itself when nothing but a server's own files is
/// in it: somebody may have named /tmp. Logs what it changed and what it could not change.
void makePrivate(const QString &dataFolder);

} // namespace Tertulia::Server::FileModes
