// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "client/cache/cachedatabase.h"
#include "client/cache/conversationcache.h"
#include "client/cache/messagecache.h"
#include "client/cache/outboxtable.h"
#include "client/cache/peoplecache.h"

#include <memory>

namespace Tertulia::Client {

struct LocalStoreOptions
{
    int maxMessages = 200'000; ///< beyond it the oldest of the conversations opened longest ago go
    int cacheKiB = 4'096; ///< memory of SQLite's page cache
    UserId self = {}; ///< whose it is, for files that an older version made
};

/// What one account keeps on this machine, in one SQLite file of its own: a copy of what the server said, and what
/// exists here only (drafts, unsent messages, view positions). Everything is synchronous and on the thread that opened
/// it: a read of a page takes well below a millisecond. A write is in the file when the call returns and survives the
/// end of the process in any way; a loss of power may take the last moments (docs/decisions/0090).
class LocalStore
{
public:
    /// Opens or makes the file and brings it up to date. A file that is damaged, or was made by a newer version, is put
    /// aside (`.broken`) and begun anew with what could be rescued of it. Unavailable: no file can be made there.
    [[nodiscard]] static Result<std::unique_ptr<LocalStore>> open(const QString &path,
                                                                  const LocalStoreOptions &options = {});
    /// As open(); where no file can be made, all is in memory until mend() finds that one can.
    [[nodiscard]] static std::unique_ptr<LocalStore> openOrWithout(const QString &path,
                                                                   const LocalStoreOptions &options = {});
    /// Without a file; for tests and canned data.
    [[nodiscard]] static std::unique_ptr<LocalStore> inMemory(const LocalStoreOptions &options = {});
    LocalStore(const LocalStore &) = delete;
    LocalStore &operator=(const LocalStore &) = delete;
    ~LocalStore();

    /// What is wrong with the file. Full: it is as it was, and forgets what happens now. Damaged: it gives what can
    /// still be read, until mend().
    [[nodiscard]] StoreTrouble trouble() const;
    /// Told within the call that fails, each time it gets worse; then mend(), from the event loop.
    void setTroubleHandler(std::function<void()> handler) { m_database->setTroubleHandler(std::move(handler)); }
    enum class Mended : quint8 {
        Nothing, ///< it is as it was: try again later
        Continued, ///< it can be written (in memory, at worst); what happened meanwhile is not in it
        BegunAnew, ///< put aside, and anew with what could be rescued
    };
    /// Puts aside what is damaged, looks whether there is room again, and so on.
    [[nodiscard]] Mended mend();
    /// open() has put another one aside.
    [[nodiscard]] bool wasBegunAnew() const { return m_anew > 0; }

    /// Lets the oldest go where there is more than the options allow, at most `batch` messages in one call. True: call
    /// again, there is more. Nothing could be deleted: false, so that nobody tries for ever.
    bool trim(int batch = 1'000);

    [[nodiscard]] ConversationCache &conversations() { return m_conversations; }
    [[nodiscard]] MessageCache &messages() { return m_messages; }
    [[nodiscard]] PeopleCache &people() { return m_people; }
    [[nodiscard]] OutboxTable &outbox() { return m_outbox; }
    /// Small values by name: the sync cursor.
    [[nodiscard]] QString value(const QString &name);
    void setValue(const QString &name, const QString &value);
    /// Everything written while it lives is one transaction.
    [[nodiscard]] SqliteTransaction transaction() { return SqliteTransaction(*m_database); }

private:
    LocalStore(std::unique_ptr<CacheDatabase> database, QString path, const LocalStoreOptions &options);
    [[nodiscard]] Mended beginAnew();
    [[nodiscard]] Mended returnToFile();
    void goWithout(StoreTrouble why);
    [[nodiscard]] bool isWritable();

    std::unique_ptr<CacheDatabase> m_database;
    const QString m_path; ///< empty: of inMemory()
    LocalStoreOptions m_options;
    StoreTrouble m_why = StoreTrouble::None; ///< there is no file at present, but memory
    int m_anew = 0; ///< times
    PeopleCache m_people;
    ConversationCache m_conversations;
    MessageCache m_messages;
    OutboxTable m_outbox;
};

} // namespace Tertulia::Client
