// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/codec.h"

#include <QPointer>

#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace Tertulia::Client {

class HubConnection;

/// A stream that the server sends. Move-only; destroyed or cancelled, it tells the server to stop, and its handlers are
/// not called any more.
class HubStream
{
public:
    HubStream() = default;
    HubStream(HubConnection *connection, QByteArray id);
    HubStream(HubStream &&other) noexcept;
    HubStream &operator=(HubStream &&other) noexcept;
    ~HubStream() { cancel(); }

    void cancel();
    [[nodiscard]] bool isActive() const;

private:
    QPointer<HubConnection> m_connection;
    QByteArray m_id;
};

/// What has become of an item.
enum class UploadResult {
    Sent,
    Full, ///< taken, but much is waiting: go on at HubConnection::writable
    Closed, ///< not taken: not yet handed to a call, finished, or the connection is gone
};

/// The id and the end of an upload, without the type of its items.
class HubUploadBase
{
public:
    HubUploadBase(HubUploadBase &&other) noexcept;
    HubUploadBase &operator=(HubUploadBase &&other) noexcept;

    /// Ends the stream. Afterwards nothing can be written.
    void finish();
    /// Ends the stream with an error that the hub method sees.
    void fail(const QString &why);
    [[nodiscard]] const QByteArray &id() const { return m_id; }
    [[nodiscard]] bool isOpen() const;

protected:
    HubUploadBase() = default;
    HubUploadBase(HubConnection *connection, QByteArray id);
    ~HubUploadBase() { fail(QStringLiteral("The upload was dropped.")); }
    [[nodiscard]] WireFormat format() const;
    UploadResult writeEncoded(QByteArrayView item);

private:
    QPointer<HubConnection> m_connection;
    QByteArray m_id;
};

/// A stream to the server: made by HubConnection::upload, handed to one call among its arguments, then written.
template <class T> class HubUpload final : public HubUploadBase
{
public:
    HubUpload() = default;
    HubUpload(HubConnection *connection, QByteArray id)
        : HubUploadBase(connection, std::move(id))
    {
    }
    UploadResult write(const T &item) { return writeEncoded(encode(format(), item)); }
};

template <class T> constexpr bool isHubUpload = std::is_base_of_v<HubUploadBase, T>;

/// The arguments that are values, as one encoded array: uploads travel beside them.
template <class... Args> [[nodiscard]] QByteArray encodeCallArguments(WireFormat format, const Args &...args)
{
    [[maybe_unused]] constexpr auto one = []([[maybe_unused]] const auto &argument) {
        if constexpr (isHubUpload<std::remove_cvref_t<decltype(argument)>>)
            return std::tuple<>();
        else
            return std::tie(argument);
    };
    return std::apply([format](const auto &...values) { return encodeArguments(format, values...); },
                      std::tuple_cat(one(args)...));
}

/// The ids of the arguments that are uploads, in order.
template <class... Args> [[nodiscard]] std::vector<QByteArray> uploadIds(const Args &...args)
{
    std::vector<QByteArray> ids;
    [[maybe_unused]] const auto one = [&ids](const auto &argument) {
        if constexpr (isHubUpload<std::remove_cvref_t<decltype(argument)>>)
            ids.push_back(argument.id());
    };
    (one(args), ...);
    return ids;
}

} // namespace Tertulia::Client
