// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace Tertulia::Bench {

/// WebSocket frames (RFC 6455) as far as benchmarks need them: whole messages, no fragments, no extensions.
namespace Frames {

constexpr uint8_t text = 1, close = 8, ping = 9, pong = 10;

struct Frame
{
    uint8_t opcode = 0;
    std::string_view payload; ///< in the buffer that was read, unmasked in place
};

/// Appends one whole frame to `out`. Clients mask.
void append(std::string &out, uint8_t opcode, std::string_view payload, bool masked);

/// Takes the first frame of `bytes`. @return bytes used; 0: more are needed; -1: not a frame we accept
[[nodiscard]] long take(char *bytes, size_t size, Frame &frame);

/// The value of Sec-WebSocket-Accept.
[[nodiscard]] std::string acceptKey(std::string_view key);

} // namespace Frames
} // namespace Tertulia::Bench
