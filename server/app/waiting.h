// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/executor.h"

#include <future>

// For the main thread before the server lets anybody in, and for nobody else: network threads never wait.
namespace Tertulia::Server {

/// `begin` starts something that finishes the completion it is given.
template <class T, class Begin> [[nodiscard]] Result<T> waitFor(Begin begin)
{
    std::promise<Result<T>> promise;
    begin(Completion<T>(nullptr, [&promise](Result<T> result) { promise.set_value(std::move(result)); }));
    return promise.get_future().get();
}

template <class T, class Work> [[nodiscard]] Result<T> waitForRead(Executor &executor, Work work)
{
    return waitFor<T>([&](Completion<T> done) { executor.read<T>(std::move(work), std::move(done)); });
}

template <class T, class Work> [[nodiscard]] Result<T> waitForWrite(Executor &executor, Work work)
{
    return waitFor<T>([&](Completion<T> done) { executor.write<T>(std::move(work), std::move(done)); });
}

} // namespace Tertulia::Server
