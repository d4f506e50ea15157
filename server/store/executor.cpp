// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/executor.h"

#include "base/logging.h"
#include "sqlite/rows.h"
#include "store/database.h"
#include "store/migrations.h"

#include <condition_variable>
#include <future>
#include <thread>

#include <pthread.h>
#include <sys/resource.h>

namespace Tertulia::Server {

namespace {

using namespace Qt::StringLiterals;
using SteadyTime = std::chrono::steady_clock::time_point;
using Jobs = StoreJobs;

/// How long the writer is idle before it uses the time for a checkpoint.
constexpr auto idleTime = std::chrono::milliseconds(50);
/// Reads that share one snapshot.
constexpr size_t readsPerSnapshot = 16;

Error closed()
{
    return Error::unavailable(u"The store is closed."_s, 1);
}

} // namespace

struct Executor::Private
{
    explicit Private(StoreSettings s)
        : settings(std::move(s))
        , writes(size_t(settings.queueLimit), size_t(settings.queueLimitPerPerson))
        , reads(size_t(settings.queueLimit), size_t(settings.queueLimitPerPerson))
    {
    }

    [[nodiscard]] bool takesWork() const { return isRunning && !isStopping; } ///< with the lock
    // start, on the caller's thread
    Result<void> launch();
    // writer thread
    Result<void> openWriter();
    void writerMain();
    bool waitForWrites(Jobs &batch);
    void addCompanion(Jobs &batch);
    void process(Jobs &batch);
    std::optional<Error> runUnits(Jobs &batch, std::vector<DomainEvent> &events);
    std::optional<Error> present() const;
    void noteFailure(const Error &error);
    void noteSuccess();
    void noteDamage(const Error &error);
    void closeWriter();
    void tryAgain();
    // reader threads
    void readerMain(std::promise<Result<void>> opened);
    bool mayReadSlowly() const;
    bool waitForReads(Jobs &batch);
    void answerReads(Database &database, Jobs &batch);
    // background check
    void checkMain();

    StoreSettings settings;
    std::vector<EventSink> sinks;
    std::vector<EventSink> lateSinks;
    ToldMarks told;
    std::unique_ptr<Database> writerDatabase;
    bool wasClean = true;

    mutable std::mutex mutex; ///< guards what follows
    Companion companion;
    bool isCompanionDue = false;
    std::condition_variable writeReady;
    std::condition_variable readReady;
    WorkQueue writes;
    WorkQueue reads;
    int slowReaders = 0; ///< that answer a unit of another lane than Interactive
    bool isWriterWaiting = false;
    bool isRunning = false;
    bool isStopping = false; ///< no new units
    bool readersMayEnd = false;
    std::optional<Error> storageFailure;
    SteadyTime nextProbe{};
    IntegrityState integrityState;
    Database *checkedDatabase = nullptr;
    StoreStatistics counters;

    std::atomic<ChangeNumber> committedChange{0};
    std::thread writer;
    std::vector<std::thread> readers;
    std::thread checker;
};

Executor::Executor(StoreSettings settings)
    : d(std::make_unique<Private>(std::move(settings)))
{
}

Executor::~Executor()
{
    stop();
}

void Executor::addSink(EventSink sink, Turn turn)
{
    (turn == Turn::BeforeAnswers ? d->sinks : d->lateSinks).push_back(std::move(sink));
}

void Executor::setCompanion(Companion companion)
{
    const std::lock_guard lock(d->mutex);
    d->companion = std::move(companion);
}

void Executor::wakeCompanion()
{
    const std::lock_guard lock(d->mutex);
    d->isCompanionDue = true;
    if (std::exchange(d->isWriterWaiting, false))
        d->writeReady.notify_one();
}

ToldMarks &Executor::told()
{
    return d->told;
}

Result<void> Executor::start()
{
    return d->launch();
}

Result<void> Executor::Private::launch()
{
    std::promise<Result<void>> writerOpened;
    auto writerResult = writerOpened.get_future();
    writer = std::thread([this, opened = std::move(writerOpened)]() mutable {
        const auto result = openWriter();
        opened.set_value(result);
        if (result)
            writerMain();
        writerDatabase.reset();
    });
    if (auto result = writerResult.get(); !result) {
        writer.join();
        return result;
    }
    std::vector<std::future<Result<void>>> results;
    for (int i = 0; i < std::max(1, settings.readerThreads); ++i) {
        std::promise<Result<void>> opened;
        results.push_back(opened.get_future());
        readers.emplace_back([this, promise = std::move(opened)]() mutable { readerMain(std::move(promise)); });
    }
    Result<void> outcome;
    for (auto &result : results) {
        if (auto opened = result.get(); !opened)
            outcome = opened;
    }
    {
        const std::lock_guard lock(mutex);
        isRunning = true;
        if (outcome && settings.isOwner && !wasClean)
            integrityState.check = IntegrityState::Check::Running;
    }
    if (outcome && settings.isOwner && !wasClean)
        checker = std::thread([this] { checkMain(); });
    return outcome;
}

void Executor::stop()
{
    {
        const std::lock_guard lock(d->mutex);
        d->isStopping = true;
        if (d->checkedDatabase)
            d->checkedDatabase->interrupt();
    }
    d->writeReady.notify_all();
    if (d->checker.joinable())
        d->checker.join();
    // Readers first: the last checkpoint wants the log to itself.
    {
        const std::lock_guard lock(d->mutex);
        d->readersMayEnd = true;
    }
    d->readReady.notify_all();
    for (std::thread &reader : d->readers)
        reader.join();
    d->readers.clear();
    if (d->writer.joinable())
        d->writer.join();
    const std::lock_guard lock(d->mutex);
    d->isRunning = false;
}

void Executor::enqueueWrite(const WorkOf &of, std::unique_ptr<StoreJob> job)
{
    bool mustWake = false;
    Result<void> taken;
    {
        const std::lock_guard lock(d->mutex);
        taken = d->takesWork() ? d->writes.push(of, job) : failure(closed());
        if (taken) {
            mustWake = d->isWriterWaiting;
            d->isWriterWaiting = false;
        }
    }
    if (!taken)
        refuse(std::move(job), taken.error());
    else if (mustWake)
        d->writeReady.notify_one();
}

void Executor::enqueueRead(const WorkOf &of, std::unique_ptr<StoreJob> job)
{
    Result<void> taken;
    {
        const std::lock_guard lock(d->mutex);
        taken = d->takesWork() ? d->reads.push(of, job) : failure(closed());
    }
    if (!taken)
        refuse(std::move(job), taken.error());
    else
        d->readReady.notify_one();
}

Result<void> Executor::writable() const
{
    const std::lock_guard lock(d->mutex);
    if (d->storageFailure)
        return failure(*d->storageFailure);
    if (!d->takesWork())
        return failure(closed());
    return {};
}

IntegrityState Executor::integrity() const
{
    const std::lock_guard lock(d->mutex);
    return d->integrityState;
}

StoreStatistics Executor::statistics() const
{
    const std::lock_guard lock(d->mutex);
    StoreStatistics now = d->counters;
    now.queuedWrites = d->writes.size();
    now.queuedReads = d->reads.size();
    return now;
}

Result<QStringList> Executor::checkIntegrity(const StoreSettings &settings)
{
    auto database = Database::open(settings, Database::Mode::Reader);
    if (!database)
        return failure(database.error());
    QStringList found = (*database)->findDamage();
    if (auto error = (*database)->takeFailure())
        return failure(*error);
    return found;
}

// ---- writer ----

Result<void> Executor::Private::openWriter()
{
    auto opened = Database::open(settings, Database::Mode::Writer);
    if (!opened)
        return failure(opened.error());
    writerDatabase = std::move(*opened);
    writerDatabase->setTold(&told);
    Database &database = *writerDatabase;
    if (auto found = migrate(database); !found)
        return failure(found.error());
    {
        Rows rows(database, "SELECT value FROM store_state WHERE name = 'clean_shutdown'");
        wasClean = rows.next() && rows.flag(0);
    }
    {
        Rows rows(database, "SELECT value FROM store_state WHERE name = 'change_ceiling'");
        committedChange = rows.next() ? rows.integer(0) : 0;
    }
    if (auto error = database.takeFailure())
        return failure(*error);
    // With a full disk the store starts all the same, for readers.
    if (settings.isOwner)
        tryAgain();
    if (settings.isOwner && !wasClean)
        qCWarning(logStore, "the last run did not end cleanly; the database is being checked");
    return {};
}

bool Executor::Private::waitForWrites(Jobs &batch)
{
    std::unique_lock lock(mutex);
    while (writes.isEmpty() && !isCompanionDue && !isStopping) {
        isWriterWaiting = true;
        if (storageFailure) {
            if (writeReady.wait_for(lock, settings.retryInterval) == std::cv_status::timeout) {
                lock.unlock();
                tryAgain();
                lock.lock();
            }
        } else if (writerDatabase->walFrames() >= settings.idleCheckpointFrames) {
            if (writeReady.wait_for(lock, idleTime) == std::cv_status::timeout && writes.isEmpty()) {
                lock.unlock();
                writerDatabase->checkpoint();
                lock.lock();
                if (writerDatabase->walFrames() > 0) // a long read holds the log: wait for the next commit
                    writeReady.wait_for(lock, settings.retryInterval,
                                        [this] { return !writes.isEmpty() || isCompanionDue || isStopping; });
            }
        } else {
            writeReady.wait(lock);
        }
    }
    isWriterWaiting = false;
    while (!writes.isEmpty() && batch.size() < size_t(settings.batchLimit))
        batch.push_back(writes.pop());
    return std::exchange(isCompanionDue, false) || !batch.empty();
}

void Executor::Private::writerMain()
{
    pthread_setname_np(pthread_self(), "store-writer");
    Jobs batch;
    while (waitForWrites(batch)) {
        addCompanion(batch);
        if (!batch.empty())
            process(batch);
        if (writerDatabase->walFrames() >= settings.busyCheckpointFrames)
            writerDatabase->checkpoint();
    }
    closeWriter();
}

void Executor::Private::addCompanion(Jobs &batch)
{
    std::unique_lock lock(mutex);
    const Companion ask = companion;
    lock.unlock();
    if (auto job = ask ? ask() : nullptr)
        batch.insert(batch.begin(), std::move(job));
}

std::optional<Error> Executor::Private::present() const
{
    const std::lock_guard lock(mutex);
    return storageFailure && std::chrono::steady_clock::now() < nextProbe ? storageFailure : std::nullopt;
}

void Executor::Private::process(Jobs &batch)
{
    std::vector<DomainEvent> events;
    std::optional<Error> error = present();
    const size_t units = batch.size();
    if (!error) {
        error = runUnits(batch, events);
        if (!error) {
            if (auto done = writerDatabase->commit(); !done)
                error = done.error();
        }
        if (error) {
            writerDatabase->rollback();
            noteFailure(*error);
        } else {
            committedChange = writerDatabase->lastChange();
            noteSuccess();
        }
    }
    {
        const std::lock_guard lock(mutex);
        if (error) {
            counters.failedUnits += units;
        } else {
            ++counters.commits;
            counters.writeUnits += units;
        }
        counters.walFrames = writerDatabase->walFrames();
    }
    const auto tell = [&](const std::vector<EventSink> &those) {
        for (size_t i = 0; !error && !events.empty() && i < those.size(); ++i)
            those[i](events);
    };
    tell(sinks);
    deliver(batch, error);
    tell(lateSinks);
}

/// An error: nothing of the batch can be kept.
std::optional<Error> Executor::Private::runUnits(Jobs &batch, std::vector<DomainEvent> &events)
{
    if (auto begun = writerDatabase->beginWrite(); !begun)
        return begun.error();
    const ChangeNumber seen = committedChange.load();
    for (auto &job : batch) {
        Transaction unit(*writerDatabase, seen);
        const bool isKept = unit.endUnit(job->run(unit));
        if (isKept) {
            auto recorded = unit.takeEvents();
            events.insert(events.end(), std::make_move_iterator(recorded.begin()),
                          std::make_move_iterator(recorded.end()));
            continue;
        }
        auto error = writerDatabase->takeFailure();
        if (error)
            job->fail(*error);
        if (error && (Database::isStorageFailure(*error) || !writerDatabase->isInTransaction()))
            return error;
        if (writerDatabase->isBatchLost()) {
            qCCritical(logStore, "a unit of work failed after it had promised not to");
            return Error::unavailable(u"The storage could not take the change."_s, 1);
        }
    }
    return {};
}

void Executor::Private::noteFailure(const Error &error)
{
    noteDamage(error);
    if (!Database::isStorageFailure(error))
        return;
    const std::lock_guard lock(mutex);
    if (!storageFailure)
        qCCritical(logStore, "nothing can be written any more: %s", qUtf8Printable(error.message));
    storageFailure = error;
    nextProbe = std::chrono::steady_clock::now() + settings.retryInterval;
}

void Executor::Private::noteSuccess()
{
    const std::lock_guard lock(mutex);
    if (storageFailure)
        qCWarning(logStore, "the storage works again");
    storageFailure.reset();
}

/// Damage does not go away by itself: it is told until somebody has looked after it and started anew.
void Executor::Private::noteDamage(const Error &error)
{
    if (!Database::isDamage(error))
        return;
    const std::lock_guard lock(mutex);
    if (integrityState.check == IntegrityState::Check::Damaged)
        return;
    integrityState = {IntegrityState::Check::Damaged, error.message};
    qCCritical(logStore, "the database is damaged: %s", qUtf8Printable(error.message));
}

/// Writes something and takes the store back into service when that works.
void Executor::Private::tryAgain()
{
    auto done = writerDatabase->beginWrite();
    if (done) {
        if (settings.isOwner)
            Rows(*writerDatabase, "UPDATE store_state SET value = 0 WHERE name = 'clean_shutdown'").run();
        else
            Rows(*writerDatabase, "UPDATE store_state SET value = value WHERE name = 'clean_shutdown'").run();
        done = writerDatabase->commit();
    }
    if (done) {
        noteSuccess();
    } else {
        writerDatabase->rollback();
        noteFailure(done.error());
    }
}

void Executor::Private::closeWriter()
{
    if (!settings.isOwner)
        return;
    auto done = writerDatabase->beginWrite();
    if (done) {
        writerDatabase->settleChanges();
        Rows(*writerDatabase, "UPDATE store_state SET value = 1 WHERE name = 'clean_shutdown'").run();
        done = writerDatabase->commit();
    }
    if (!done) {
        writerDatabase->rollback();
        qCWarning(logStore, "the database could not be closed cleanly: %s", qUtf8Printable(done.error().message));
        return;
    }
    writerDatabase->checkpoint(true);
}

// ---- readers ----

void Executor::Private::readerMain(std::promise<Result<void>> opened)
{
    auto database = Database::open(settings, Database::Mode::Reader);
    if (!database) {
        opened.set_value(failure(database.error()));
        return;
    }
    (*database)->setTold(&told);
    pthread_setname_np(pthread_self(), "store-reader");
    opened.set_value({});
    Jobs batch;
    while (waitForReads(batch)) {
        const bool isSlow = WorkQueue::laneOf(*batch.front()) != Lane::Interactive;
        answerReads(**database, batch);
        if (isSlow) {
            const std::lock_guard lock(mutex);
            --slowReaders;
            readReady.notify_one();
        }
    }
}

/// One of several readers is always left for those who wait.
bool Executor::Private::mayReadSlowly() const
{
    return slowReaders < std::max(1, settings.readerThreads - 1) || readersMayEnd;
}

/// Takes several units of the Interactive lane, or a single one of another. False: all is done and the store closes.
bool Executor::Private::waitForReads(Jobs &batch)
{
    std::unique_lock lock(mutex);
    readReady.wait(lock, [this] {
        return reads.size(Lane::Interactive) > 0 || (!reads.isEmpty() && mayReadSlowly())
            || (reads.isEmpty() && readersMayEnd);
    });
    if (reads.isEmpty())
        return false;
    const size_t share = reads.size(Lane::Interactive) / size_t(std::max(1, settings.readerThreads));
    batch.push_back(mayReadSlowly() ? reads.pop() : reads.pop(Lane::Interactive));
    if (WorkQueue::laneOf(*batch.front()) == Lane::Interactive) {
        while (batch.size() < std::min(share, readsPerSnapshot))
            batch.push_back(reads.pop(Lane::Interactive));
    } else {
        ++slowReaders;
    }
    counters.readUnits += batch.size();
    return true;
}

void Executor::Private::answerReads(Database &database, Jobs &batch)
{
    const ChangeNumber seen = committedChange.load();
    database.beginRead();
    for (auto &job : batch) {
        ReadTransaction snapshot(database, seen);
        job->run(snapshot);
        if (auto error = database.takeFailure()) {
            noteDamage(*error);
            job->fail(*error);
        }
    }
    database.endRead();
    std::ignore = database.takeFailure();
    deliver(batch, {});
}

// ---- check after an unclean end ----

void Executor::Private::checkMain()
{
    // This thread only: answers to people come first.
    setpriority(PRIO_PROCESS, 0, 10);
    auto database = Database::open(settings, Database::Mode::Reader);
    QStringList found;
    std::optional<Error> error;
    if (database) {
        {
            const std::lock_guard lock(mutex);
            if (isStopping)
                return;
            checkedDatabase = database->get();
        }
        found = (*database)->findDamage();
        error = (*database)->takeFailure();
    } else {
        error = database.error();
    }
    const std::lock_guard lock(mutex);
    checkedDatabase = nullptr;
    if ((error && error->code == ErrorCode::Cancelled) || integrityState.check == IntegrityState::Check::Damaged)
        return;
    if (error)
        found.prepend(error->message);
    integrityState.check = found.isEmpty() ? IntegrityState::Check::Good : IntegrityState::Check::Damaged;
    integrityState.detail = found.join(u"; "_s);
    if (found.isEmpty())
        qCInfo(logStore, "the database is sound");
    else
        qCCritical(logStore, "the database is damaged: %s", qUtf8Printable(integrityState.detail));
}

} // namespace Tertulia::Server
