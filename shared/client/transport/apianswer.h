// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/transport/httpcall.h"
#include "protocol/envelope.h"

#include <type_traits>

namespace Tertulia::Client {

/// Asked of ApiClient where the envelope's `pagination` is wanted too: get<Paged<std::vector<Conversation>>>(…).
template <class T> struct Paged
{
    T data;
    std::optional<Pagination> pagination;
};

/// What an answer's status and envelope say, as an Error. The map is the server's (docs/protocol/rest.md) the other way
/// round. An error without our envelope comes from something between us and the server: Unavailable.
[[nodiscard]] Error errorOfAnswer(const HttpAnswer &answer);

/// Unavailable with BAD_ANSWER: a 2xx whose body is not what the contract says.
[[nodiscard]] Error badAnswer(const Error &decoding);

namespace Detail {
template <class T> struct IsPaged : std::false_type
{
    using Data = T;
};
template <class T> struct IsPaged<Paged<T>> : std::true_type
{
    using Data = T;
};
struct Acknowledgement
{
    bool success = false;
    static constexpr auto fields() { return std::tuple{required("success", &Acknowledgement::success)}; }
};
} // namespace Detail

/// The data of a 2xx answer.
template <class T> [[nodiscard]] Result<T> decodeAnswer(const QByteArray &body)
{
    if constexpr (std::is_void_v<T>) {
        const auto answer = fromJson<Detail::Acknowledgement>(body);
        return answer ? Result<void>() : failure(badAnswer(answer.error()));
    } else {
        auto answer = fromJson<SuccessEnvelope<typename Detail::IsPaged<T>::Data>>(body);
        if (!answer)
            return failure(badAnswer(answer.error()));
        if constexpr (Detail::IsPaged<T>::value)
            return T{std::move(answer->data), std::move(answer->pagination)};
        else
            return std::move(answer->data);
    }
}

} // namespace Tertulia::Client
