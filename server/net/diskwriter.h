// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/loop.h"

#include <QByteArray>
#include <QString>

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace Tertulia::Server {

/// The thread that may wait for the disk, so that no network thread does. Tasks run in order.
class DiskWriter
{
public:
    DiskWriter();
    ~DiskWriter(); ///< finishes
    DiskWriter(const DiskWriter &) = delete;
    DiskWriter &operator=(const DiskWriter &) = delete;
    void post(Task task); ///< thread-safe; after finish() the task runs here and now
    void finish(); ///< runs what is queued, then joins

private:
    void run();

    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::vector<Task> m_tasks;
    bool m_ending = false;
    std::thread m_thread;
};

/// One body on its way to a new file. Lives on a network thread, writes on the DiskWriter's.
class UploadFile : public std::enable_shared_from_this<UploadFile>
{
public:
    /// Creates `folder`/<random>.part with mode 0600.
    /// @param onProgress runs on the loop after each write: look at inFlight(), hasFailed()
    [[nodiscard]] static std::shared_ptr<UploadFile> create(DiskWriter &disk, Loop &loop, const QString &folder,
                                                            Task onProgress);
    ~UploadFile(); ///< removes the file unless release() was called
    UploadFile(const UploadFile &) = delete;
    UploadFile &operator=(const UploadFile &) = delete;

    void write(QByteArray bytes);
    [[nodiscard]] qint64 inFlight() const { return m_inFlight; } ///< bytes not yet with the kernel
    [[nodiscard]] bool hasFailed() const { return m_failed; } ///< no space, no folder, no permission: see the log
    [[nodiscard]] bool isDone() const { return m_inFlight == 0 && m_opened; }
    [[nodiscard]] const QString &path() const { return m_path; }
    void cancelProgress() { m_onProgress.reset(); }
    void release() { m_released = true; }
    /// Removes a file that release() has left, on the disk's thread; one that was moved away is no error.
    static void remove(DiskWriter &disk, const QString &path);

private:
    struct File;
    UploadFile(DiskWriter &disk, Loop &loop, QString path, Task onProgress);
    void progress(qint64 bytes, bool ok);

    DiskWriter &m_disk;
    Loop &m_loop;
    QString m_path;
    Task m_onProgress;
    std::shared_ptr<File> m_file;
    qint64 m_inFlight = 0;
    bool m_opened = false;
    bool m_failed = false;
    bool m_released = false;
};

} // namespace Tertulia::Server
