// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/sequence/walk.h"

#include <QElapsedTimer>

#include <poll.h>

// The end of a walk: when all have gone nothing may be left of them.

namespace Tertulia::Walks {

using namespace Tertulia::Test;

QByteArray Walk::whatIsLeft() const
{
    QByteArray left;
    const auto count = [&left](const char *what, qsizetype number) {
        if (number > 0)
            left += QByteArray::number(number) + ' ' + what + ", ";
    };
    count("in the registry", m_stage.server().connectionCount());
    count("online", qsizetype(m_hubs.presence().onlineCount()));
    for (HubThread *const thread : m_stage.threads()) {
        HubStage::run(*thread, [&] {
            count("on a thread", thread->size());
            count("in a hub", qsizetype(m_stage.dispatcher().clients().shard(*thread).all().size()));
        });
    }
    const auto counters = m_stage.door().counters();
    count("sockets", qsizetype(counters.open));
    count("WebSockets", qsizetype(counters.webSockets));
    count("bytes of bodies", qsizetype(counters.bodyBytesHeld));
    return left;
}

void Walk::finish()
{
    for (const PipePtr &pipe : m_pipes)
        pipe->drop(m_dice.roll(2) == 1);
    m_pipes.clear();
    QElapsedTimer waited;
    waited.start();
    const auto letTimePass = [this] {
        m_stage.clock().advance(std::chrono::seconds(4));
        m_hubs.tick();
        ::poll(nullptr, 0, 10);
    };
    for (m_watcher->live(); !m_watcher->whoIsHere().isEmpty(); m_watcher->live()) {
        if (waited.elapsed() > patience)
            fail("when all have gone there are still here: " + m_watcher->whoIsHere());
        letTimePass();
    }
    m_watcher->leave();
    for (QByteArray left = whatIsLeft(); !left.isEmpty(); left = whatIsLeft()) {
        if (waited.elapsed() > patience)
            fail("when all have gone there is left: " + left);
        letTimePass();
    }
}

void Walk::finishDraining()
{
    QElapsedTimer waited;
    waited.start();
    while (!m_drained) {
        pump(5);
        if (waited.elapsed() > patience)
            fail("the server does not come to its end, there is left: " + whatIsLeft());
    }
    m_stage.clock().advance(std::chrono::seconds(11));
    m_hubs.tick();
    if (const size_t online = m_hubs.presence().onlineCount(); online > 0)
        fail("the server has gone and " + QByteArray::number(online) + " are online");
}

} // namespace Tertulia::Walks
