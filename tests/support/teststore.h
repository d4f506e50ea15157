// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/executor.h"
#include "store/transaction.h"

#include <QTemporaryDir>

#include <future>

namespace Tertulia::Test {

/// An Executor on a database in a temporary folder, with waiting calls for tests.
class TestStore
{
public:
    explicit TestStore(Server::StoreSettings settings = {})
        : m_settings(std::move(settings))
    {
        if (m_settings.path.isEmpty())
            m_settings.path = m_folder.filePath(QStringLiteral("test.db"));
    }

    [[nodiscard]] Result<void> start(Server::Executor::EventSink sink = {}, Server::Executor::EventSink lateSink = {})
    {
        m_executor = std::make_unique<Server::Executor>(m_settings);
        if (sink)
            m_executor->addSink(std::move(sink));
        if (lateSink)
            m_executor->addSink(std::move(lateSink), Server::Executor::Turn::BehindAnswers);
        return m_executor->start();
    }
    void stop() { m_executor.reset(); }

    /// `work` is `Result<T>(Transaction &)`; waits for the answer.
    template <class Work> auto write(Work work) { return startWrite(std::move(work)).get(); }
    template <class Work> auto startWrite(Work work)
    {
        using Answer = std::invoke_result_t<Work &, Server::Transaction &>;
        auto promise = std::make_shared<std::promise<Answer>>(); // shared: the handler is the other owner
        auto future = promise->get_future();
        m_executor->write<typename Answer::value_type>(
            std::move(work), Completion<typename Answer::value_type>(nullptr, [promise](Answer answer) {
                promise->set_value(std::move(answer));
            }));
        return future;
    }
    template <class Work> auto read(Work work)
    {
        using Answer = std::invoke_result_t<Work &, Server::ReadTransaction &>;
        std::promise<Answer> promise;
        auto future = promise.get_future();
        m_executor->read<typename Answer::value_type>(
            std::move(work), Completion<typename Answer::value_type>(nullptr, [&promise](Answer answer) {
                promise.set_value(std::move(answer));
            }));
        return future.get();
    }

    /// Keeps the writer busy until the returned promise is fulfilled, so that what is queued meanwhile forms one batch.
    std::promise<void> holdWriter()
    {
        return hold([this](auto gate, Completion<void> done) {
            m_executor->write<void>([gate](Server::Transaction &) { return gate(); }, std::move(done));
        });
    }
    /// The same for the readers; all of them, if it is called once for each.
    std::promise<void> holdReader()
    {
        return hold([this](auto gate, Completion<void> done) {
            m_executor->read<void>([gate](Server::ReadTransaction &) { return gate(); }, std::move(done));
        });
    }

    [[nodiscard]] Server::Executor &executor() { return *m_executor; }
    [[nodiscard]] Server::StoreSettings &settings() { return m_settings; }

private:
    template <class Start> static std::promise<void> hold(Start start)
    {
        std::promise<void> release;
        std::promise<void> reached;
        auto running = reached.get_future();
        start(
            [gate = release.get_future().share(), &reached]() -> Result<void> {
                reached.set_value();
                gate.wait();
                return {};
            },
            Completion<void>());
        running.wait();
        return release;
    }

    QTemporaryDir m_folder;
    Server::StoreSettings m_settings;
    std::unique_ptr<Server::Executor> m_executor;
};

} // namespace Tertulia::Test
