// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "e2e/desktop/desktopclient.h"

#include <QRandomGenerator>
#include <QSize>

namespace Tertulia::Test {

/// What somebody does at a window who does not know what any of it means: keys, words, clicks, the wheel, another size
/// of the window, looking away. The same seed does the same things in the same order.
class Monkey
{
public:
    Monkey(DesktopClient &client, quint32 seed);

    /// One thing, done. @returns what it was
    QString acts();
    /// The window is as a person would have it who now wants to read.
    void comesToRest();

    [[nodiscard]] bool isLooking() const { return m_isLooking; }
    [[nodiscard]] QRandomGenerator &dice() { return m_dice; }

private:
    [[nodiscard]] QStringList somewhere();
    QString presses();
    QString types();
    QString clicks();
    QString turnsTheWheel();
    QString drags();
    QString resizes();
    QString looksAwayOrBack();

    DesktopClient &m_client;
    QRandomGenerator m_dice;
    QSize m_size;
    bool m_isLooking = true;
};

} // namespace Tertulia::Test
