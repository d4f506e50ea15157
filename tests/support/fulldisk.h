// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <limits>

#include <sqlite3.h>
#include <unistd.h>

namespace Tertulia::Test {

/// While it lives, what this process writes with SQLite lies on a disk that can be full, or refuse, and that counts its
/// writes. It stands where SQLite calls the system, below every VFS, so all else is as it is on a real one.
class FullDisk
{
public:
    FullDisk()
    {
        s_room = unlimited;
        s_isBroken = false;
        s_writes = 0;
        set(reinterpret_cast<sqlite3_syscall_ptr>(write));
    }
    FullDisk(const FullDisk &) = delete;
    FullDisk &operator=(const FullDisk &) = delete;
    ~FullDisk() { set(nullptr); } // the system's own again

    static void setFull(bool isFull) { s_room = isFull ? 0 : unlimited; }
    /// Room for so many bytes more; a write that does not fit is cut short, as the system does it.
    static void setRoom(qint64 bytes) { s_room = bytes; }
    /// Every write is an input/output error.
    static void setBroken(bool isBroken) { s_isBroken = isBroken; }
    /// Since it is there, or since the last call.
    static int takeWrites() { return s_writes.exchange(0); }

private:
    static constexpr qint64 unlimited = std::numeric_limits<qint64>::max();

    static void set(sqlite3_syscall_ptr function)
    {
        sqlite3_vfs *const system = sqlite3_vfs_find("unix");
        system->xSetSystemCall(system, "pwrite64", function);
    }
    static ssize_t write(int descriptor, const void *data, size_t size, off64_t at)
    {
        ++s_writes;
        if (s_isBroken) {
            errno = EIO;
            return -1;
        }
        if (s_room == 0) {
            errno = ENOSPC;
            return -1;
        }
        const ssize_t written = pwrite64(descriptor, data, size_t(std::min(s_room.load(), qint64(size))), at);
        if (written > 0 && s_room != unlimited)
            s_room -= written;
        return written;
    }

    inline static std::atomic<qint64> s_room = unlimited;
    inline static std::atomic<bool> s_isBroken = false;
    inline static std::atomic<int> s_writes = 0;
};

} // namespace Tertulia::Test
