// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/handshake.h"
#include "protocol/hubprotocol.h"
#include "protocol/statefulbuffer.h"
#include "signalr/httpconnection.h"
#include "signalr/hubshard.h"
#include "signalr/hubstreams.h"
#include "signalr/inputbuffer.h"

#include <unordered_map>

namespace Tertulia::Server {

class HubDispatcher;
struct HubSettings;

/// One client of a hub: speaks the hub protocol over whatever transport, keeps its deadlines, and is the only writer of
/// its output. Home thread only; use HubLifetimeManager from elsewhere.
class HubConnectionContext final : public HttpConnection
{
public:
    HubConnectionContext(Setup setup, HubDispatcher &dispatcher);
    ~HubConnectionContext() override;

    // --- for hub methods

    [[nodiscard]] bool isOpen() const { return m_phase == Phase::Open; }
    /// Calls a method of this client. The arguments may have any type that codec.h knows.
    template <class... Args> SendResult sendEvent(std::string_view target, const Args &...args)
    {
        return sendInvocation(target, encodeArguments(format(), args...));
    }
    template <class... Args> SendResult sendEvent(QLatin1StringView target, const Args &...args)
    {
        return sendEvent(std::string_view(target.data(), size_t(target.size())), args...);
    }
    SendResult sendInvocation(std::string_view target, const QByteArray &encodedArguments);
    SendResult send(const SerializedHubMessage &message);
    /// Asks to be told by Hub::onArrived when the client has got all that was sent to it so far, which is then the
    /// place given here. Places rise.
    quint64 probe();
    /// The same for what goes out often and may be known a little later: where the client has to be asked, it is asked
    /// once a heartbeat (HubSettings::heartbeat) at most, about all that was sent in between.
    quint64 probeSoon();
    /// What the hub keeps of this connection; null until it has set some.
    [[nodiscard]] HubItems *items() const { return m_items.get(); }
    void setItems(std::unique_ptr<HubItems> items) { m_items = std::move(items); }
    /// Asks this client for the result of its method. While it is awaited one more invocation of the client may run.
    template <class T, class... Args>
    void invoke(std::string_view target, Completion<T> completion, const Args &...args)
    {
        invokeClient(target, encodeArguments(format(), args...),
                     [completion = std::move(completion)](const Result<Value> &result) mutable {
                         completion.finish(result.and_then([](Value value) { return readClientResult<T>(value); }));
                     });
    }
    /// Does nothing when it may not.
    void join(const HubGroup &group);
    /// Whether it is in that group or may have one more (HubSettings::maxGroups).
    [[nodiscard]] bool mayJoin(const HubGroup &group) const;
    void leave(const HubGroup &group);
    [[nodiscard]] bool isIn(const HubGroup &group) const;
    /// Ends the connection; the client is not asked to come back.
    void close();
    void abort() override;
    [[nodiscard]] WireFormat format() const { return m_protocol->format(); }
    [[nodiscard]] HubShard &shard() const { return m_shard; }
    [[nodiscard]] const HubSettings &settings() const;

    // --- for the dispatcher and what it hands out

    using ClientResult = MoveFunction<void(const Result<Value> &)>;
    void invokeClient(std::string_view target, const QByteArray &arguments, ClientResult done);
    void complete(const QByteArray &invocationId, const QByteArray &encodedResult);
    void completeVoid(const QByteArray &invocationId);
    void completeWithError(const QByteArray &invocationId, const QString &text);
    SendResult sendItem(const QByteArray &invocationId, const QByteArray &item);
    void connected(const Error *error);
    void invocationStarted() { ++m_running; }
    void invocationEnded();
    [[nodiscard]] bool hasFreeSlot() const;
    /// Whether a call that streams may begin; else what its caller is told.
    [[nodiscard]] std::optional<QString> whyNoDownload(const QByteArray &id) const;
    [[nodiscard]] std::optional<QString> whyNoUploads(const std::vector<QByteArray> &ids) const;
    void addDownload(const std::shared_ptr<DownloadStream> &stream);
    void removeDownload(const QByteArray &id);
    [[nodiscard]] std::shared_ptr<UploadStream> addUpload(const QByteArray &id);
    void removeUploads(const std::vector<QByteArray> &ids);
    void addCancel(const QByteArray &id, const std::shared_ptr<CancelState> &state);
    void removeCancel(const QByteArray &id);
    /// Input that had to wait may go on after this turn.
    void unblock();
    [[nodiscard]] const InputBuffer &input() const { return m_input; } ///< for tests

    // --- events

    void receive(QByteArrayView bytes, bool last) override;
    void transportDrained() override;
    void arrived(quint64 place) override;
    void answeredAlive() override;
    void resumeInput() override;
    void tick(Time now) override;
    void shutDown() override;
    void signedOut() override;

protected:
    void started() override;
    void transportLost(bool clean) override;
    [[nodiscard]] bool mayResume() const override;
    void resumed() override;
    [[nodiscard]] KeptBytes waiting() const override;

private:
    friend class HubShard;
    enum class Phase : quint8 { Handshake, Connecting, Open, Closing, Closed };
    enum class Outcome : quint8 { Handled, Blocked };
    struct Extra; // what few connections have

    template <class T> static Result<T> readClientResult(Value value)
    {
        return readValue<T>(value).map_error([](Error error) {
            const char *const type = std::is_same_v<T, bool> ? "Boolean"
                : std::is_integral_v<T>                      ? "Int32"
                : std::is_same_v<T, QString>                 ? "String"
                                                             : "Object";
            error.message = QStringLiteral("Error trying to deserialize result to %1. ").arg(QLatin1StringView(type))
                + error.message;
            return error;
        });
    }

    [[nodiscard]] qsizetype process(QByteArrayView bytes, qsizetype searched);
    [[nodiscard]] qsizetype shakeHands(QByteArrayView bytes);
    void refuseHandshake(const QString &text);
    void handleInput();
    [[nodiscard]] Outcome handle(const HubMessage &message);
    [[nodiscard]] Outcome handleCounted(const HubMessage &message);
    [[nodiscard]] Outcome handleItem(const StreamItemMessage &message);
    void handleCompletion(const CompletionMessage &message);
    void handleCancel(const CancelInvocationMessage &message);
    void handleAck(const AckMessage &message);

    SendResult sendCounted(const QByteArray &frame);
    SendResult sendRaw(const QByteArray &frame);
    void outputReady();
    void protocolError(const QString &what);
    void fail(const QString &error, bool allowReconnect);
    /// It was silent for the whole of HubSettings::clientTimeout.
    void silent(Time now);
    void endOfToken();
    void endApplication();
    void farewell();
    [[nodiscard]] Extra &extra();

    HubDispatcher &m_dispatcher;
    HubShard &m_shard;
    const HubProtocol *m_protocol;
    std::unique_ptr<Extra> m_extra;
    std::unique_ptr<HubItems> m_items;
    InputBuffer m_input; // bytes that are no whole message yet, or wait
    std::vector<HubGroup> m_groups;
    Time m_lastPing;
    Time m_lastMessage; // end of handling it, or of its silence's first half; before the handshake: the start
    quint64 m_lastProbe = 0; // its place; a stateful connection counts messages instead
    quint32 m_place = 0; // in the shard's list
    quint16 m_running = 0; // invocations that hold a slot
    Phase m_phase = Phase::Handshake;
    bool m_hasPinged = false; // it will ping again
    bool m_wasAsked = false; // whether it is there, and has not answered yet
    bool m_isBlocked = false;
    bool m_isReadingPaused = false;
    bool m_isOutputBehind = false;
    bool m_wasAnnounced = false; // to the hub
    bool m_hasProbed = false; // since the last heartbeat
    bool m_owesProbe = false; // with the next heartbeat
};

} // namespace Tertulia::Server
