// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/frames.h"

#include <openssl/evp.h>

#include <array>
#include <cstring>

namespace Tertulia::Bench::Frames {

namespace {

constexpr size_t maxPayload = 16 << 20;

void applyMask(char *bytes, size_t size, uint32_t mask)
{
    const uint64_t wide = (uint64_t(mask) << 32) | mask;
    size_t i = 0;
    for (; i + 8 <= size; i += 8) {
        uint64_t word = 0;
        std::memcpy(&word, bytes + i, 8);
        word ^= wide;
        std::memcpy(bytes + i, &word, 8);
    }
    std::array<char, 4> rest{};
    std::memcpy(rest.data(), &mask, 4);
    for (; i < size; ++i)
        bytes[i] = char(bytes[i] ^ rest[i & 3]);
}

} // namespace

void append(std::string &out, uint8_t opcode, std::string_view payload, bool masked)
{
    constexpr uint32_t mask = 0x5a17c3e9; // any: nobody is fooled on loopback
    const size_t size = payload.size();
    const auto maskBit = uint8_t(masked ? 0x80 : 0);
    out.push_back(char(0x80 | opcode));
    if (size < 126) {
        out.push_back(char(maskBit | size));
    } else if (size <= 0xffff) {
        out.push_back(char(maskBit | 126));
        out.push_back(char(size >> 8));
        out.push_back(char(size & 0xff));
    } else {
        out.push_back(char(maskBit | 127));
        for (int shift = 56; shift >= 0; shift -= 8)
            out.push_back(char((uint64_t(size) >> shift) & 0xff));
    }
    if (masked)
        out.append(reinterpret_cast<const char *>(&mask), 4);
    const size_t start = out.size();
    out.append(payload);
    if (masked)
        applyMask(out.data() + start, size, mask);
}

long take(char *bytes, size_t size, Frame &frame)
{
    if (size < 2)
        return 0;
    const auto first = uint8_t(bytes[0]);
    const auto second = uint8_t(bytes[1]);
    if ((first & 0xf0) != 0x80)
        return -1;
    size_t head = 2;
    size_t length = second & 0x7f;
    const size_t lengthBytes = length == 126 ? 2 : length == 127 ? 8 : 0;
    if (lengthBytes > 0) {
        head += lengthBytes;
        if (size < head)
            return 0;
        length = 0;
        for (size_t i = 2; i < head; ++i)
            length = (length << 8) | uint8_t(bytes[i]);
    }
    if (length > maxPayload)
        return -1;
    const bool masked = (second & 0x80) != 0;
    if (masked)
        head += 4;
    if (size < head + length)
        return 0;
    if (masked) {
        uint32_t mask = 0;
        std::memcpy(&mask, bytes + head - 4, 4);
        applyMask(bytes + head, length, mask);
    }
    frame = {uint8_t(first & 0x0f), {bytes + head, length}};
    return long(head + length);
}

std::string acceptKey(std::string_view key)
{
    std::string joined(key);
    joined += "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    EVP_Digest(joined.data(), joined.size(), digest.data(), &size, EVP_sha1(), nullptr);
    std::array<unsigned char, 64> encoded{};
    const int length = EVP_EncodeBlock(encoded.data(), digest.data(), int(size));
    return {reinterpret_cast<const char *>(encoded.data()), size_t(length)};
}

} // namespace Tertulia::Bench::Frames
