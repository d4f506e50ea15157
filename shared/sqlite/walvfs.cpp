// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sqlite/walvfs.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <new>
#include <tuple>

#include <sqlite3.h>

namespace Tertulia {

namespace {

// https://sqlite.org/fileformat2.html#the_write_ahead_log: a frame is a header and a page; behind the page's number the
// header holds the size of the database after the commit, which is 0 in all frames but a commit's last.
constexpr int headerSize = 24;
constexpr int commitAt = 4;
constexpr int commitSize = 4;
// https://sqlite.org/walformat.html#wal_locks
constexpr int writeLock = 0;
// SQLite's VFS of Unix writes at most 2^17 - 1 bytes at a time, and drops the bits above without a word. A commit that
// is larger than this spares 61 of 62 writes: more would be nothing that could be measured.
constexpr int capacity = 31 * (headerSize + 4'096);
static_assert(capacity < 1 << 17);

struct LogFile;

/// What we keep of a database's file, behind the system's own part of it: all it does is the system's but for locking.
struct MainFile
{
    const sqlite3_io_methods *system = nullptr;
    sqlite3_io_methods methods{};
    LogFile *log = nullptr;
};

/// The same of its log.
struct LogFile
{
    const sqlite3_io_methods *system = nullptr;
    sqlite3_io_methods methods{};
    MainFile *main = nullptr;

    enum class Phase : unsigned char {
        Through, ///< nothing is held back: no write lock, or the commit's frame is in the file
        Gathering,
        Committing, ///< the header of the commit's frame is held, its page comes next
    };
    Phase phase = Phase::Through;
    bool wantsPage = false; ///< what was held last is a header
    int size = 0; ///< of what is held
    sqlite3_int64 at = 0; ///< where it belongs
    std::unique_ptr<char[]> held;

    void setGathering(bool isGathering)
    {
        phase = isGathering ? Phase::Gathering : Phase::Through;
        wantsPage = false;
        size = 0;
    }
    /// Whether `amount` bytes are a header, or the page behind one. Whatever else SQLite writes (the log's own header,
    /// a page of this transaction once more, sums reckoned anew) goes straight into the file.
    [[nodiscard]] bool isOfAFrame(int amount) const
    {
        return amount == headerSize || (wantsPage && amount <= capacity);
    }
};

// Set once, by registerWalVfs().
sqlite3_vfs *systemVfs = nullptr;
sqlite3_vfs walVfs{};

size_t systemSize()
{
    constexpr size_t alignment = alignof(LogFile);
    return (size_t(systemVfs->szOsFile) + alignment - 1) / alignment * alignment;
}

void *behind(sqlite3_file *file)
{
    return reinterpret_cast<char *>(file) + systemSize();
}

MainFile &mainOf(sqlite3_file *file)
{
    return *static_cast<MainFile *>(behind(file));
}

LogFile &logOf(sqlite3_file *file)
{
    return *static_cast<LogFile *>(behind(file));
}

/// What cannot be written stays held: the transaction may go on and read it. It goes when the write lock does.
int flush(sqlite3_file *file)
{
    LogFile &log = logOf(file);
    if (log.size == 0)
        return SQLITE_OK;
    const int code = log.system->xWrite(file, log.held.get(), log.size, log.at);
    if (code == SQLITE_OK)
        log.size = 0;
    return code;
}

int write(sqlite3_file *file, const void *data, int amount, sqlite3_int64 at)
{
    using Phase = LogFile::Phase;
    LogFile &log = logOf(file);
    const bool isHeld = log.phase != Phase::Through && log.isOfAFrame(amount);
    if (!isHeld || at != log.at + log.size || log.size + amount > capacity) {
        if (const int code = flush(file); code != SQLITE_OK)
            return code;
    }
    if (!isHeld)
        return log.system->xWrite(file, data, amount, at);
    if (log.size == 0)
        log.at = at;
    std::memcpy(log.held.get() + log.size, data, size_t(amount));
    log.size += amount;
    log.wantsPage = amount == headerSize;
    if (log.wantsPage) {
        static constexpr char noCommit[commitSize] = {};
        if (std::memcmp(static_cast<const char *>(data) + commitAt, noCommit, commitSize) != 0)
            log.phase = Phase::Committing;
        return SQLITE_OK;
    }
    if (log.phase == Phase::Gathering)
        return SQLITE_OK;
    log.phase = Phase::Through;
    return flush(file);
}

int read(sqlite3_file *file, void *data, int amount, sqlite3_int64 at)
{
    const LogFile &log = logOf(file);
    if (at < log.at + log.size && log.at < at + amount) {
        if (const int code = flush(file); code != SQLITE_OK)
            return code;
    }
    return log.system->xRead(file, data, amount, at);
}

int truncate(sqlite3_file *file, sqlite3_int64 size)
{
    const int code = flush(file);
    return code == SQLITE_OK ? logOf(file).system->xTruncate(file, size) : code;
}

int sync(sqlite3_file *file, int flags)
{
    const int code = flush(file);
    return code == SQLITE_OK ? logOf(file).system->xSync(file, flags) : code;
}

int fileSize(sqlite3_file *file, sqlite3_int64 *size)
{
    const int code = flush(file);
    return code == SQLITE_OK ? logOf(file).system->xFileSize(file, size) : code;
}

int fileControl(sqlite3_file *file, int what, void *argument)
{
    const int code = flush(file);
    return code == SQLITE_OK ? logOf(file).system->xFileControl(file, what, argument) : code;
}

int close(sqlite3_file *file)
{
    LogFile &log = logOf(file);
    const sqlite3_io_methods *const system = log.system;
    log.main->log = nullptr;
    std::destroy_at(&log);
    return system->xClose(file);
}

/// Each transaction that writes is between these two, whatever becomes of it. Behind the second the log may be
/// another's.
int lockShm(sqlite3_file *file, int first, int count, int flags)
{
    const MainFile &main = mainOf(file);
    const bool isOfWriting = main.log && first == writeLock && (flags & SQLITE_SHM_EXCLUSIVE) != 0;
    if (isOfWriting && (flags & SQLITE_SHM_UNLOCK) != 0)
        main.log->setGathering(false);
    const int code = main.system->xShmLock(file, first, count, flags);
    if (isOfWriting && (flags & SQLITE_SHM_LOCK) != 0 && code == SQLITE_OK)
        main.log->setGathering(true);
    return code;
}

void shimMain(sqlite3_file *file)
{
    if (file->pMethods->iVersion < 2 || !file->pMethods->xShmLock) // no log that others share
        return;
    MainFile &main = *new (behind(file)) MainFile;
    main.system = file->pMethods;
    main.methods = *file->pMethods;
    main.methods.xShmLock = lockShm;
    file->pMethods = &main.methods;
}

void shimLog(sqlite3_file *file, sqlite3_file *database)
{
    if (!database || !database->pMethods || database->pMethods->iVersion < 2 || database->pMethods->xShmLock != lockShm)
        return;
    std::unique_ptr<char[]> held(new (std::nothrow) char[capacity]);
    if (!held)
        return;
    LogFile &log = *new (behind(file)) LogFile;
    log.held = std::move(held);
    log.system = file->pMethods;
    log.methods = *file->pMethods;
    log.methods.iVersion = 1; // what is mapped would not see what is held
    log.methods.xClose = close;
    log.methods.xRead = read;
    log.methods.xWrite = write;
    log.methods.xTruncate = truncate;
    log.methods.xSync = sync;
    log.methods.xFileSize = fileSize;
    log.methods.xFileControl = fileControl;
    log.main = &mainOf(database);
    log.main->log = &log;
    file->pMethods = &log.methods;
}

int open(sqlite3_vfs *, const char *name, sqlite3_file *file, int flags, int *outFlags)
{
    const int code = systemVfs->xOpen(systemVfs, name, file, flags, outFlags);
    if (code != SQLITE_OK || !file->pMethods)
        return code;
    if ((flags & SQLITE_OPEN_MAIN_DB) != 0)
        shimMain(file);
    else if ((flags & SQLITE_OPEN_WAL) != 0)
        shimLog(file, sqlite3_database_file_object(name));
    return code;
}

} // namespace

void registerWalVfs()
{
    static const int registered = [] {
        systemVfs = sqlite3_vfs_find(nullptr);
        walVfs = *systemVfs; // its functions find what they need in here
        walVfs.zName = walVfsName;
        walVfs.szOsFile = int(systemSize() + std::max(sizeof(MainFile), sizeof(LogFile)));
        walVfs.xOpen = open;
        return sqlite3_vfs_register(&walVfs, 0);
    }();
    std::ignore = registered;
}

} // namespace Tertulia
