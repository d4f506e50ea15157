// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/storejob.h"

namespace Tertulia::Server {

void deliver(StoreJobs &jobs, const std::optional<Error> &error)
{
    std::vector<std::pair<Loop *, std::vector<Task>>> posts;
    for (auto &job : jobs) {
        Loop *loop = job->loop();
        Task task = job->completion(error);
        if (!task)
            continue;
        if (!loop) {
            task();
            continue;
        }
        auto post = std::find_if(posts.begin(), posts.end(), [loop](const auto &entry) { return entry.first == loop; });
        if (post == posts.end()) {
            posts.emplace_back(loop, std::vector<Task>());
            post = std::prev(posts.end());
        }
        post->second.push_back(std::move(task));
    }
    for (auto &[loop, tasks] : posts) {
        loop->post([tasks = std::move(tasks)]() mutable {
            for (Task &task : tasks)
                task();
        });
    }
    jobs.clear();
}

void refuse(std::unique_ptr<StoreJob> job, const Error &error)
{
    job->fail(error);
    StoreJobs one;
    one.push_back(std::move(job));
    deliver(one, {});
}

} // namespace Tertulia::Server
