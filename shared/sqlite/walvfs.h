// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace Tertulia {

/// A VFS of SQLite's over the system's own, for connections that write. It differs in one thing: the frames of a commit
/// go into the write-ahead log in one write, where SQLite makes two of each (docs/decisions/0128).
///
/// Frames are held back only while their connection has the log's write lock, and only up to the commit: its frame is
/// in the file before the write of it returns, so an error is told there, and everything that other connections and
/// processes may look at is in the file before the index of the log speaks of it. They need not use this VFS. What was
/// rolled back is never written.
///
/// Up to 31 frames of 4 KiB are held for each connection, in memory that is taken once and touched as far as a commit
/// goes; a larger commit is one write for each 31. Like the connection, a file belongs to one thread.
inline constexpr char walVfsName[] = "tertulia-wal";

/// Makes walVfsName known to SQLite; to be called before it is used. Any thread; only the first call does something.
void registerWalVfs();

} // namespace Tertulia
