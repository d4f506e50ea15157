// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <memory>
#include <span>

namespace Tertulia::Server {

class EpollSource;

/// Sends the output of many sockets in one system call, by io_uring(7), where the kernel lets us: containers mostly
/// forbid it (docs/decisions/0137). It does the plain part only: what the kernel takes is told to its source. All else
/// that comes of a send (a short one, a full socket, a peer that has gone) changes nothing here; the source meets it
/// when it goes on by itself. No send is under way when a call returns. One thread at a time.
class SendBatch
{
public:
    static constexpr int worthwhile = 8; ///< for fewer sources it saves nothing
    static constexpr size_t capacity = 256; ///< sends of one system call; more go in several

    /// Tries it out between two sockets, for that it can be set up says little. An error says what the kernel refuses.
    /// @param from of fewer sources than this none is sent
    [[nodiscard]] static Result<std::unique_ptr<SendBatch>> open(int from = worthwhile);
    ~SendBatch();
    SendBatch(const SendBatch &) = delete;
    SendBatch &operator=(const SendBatch &) = delete;

    /// Asks each source what it has (EpollSource::output), and tells it what has gone (onSent).
    /// @param sources each once
    /// @return false when the kernel refuses all at once: no use in another try. What has gone was told then too.
    [[nodiscard]] bool send(std::span<EpollSource *const> sources);

private:
    explicit SendBatch(int from);
    [[nodiscard]] Result<void> tryOut();
    void take(EpollSource &source);
    [[nodiscard]] bool submit();

    struct Ring;
    std::unique_ptr<Ring> m_ring;
    size_t m_from;
};

} // namespace Tertulia::Server
