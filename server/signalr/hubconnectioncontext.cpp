// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "signalr/hubconnectioncontext.h"

#include "base/logging.h"
#include "signalr/hubconnectionextra.h"
#include "signalr/hubdispatcher.h"
#include "signalr/huberrors.h"
#include "signalr/hubframes.h"

namespace Tertulia::Server {

namespace {

std::string_view view(const QByteArray &text)
{
    return {text.constData(), size_t(text.size())};
}

} // namespace

HubConnectionContext::HubConnectionContext(Setup setup, HubDispatcher &dispatcher)
    : HttpConnection(std::move(setup))
    , m_dispatcher(dispatcher)
    , m_shard(dispatcher.clients().shard(thread()))
    , m_protocol(&jsonHubProtocol())
    , m_lastMessage(thread().clock().steadyNow())
{
}

HubConnectionContext::~HubConnectionContext() = default;

const HubSettings &HubConnectionContext::settings() const
{
    return m_dispatcher.settings();
}

HubConnectionContext::Extra &HubConnectionContext::extra()
{
    if (!m_extra)
        m_extra = std::make_unique<Extra>();
    return *m_extra;
}

// --- output ----------------------------------------------------------------------------------------------------------

SendResult HubConnectionContext::sendRaw(const QByteArray &frame)
{
    if (!transport())
        return SendResult::Closed;
    const SendResult result = transport()->send(frame);
    if (result == SendResult::Queued && transport()->backlog() > settings().outputPauseBytes)
        m_isOutputBehind = true;
    if (result == SendResult::Overflow) {
        qCInfo(logHubs, "connection %s is ended: it reads too slowly, more than %s wait for it",
               connectionText(id()).constData(),
               transportKind() == TransportKind::LongPolling ? "hubs.output_bytes" : "limits.backlog_bytes");
        fail(closedWithError(nullptr, false), true);
    }
    return result;
}

SendResult HubConnectionContext::sendCounted(const QByteArray &frame)
{
    if (m_phase != Phase::Open && m_phase != Phase::Connecting)
        return SendResult::Closed;
    StatefulBuffer *const stateful = m_extra ? m_extra->stateful.get() : nullptr;
    if (!stateful)
        return sendRaw(frame);
    if (stateful->bytes() + frame.size() > settings().maxOutputBytes) {
        qCInfo(logHubs, "connection %s is ended: more than hubs.output_bytes wait for its acknowledgement",
               connectionText(id()).constData());
        fail(closedWithError(nullptr, false), true);
        return SendResult::Overflow;
    }
    if (!stateful->mayWrite()) {
        stateful->wait(frame);
        keptChanged();
        return SendResult::Queued;
    }
    stateful->written(frame);
    keptChanged();
    if (m_extra->isLost)
        return SendResult::Queued;
    const SendResult result = sendRaw(frame);
    // The socket may be dead without our knowing: the message is kept for the next one.
    return result == SendResult::Closed ? SendResult::Queued : result;
}

KeptBytes HubConnectionContext::waiting() const
{
    KeptBytes kept = HttpConnection::waiting();
    if (m_phase == Phase::Closing || m_phase == Phase::Closed)
        return kept; // the rest is as good as gone
    kept.input = m_input.held();
    if (m_extra && m_extra->stateful)
        kept.output += m_extra->stateful->bytes();
    return kept;
}

SendResult HubConnectionContext::send(const SerializedHubMessage &message)
{
    return isOpen() ? sendCounted(message.frame(format())) : SendResult::Closed;
}

quint64 HubConnectionContext::probe()
{
    if (m_extra && m_extra->stateful)
        return quint64(m_extra->stateful->lastNumber());
    m_hasProbed = true;
    m_owesProbe = false;
    if (transport())
        transport()->probe(++m_lastProbe);
    return m_lastProbe;
}

quint64 HubConnectionContext::probeSoon()
{
    // A socket alone has to be asked; elsewhere the client's own requests tell.
    if (!m_hasProbed || transportKind() != TransportKind::WebSockets)
        return probe();
    m_owesProbe = true;
    return m_lastProbe + 1;
}

void HubConnectionContext::arrived(quint64 place)
{
    if (m_wasAnnounced)
        m_shard.hub().onArrived(*this, place);
}

void HubConnectionContext::answeredAlive()
{
    // Of a client that pings its own silence counts: a browser answers for a page that hangs.
    if (std::exchange(m_wasAsked, false))
        m_lastMessage = thread().clock().steadyNow();
}

SendResult HubConnectionContext::sendInvocation(std::string_view target, const QByteArray &arguments)
{
    if (!isOpen())
        return SendResult::Closed;
    InvocationHead head;
    head.target = target;
    return sendCounted(toFrame(*m_protocol, m_protocol->writeInvocation(head, arguments)));
}

void HubConnectionContext::complete(const QByteArray &invocationId, const QByteArray &encodedResult)
{
    if (!invocationId.isEmpty())
        sendCounted(toFrame(*m_protocol, m_protocol->writeResult(view(invocationId), encodedResult)));
}

void HubConnectionContext::completeVoid(const QByteArray &invocationId)
{
    if (!invocationId.isEmpty())
        sendCounted(toFrame(*m_protocol, m_protocol->writeEnd(view(invocationId))));
}

void HubConnectionContext::completeWithError(const QByteArray &invocationId, const QString &text)
{
    if (!invocationId.isEmpty())
        sendCounted(toFrame(*m_protocol, m_protocol->writeError(view(invocationId), text)));
}

SendResult HubConnectionContext::sendItem(const QByteArray &invocationId, const QByteArray &item)
{
    const SendResult result = sendCounted(toFrame(*m_protocol, m_protocol->writeStreamItem(view(invocationId), item)));
    // What the kernel has not taken is little: only a real backlog is worth the producer's waiting.
    return result == SendResult::Queued && transport() && !m_isOutputBehind
            && (!m_extra || !m_extra->stateful || m_extra->stateful->mayWrite())
        ? SendResult::Sent
        : result;
}

void HubConnectionContext::transportDrained()
{
    if (!std::exchange(m_isOutputBehind, false))
        return;
    outputReady();
    unblock();
}

void HubConnectionContext::outputReady()
{
    if (!m_extra)
        return;
    std::vector<std::shared_ptr<DownloadStream>> streams;
    for (const auto &[id, stream] : m_extra->downloads)
        streams.push_back(stream);
    for (const auto &stream : streams) {
        if (stream->isOver || !stream->onReady)
            continue;
        // It may set another one while it runs.
        Task task = std::move(stream->onReady);
        task();
        if (!stream->isOver && !stream->onReady)
            stream->onReady = std::move(task);
    }
}

// --- what hub methods use --------------------------------------------------------------------------------------------

void HubConnectionContext::join(const HubGroup &group)
{
    if ((isOpen() || m_phase == Phase::Connecting) && mayJoin(group))
        m_shard.join(*this, group);
}

bool HubConnectionContext::mayJoin(const HubGroup &group) const
{
    return m_groups.size() < size_t(settings().maxGroups) || isIn(group);
}

void HubConnectionContext::leave(const HubGroup &group)
{
    m_shard.leave(*this, group);
}

bool HubConnectionContext::isIn(const HubGroup &group) const
{
    return std::find(m_groups.begin(), m_groups.end(), group) != m_groups.end();
}

void HubConnectionContext::invokeClient(std::string_view target, const QByteArray &arguments, ClientResult done)
{
    const auto refuse = [&done](const QString &text) {
        Error error = Error::cancelled();
        error.message = text;
        done(failure(std::move(error)));
    };
    if (!isOpen()) {
        refuse(QStringLiteral("Connection '%1' disconnected.").arg(QString::fromLatin1(connectionText(id()))));
        return;
    }
    if (extra().results.size() >= size_t(settings().maxClientResults)) {
        refuse(QStringLiteral("Too many results are awaited from this client."));
        return;
    }
    const QByteArray invocationId = connectionText(id()) + ':' + QByteArray::number(++m_extra->nextResult);
    m_extra->results.emplace(invocationId, std::move(done));
    InvocationHead head;
    head.target = target;
    head.invocationId = view(invocationId);
    sendCounted(toFrame(*m_protocol, m_protocol->writeInvocation(head, arguments)));
    unblock();
}

bool HubConnectionContext::hasFreeSlot() const
{
    // A method that waits for its own client lends its slot: the answer could come behind another invocation.
    const size_t lent = m_extra ? m_extra->results.size() : 0;
    return m_running < size_t(settings().maxParallelInvocations) + lent;
}

void HubConnectionContext::invocationEnded()
{
    --m_running;
    unblock();
}

std::optional<QString> HubConnectionContext::whyNoDownload(const QByteArray &id) const
{
    if (m_extra && m_extra->downloads.contains(id))
        return invocationIdInUse(id);
    if (m_extra && m_extra->downloads.size() >= size_t(settings().maxStreams))
        return tooManyStreams();
    return std::nullopt;
}

std::optional<QString> HubConnectionContext::whyNoUploads(const std::vector<QByteArray> &ids) const
{
    if (!m_extra)
        return std::nullopt;
    // The method that reads the earlier one would wait for items that never come.
    for (const QByteArray &id : ids) {
        if (m_extra->uploads.contains(id))
            return streamIdInUse(id);
    }
    return m_extra->uploads.size() + ids.size() > size_t(settings().maxStreams) ? std::optional(tooManyStreams())
                                                                                : std::nullopt;
}

void HubConnectionContext::addDownload(const std::shared_ptr<DownloadStream> &stream)
{
    extra().downloads.emplace(stream->id, stream);
}

void HubConnectionContext::removeDownload(const QByteArray &id)
{
    if (m_extra)
        m_extra->downloads.erase(id);
}

std::shared_ptr<UploadStream> HubConnectionContext::addUpload(const QByteArray &id)
{
    auto stream = std::make_shared<UploadStream>();
    stream->connection = std::static_pointer_cast<HubConnectionContext>(shared_from_this());
    extra().uploads.insert_or_assign(id, stream);
    return stream;
}

void HubConnectionContext::removeUploads(const std::vector<QByteArray> &ids)
{
    if (!m_extra || ids.empty())
        return;
    for (const QByteArray &id : ids)
        m_extra->uploads.erase(id);
    unblock();
}

void HubConnectionContext::addCancel(const QByteArray &id, const std::shared_ptr<CancelState> &state)
{
    extra().cancels.insert_or_assign(id, state);
}

void HubConnectionContext::removeCancel(const QByteArray &id)
{
    if (m_extra)
        m_extra->cancels.erase(id);
}

// --- deadlines -------------------------------------------------------------------------------------------------------

void HubConnectionContext::tick(Time now)
{
    const auto self = shared_from_this();
    HttpConnection::tick(now);
    switch (m_phase) {
    case Phase::Handshake:
        if (now - m_lastMessage >= settings().handshakeTimeout)
            refuseHandshake(QStringLiteral("Handshake was canceled."));
        return;
    case Phase::Connecting:
    case Phase::Open:
        break;
    case Phase::Closing:
    case Phase::Closed:
        return;
    }
    if (m_extra && m_extra->isLost) {
        if (now - m_extra->lostAt >= settings().disconnectTimeout)
            endApplication();
        return;
    }
    if (isTokenGraceOver()) {
        endOfToken();
        return;
    }
    if (transportKind() == TransportKind::LongPolling)
        return; // the polls themselves keep it alive
    m_hasProbed = false;
    if (m_owesProbe)
        probe();
    if (!m_isBlocked && now - m_lastMessage > settings().clientTimeout) {
        silent(now);
        if (m_phase == Phase::Closing)
            return;
    }
    if (now - m_lastPing > settings().keepAliveInterval) {
        m_lastPing = now;
        sendRaw(pingFrame(*m_protocol));
    }
    if (m_extra && m_extra->stateful) {
        if (const qint64 number = m_extra->stateful->takeAck())
            sendRaw(toFrame(*m_protocol, m_protocol->writeAck(number)));
    }
}

void HubConnectionContext::silent(Time now)
{
    if (!m_hasPinged && !std::exchange(m_wasAsked, true)) {
        // Perhaps one that never pings: its socket has to answer for it, as RFC 6455 5.5.2 demands.
        m_lastMessage = now;
        transport()->askIfAlive();
        return;
    }
    fail(closedWithDetail(QStringLiteral("OperationCanceledException: Client hasn't sent a message/ping within the "
                                         "configured ClientTimeoutInterval."),
                          settings().detailedErrors),
         true);
}

void HubConnectionContext::endOfToken()
{
    qCInfo(logHubs, "connection %s: its token has ended and no fresh one came", connectionText(id()).constData());
    if (mayResume())
        cut(); // the client resumes with a fresh one and misses nothing
    else
        fail({}, true);
}

// --- the end ---------------------------------------------------------------------------------------------------------

void HubConnectionContext::fail(const QString &error, bool allowReconnect)
{
    if (m_phase == Phase::Closing || m_phase == Phase::Closed)
        return;
    const auto reason = error.isEmpty() ? std::nullopt : std::optional(error);
    if (m_phase != Phase::Handshake && transport())
        transport()->send(toFrame(*m_protocol, m_protocol->writeClose(reason, allowReconnect)));
    endApplication();
}

void HubConnectionContext::protocolError(const QString &what)
{
    qCInfo(logHubs, "connection %s: %s", connectionText(id()).constData(), qUtf8Printable(what));
    fail(closedWithDetail(QStringLiteral("InvalidDataException: ") + what, settings().detailedErrors), true);
}

void HubConnectionContext::close()
{
    fail({}, false);
}

void HubConnectionContext::shutDown()
{
    fail({}, true);
}

void HubConnectionContext::signedOut()
{
    fail(QStringLiteral("Connection closed because the sign-in has ended."), false);
}

void HubConnectionContext::abort()
{
    endApplication();
    HttpConnection::abort();
}

void HubConnectionContext::endApplication()
{
    if (m_phase == Phase::Closing || m_phase == Phase::Closed)
        return;
    m_phase = Phase::Closing;
    keptChanged();
    if (std::exchange(m_stateful, false))
        thread().registry().setResumable(token(), false);
    if (transport())
        transport()->close();
    // At the end of the turn, since we may be inside a hub method or a walk over the shard's connections.
    thread().loop().post(
        [self = std::static_pointer_cast<HubConnectionContext>(shared_from_this())] { self->farewell(); });
}

void HubConnectionContext::farewell()
{
    m_phase = Phase::Closed;
    m_input.clear();
    if (const auto last = std::exchange(m_extra, nullptr)) {
        for (const auto &[streamId, stream] : last->downloads) {
            const auto keep = stream;
            keep->cancel.cancel();
            keep->isOver = true;
            keep->onReady.reset();
        }
        for (const auto &[cancelId, state] : last->cancels)
            state->cancel();
        Error gone = Error::cancelled();
        gone.message = QStringLiteral("Connection '%1' disconnected.").arg(QString::fromLatin1(connectionText(id())));
        for (const auto &[uploadId, stream] : last->uploads) {
            stream->hasEnded = true;
            stream->error = gone;
            if (auto waiting = std::move(stream->onChange))
                waiting();
        }
        for (auto &[resultId, done] : last->results)
            done(failure(gone));
    }
    if (std::exchange(m_wasAnnounced, false))
        m_dispatcher.disconnected(*this);
    if (!transport())
        HttpConnection::leave();
}

void HubConnectionContext::transportLost(bool clean)
{
    if (!clean && mayResume()) {
        m_extra->isLost = true;
        m_extra->lostAt = thread().clock().steadyNow();
        m_isOutputBehind = false;
        return;
    }
    if (m_phase == Phase::Closed)
        HttpConnection::leave();
    else
        endApplication();
}

bool HubConnectionContext::mayResume() const
{
    // The handshake alone decides it: before, there is no protocol, no count and nothing to go on with.
    return m_stateful && (m_phase == Phase::Open || m_phase == Phase::Connecting) && m_extra && m_extra->stateful;
}

void HubConnectionContext::resumed()
{
    // Half a record of the old socket would never be completed; whole ones that waited are sent again, uncounted.
    m_input.clear();
    keptChanged();
    m_isBlocked = false;
    m_isReadingPaused = false;
    m_isOutputBehind = false;
    m_extra->isLost = false;
    m_lastMessage = thread().clock().steadyNow();
    StatefulBuffer &stateful = *m_extra->stateful;
    stateful.awaitSequence();
    sendRaw(toFrame(*m_protocol, m_protocol->writeSequence(stateful.firstUnacked())));
    // A copy: sending may end the connection.
    for (const QByteArray &frame : std::deque<QByteArray>(stateful.unacked()))
        sendRaw(frame);
}

} // namespace Tertulia::Server
