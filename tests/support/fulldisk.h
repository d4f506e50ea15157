// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sqlite3.h>

#include <map>

namespace Tertulia::Test {

/// While it lives, what this process opens with SQLite lies on a disk that can be full: then nothing is written. The
/// files are the system's own, but for the one function that writes.
class FullDisk
{
public:
    FullDisk()
    {
        s_system = sqlite3_vfs_find(nullptr);
        s_disk = *s_system;
        s_disk.zName = "fulldisk";
        s_disk.xOpen = open;
        s_isFull = false;
        sqlite3_vfs_register(&s_disk, 1);
    }
    FullDisk(const FullDisk &) = delete;
    FullDisk &operator=(const FullDisk &) = delete;
    ~FullDisk()
    {
        s_isFull = false;
        sqlite3_vfs_register(s_system, 1);
    }

    static void setFull(bool isFull) { s_isFull = isFull; }

private:
    static int open(sqlite3_vfs *, const char *name, sqlite3_file *file, int flags, int *outFlags)
    {
        const int code = s_system->xOpen(s_system, name, file, flags, outFlags);
        if (code == SQLITE_OK && file->pMethods) {
            // Files with and without locks have tables of their own, and write in the same way.
            const auto [at, isNew] = s_methods.try_emplace(file->pMethods, *file->pMethods);
            s_write = file->pMethods->xWrite;
            at->second.xWrite = write;
            file->pMethods = &at->second;
        }
        return code;
    }
    static int write(sqlite3_file *file, const void *data, int size, sqlite3_int64 at)
    {
        return s_isFull ? SQLITE_FULL : s_write(file, data, size, at);
    }

    inline static sqlite3_vfs *s_system = nullptr;
    inline static sqlite3_vfs s_disk{};
    inline static std::map<const sqlite3_io_methods *, sqlite3_io_methods> s_methods; ///< by the system's
    inline static int (*s_write)(sqlite3_file *, const void *, int, sqlite3_int64) = nullptr;
    inline static bool s_isFull = false;
};

} // namespace Tertulia::Test
