// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "testhandler.h"

#include <QUrl>

namespace Tertulia::Test {

/// A running front door on loopback with the TestHandler behind it. What goes out in one turn goes out together, be it
/// for one connection only, where the kernel lets it.
class DoorFixture
{
public:
    explicit DoorFixture(NetSettings settings = {}, bool tls = false)
    {
        settings.listen = {{QHostAddress(QHostAddress::LocalHost), 0, tls}};
        settings.ioUring = ioUring;
        settings.sendTogetherFrom = 1;
        if (settings.threads == 0)
            settings.threads = 1;
        m_door = std::make_unique<FrontDoor>(
            std::move(settings), [this](NetworkThread &thread) { return std::make_unique<TestHandler>(thread, seen); });
        const auto started = m_door->start();
        if (!started)
            qFatal("%s", qPrintable(started.error().message));
        m_port = static_cast<quint16>(QUrl(m_door->urls().front()).port());
    }
    ~DoorFixture()
    {
        m_door.reset();
        seen.kept.clear();
    }
    DoorFixture(const DoorFixture &) = delete;
    DoorFixture &operator=(const DoorFixture &) = delete;

    [[nodiscard]] quint16 port() const { return m_port; }
    [[nodiscard]] FrontDoor &door() { return *m_door; }
    void reset() { m_door.reset(); }

    Seen seen;
    inline static bool ioUring = true;

private:
    std::unique_ptr<FrontDoor> m_door;
    quint16 m_port = 0;
};

} // namespace Tertulia::Test
