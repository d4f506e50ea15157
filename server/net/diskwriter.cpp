// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/diskwriter.h"

#include "base/logging.h"
#include "base/random.h"

#include <QFile>

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace Tertulia::Server {

DiskWriter::DiskWriter()
    : m_thread([this] { run(); })
{
}

DiskWriter::~DiskWriter()
{
    finish();
}

void DiskWriter::finish()
{
    if (!m_thread.joinable())
        return;
    {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
    }
    m_wake.notify_one();
    m_thread.join();
}

void DiskWriter::post(Task task)
{
    {
        const std::lock_guard lock(m_mutex);
        if (!m_ending) {
            m_tasks.push_back(std::move(task));
            m_wake.notify_one();
            return;
        }
    }
    task();
}

void DiskWriter::run()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_wake.wait(lock, [this] { return m_ending || !m_tasks.empty(); });
        if (m_tasks.empty())
            return;
        std::vector<Task> tasks;
        tasks.swap(m_tasks);
        lock.unlock();
        for (Task &task : tasks) {
            Task current = std::move(task);
            current();
        }
        lock.lock();
    }
}

/// Touched on the disk's thread only.
struct UploadFile::File
{
    File() = default;
    File(const File &) = delete;
    File &operator=(const File &) = delete;
    ~File()
    {
        if (fd >= 0)
            ::close(fd);
    }
    bool open(const QByteArray &path)
    {
        fd = ::open(path.constData(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        if (fd < 0)
            report("create");
        return fd >= 0;
    }
    bool write(const QByteArray &bytes)
    {
        for (qsizetype done = 0; done < bytes.size() && fd >= 0;) {
            const ssize_t written = ::write(fd, bytes.constData() + done, static_cast<size_t>(bytes.size() - done));
            if (written < 0 && errno == EINTR)
                continue;
            if (written < 0) {
                report("write");
                ::close(std::exchange(fd, -1));
                return false;
            }
            done += written;
        }
        return fd >= 0;
    }
    static void report(const char *what)
    {
        qCWarning(logNet, "Cannot %s an upload's file: %s", what, std::strerror(errno));
    }
    int fd = -1;
};

std::shared_ptr<UploadFile> UploadFile::create(DiskWriter &disk, Loop &loop, const QString &folder, Task onProgress)
{
    const QString path = folder + QLatin1Char('/') + QString::fromLatin1(randomToken(16)) + QStringLiteral(".part");
    const std::shared_ptr<UploadFile> upload(new UploadFile(disk, loop, path, std::move(onProgress)));
    disk.post([file = upload->m_file, name = QFile::encodeName(path), target = &loop, self = upload->weak_from_this()] {
        const bool ok = file->open(name);
        target->post([self, ok] {
            if (const auto alive = self.lock()) {
                alive->m_opened = true;
                alive->progress(0, ok);
            }
        });
    });
    return upload;
}

UploadFile::UploadFile(DiskWriter &disk, Loop &loop, QString path, Task onProgress)
    : m_disk(disk)
    , m_loop(loop)
    , m_path(std::move(path))
    , m_onProgress(std::move(onProgress))
    , m_file(std::make_shared<File>())
{
}

UploadFile::~UploadFile()
{
    // Behind the writes that are under way; the file is closed there too.
    m_disk.post([file = std::move(m_file)] {});
    if (!m_released)
        remove(m_disk, m_path);
}

void UploadFile::remove(DiskWriter &disk, const QString &path)
{
    disk.post([name = QFile::encodeName(path)] { ::unlink(name.constData()); });
}

void UploadFile::write(QByteArray bytes)
{
    m_inFlight += bytes.size();
    m_disk.post([file = m_file, data = std::move(bytes), target = &m_loop, self = weak_from_this()] {
        const bool ok = file->write(data);
        target->post([self, size = data.size(), ok] {
            if (const auto alive = self.lock())
                alive->progress(size, ok);
        });
    });
}

void UploadFile::progress(qint64 bytes, bool ok)
{
    m_inFlight -= bytes;
    m_failed |= !ok;
    if (m_onProgress)
        m_onProgress();
}

} // namespace Tertulia::Server
