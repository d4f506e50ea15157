// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "signalr/hubconnectioncontext.h"
#include "signalr/hubdispatcher.h"
#include "support/fakeclock.h"

namespace Tertulia::Test {

using namespace Tertulia::Server;

/// What a test has beside the stage's own hub; made before the front door starts.
class Beside
{
public:
    Beside() = default;
    Beside(const Beside &) = delete;
    Beside &operator=(const Beside &) = delete;
    virtual ~Beside() = default;
    /// Says more of a caller than the stage knows. Network threads.
    virtual void introduce(Caller &caller) { Q_UNUSED(caller) }
    /// A connection to the stage's own hub came or went. Network threads.
    virtual void connected(const UserId &user) { Q_UNUSED(user) }
    virtual void disconnected(const UserId &user) { Q_UNUSED(user) }
    /// One of them has got all that was sent up to this place. Its thread.
    virtual void arrived(HubConnectionContext &connection, quint64 place)
    {
        Q_UNUSED(connection)
        Q_UNUSED(place)
    }
    virtual void stop() { } ///< the network threads still run
};

/// What the hub of a HubStage works with.
struct HubScene
{
    FakeClock clock;
    HubDispatcher *dispatcher = nullptr;
    std::unique_ptr<Beside> beside;
};

/// A hub with a method of each kind.
class StageHub final : public Hub
{
public:
    explicit StageHub(HubScene &scene)
        : m_scene(scene)
    {
    }
    [[nodiscard]] static HubMethods<StageHub> methods()
    {
        HubMethods<StageHub> table;
        table.add("Echo", &StageHub::echo);
        table.add("Later", &StageHub::later);
        table.add("Slow", &StageHub::slow);
        table.add("Tell", &StageHub::tell);
        table.add("Hold", &StageHub::hold);
        table.add("Ask", &StageHub::ask);
        table.add("Count", &StageHub::count);
        table.add("Watch", &StageHub::watch);
        table.add("Gather", &StageHub::gather);
        table.add("Sum", &StageHub::sum);
        table.add("Join", &StageHub::join);
        table.add("Leave", &StageHub::leave);
        table.add("End", &StageHub::end);
        table.add("Abort", &StageHub::abort);
        return table;
    }

    void onConnected(HubConnectionContext &caller, HubReply<void> reply) override
    {
        if (m_scene.beside)
            m_scene.beside->connected(caller.user());
        reply.finish({});
    }
    void onArrived(HubConnectionContext &caller, quint64 place) override
    {
        if (m_scene.beside)
            m_scene.beside->arrived(caller, place);
    }
    void onDisconnected(HubConnectionContext &caller) override
    {
        if (m_scene.beside)
            m_scene.beside->disconnected(caller.user());
    }

private:
    QString echo(QString text) { return text; }
    /// Answers in a later turn; the calls behind it wait for it.
    void later(HubConnectionContext &caller, QString text, HubReply<QString> reply)
    {
        caller.thread().loop().post([text, reply = std::move(reply)]() mutable { reply.finish(text); });
    }
    void slow(HubConnectionContext &caller, QString text, HubReply<QString> reply)
    {
        caller.thread().loop().startTimer(std::chrono::milliseconds(1),
                                          [text, reply = std::move(reply)]() mutable { reply.finish(text); });
    }
    /// To all connections of the caller, on every thread.
    void tell(HubConnectionContext &caller, QString text)
    {
        m_scene.dispatcher->clients().sendToUser(
            caller.user(), SerializedHubMessage::make(QByteArrayLiteral("Told"), std::move(text)));
    }
    /// Never answers.
    void hold(HubReply<QString> reply) { m_held.push_back(std::move(reply)); }
    /// What the client answers.
    void ask(HubConnectionContext &caller, HubReply<QString> reply)
    {
        caller.invoke<QString>("Answer", std::move(reply).completion());
    }
    void count(int to, StreamWriter<int> out)
    {
        for (int i = 0; i < std::min(to, 1000); ++i)
            out.write(i);
        out.finish();
    }
    /// Nothing, until the client cancels.
    void watch(StreamWriter<int> out) { m_watched.push_back(std::move(out)); }
    /// All items of the upload in one.
    void gather(StreamReader<QString> in, HubReply<QString> reply)
    {
        append(std::make_shared<StreamReader<QString>>(std::move(in)),
               std::make_shared<HubReply<QString>>(std::move(reply)), {});
    }
    static void append(std::shared_ptr<StreamReader<QString>> in, std::shared_ptr<HubReply<QString>> reply,
                       const QString &soFar)
    {
        in->next([in, reply, soFar](Result<std::optional<QString>> item) {
            if (!item)
                reply->finish(failure(item.error()));
            else if (*item)
                append(in, reply, soFar + **item);
            else
                reply->finish(soFar);
        });
    }
    struct Summing
    {
        Loop &loop;
        StreamReader<int> in;
        HubReply<int> reply;
        int sum = 0;
    };
    /// Of what is uploaded; each item is taken in a turn of its own, so that they pile up and hold up the rest.
    void sum(HubConnectionContext &caller, StreamReader<int> in, HubReply<int> reply)
    {
        takeItem(std::make_shared<Summing>(Summing{caller.thread().loop(), std::move(in), std::move(reply)}));
    }
    static void takeItem(std::shared_ptr<Summing> summing)
    {
        summing->in.next([summing](const Result<std::optional<int>> &item) {
            if (!item) {
                summing->reply.finish(failure(item.error()));
            } else if (!*item) {
                summing->reply.finish(summing->sum);
            } else {
                summing->sum += **item;
                summing->loop.post([summing] { takeItem(summing); });
            }
        });
    }
    void join(HubConnectionContext &caller) { caller.join(groupNamed("all")); }
    void leave(HubConnectionContext &caller) { caller.leave(groupNamed("all")); }
    void end(HubConnectionContext &caller) { caller.close(); }
    void abort(HubConnectionContext &caller) { caller.abort(); }

    HubScene &m_scene;
    std::vector<HubReply<QString>> m_held;
    std::vector<StreamWriter<int>> m_watched;
};

} // namespace Tertulia::Test
