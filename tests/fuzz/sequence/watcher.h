// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "fuzz/sequence/pipe.h"

#include <map>

namespace Tertulia::Walks {

/// Somebody with manners who watches the people of a walk at the server's own presence hub. Holds what they are told
/// against the rules: each comes and goes by turns, and nobody is told of strangers.
class Watcher
{
public:
    /// Comes when none of the people is there yet, and waits until watching has begun.
    Watcher(quint16 port, const QByteArray &name, const std::vector<QByteArray> &people);

    /// Says something, so as not to be silent for too long, and hears what was told before the answer.
    void live();
    /// Who is here, as far as was told.
    [[nodiscard]] QByteArray whoIsHere() const;
    void leave() { m_pipe.drop(false); }

private:
    void record(const QByteArray &text);
    void waitUntil(const bool &happened, const char *what);

    Pipe m_pipe;
    std::map<QByteArray, QByteArray> m_names; // by id
    std::map<QByteArray, bool> m_isHere; // by id
    bool m_isWatching = false;
    bool m_isAnswered = false;
};

} // namespace Tertulia::Walks
