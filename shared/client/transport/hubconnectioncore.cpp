// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/transport/hubconnectioncore.h"

#include "base/logging.h"
#include "client/transport/huberrors.h"

#include <QNetworkAccessManager>
#include <QPointer>
#include <QRandomGenerator>

#include <utility>

namespace Tertulia::Client {

using namespace Qt::StringLiterals;

namespace {

Error notConnected()
{
    return connectionError(HubReasons::notConnected, u"The hub is not connected."_s);
}

std::string_view view(const QByteArray &bytes)
{
    return {bytes.constData(), size_t(bytes.size())};
}

} // namespace

HubConnectionCore::HubConnectionCore(HubConnection &owner, HubOptions options)
    : m_owner(owner)
    , m_options(std::move(options))
    , m_scheduler(m_options.scheduler ? *m_options.scheduler : Scheduler::system())
    , m_ownNetwork(m_options.network ? nullptr : std::make_unique<QNetworkAccessManager>())
    , m_network(m_options.network ? *m_options.network : *m_ownNetwork)
    , m_lastError(notConnected())
    , m_retry(m_scheduler)
{
}

HubConnectionCore::~HubConnectionCore()
{
    m_isStopping = true;
    m_connector.reset();
    m_session.reset();
    m_state = State::Disconnected;
    m_uploads.clear();
    m_calls.failAll(Error::cancelled());
}

// --- states

Future<void> HubConnectionCore::start()
{
    if (m_state != State::Disconnected || m_isStopping) {
        return answered<void>(failure(Error::conflict(u"The connection is not in the state Disconnected."_s)));
    }
    m_attempts = 0;
    m_wasConnected = false;
    m_starting.emplace();
    auto future = m_starting->future();
    setState(State::Connecting);
    if (m_state == State::Connecting && !m_connector)
        attempt();
    return future;
}

Future<void> HubConnectionCore::stop()
{
    if (m_state == State::Disconnected && !m_isStopping)
        return answered<void>({});
    auto future = m_stopping.emplace_back().future();
    if (std::exchange(m_isStopping, true))
        return future;
    m_retry.stop();
    dropConnector();
    if (m_session)
        m_session->close();
    else
        giveUp(Error::cancelled());
    return future;
}

void HubConnectionCore::reconnectNow()
{
    if (m_session) {
        m_session->resumeNow();
    } else if (m_retry.isActive()) {
        m_retry.stop();
        m_attempts = 0;
        attempt();
    }
}

void HubConnectionCore::setState(State state)
{
    if (std::exchange(m_state, state) != state)
        Q_EMIT m_owner.stateChanged(state);
}

void HubConnectionCore::attempt()
{
    m_connector = std::make_unique<HubConnector>(
        m_options, m_network, m_scheduler, [this](Result<EstablishedHub> result) { attempted(std::move(result)); });
    m_connector->start();
    Q_EMIT m_owner.waitingChanged(false);
}

void HubConnectionCore::attempted(Result<EstablishedHub> result)
{
    dropConnector();
    if (result) {
        connected(std::move(*result));
        return;
    }
    const Error &why = result.error();
    m_lastError = why;
    qCInfo(logClient, "connecting to the hub failed: %s", qUtf8Printable(why.message));
    if (m_state == State::Connecting && !m_options.retryStart)
        giveUp(why);
    else
        retryAfter(why);
}

void HubConnectionCore::connected(EstablishedHub hub)
{
    m_protocol = hub.protocol;
    m_transport = hub.transport;
    m_connectedAt = m_scheduler.now();
    m_session = std::make_unique<HubSession>(std::move(hub), m_options, m_scheduler);
    HubSession *const session = m_session.get();
    connect(session, &HubSession::received, this, &HubConnectionCore::take);
    connect(session, &HubSession::ended, this, &HubConnectionCore::sessionEnded);
    connect(session, &HubSession::writable, &m_owner, &HubConnection::writable);
    connect(session, &HubSession::suspended, this, [this](const Error &why) {
        m_lastError = why;
        setState(State::Reconnecting);
    });
    connect(session, &HubSession::resumed, this, [this] { setState(State::Connected); });

    // Each of these may stop or destroy the connection.
    const auto isPresent = [guard = QPointer(this), session] { return guard && guard->m_session.get() == session; };
    const bool isNewAgain = std::exchange(m_wasConnected, true);
    setState(State::Connected);
    if (isPresent() && m_starting)
        std::exchange(m_starting, std::nullopt)->finish({});
    if (isPresent() && isNewAgain)
        Q_EMIT m_owner.reconnected();
    if (isPresent())
        session->begin();
}

void HubConnectionCore::retryAfter(const Error &why)
{
    const auto delay = m_options.reconnect.delay(m_attempts, QRandomGenerator::global()->generateDouble());
    if (!delay || !isWorthReconnecting(why)) {
        giveUp(why);
        return;
    }
    ++m_attempts;
    const auto wait = std::max<std::chrono::milliseconds>(*delay, std::chrono::seconds(why.retryAfterSeconds));
    m_retry.start(wait, [this] { attempt(); });
    if (m_wasConnected)
        setState(State::Reconnecting);
    if (m_retry.isActive())
        Q_EMIT m_owner.waitingChanged(true);
}

void HubConnectionCore::giveUp(const Error &why)
{
    const bool wasAsked = std::exchange(m_isStopping, false);
    const bool isFirst = m_starting.has_value();
    if (!wasAsked)
        m_lastError = why;
    auto starting = std::exchange(m_starting, std::nullopt);
    auto stopping = std::exchange(m_stopping, {});
    const QPointer<HubConnection> owner(&m_owner);
    setState(State::Disconnected);
    if (starting)
        starting->finish(failure(why));
    for (auto &promise : stopping)
        promise.finish({});
    if (owner && !wasAsked && !isFirst)
        Q_EMIT owner->closed(why);
}

void HubConnectionCore::dropConnector()
{
    // Later: it may be the caller.
    if (m_connector)
        m_connector.release()->deleteLater();
}

void HubConnectionCore::dropSession()
{
    if (m_session) {
        m_session->disconnect(this);
        m_session.release()->deleteLater();
    }
}

QString HubConnectionCore::connectionId() const
{
    return m_session ? m_session->connectionId() : QString();
}

// --- calls

Result<void> HubConnectionCore::transmit(const QByteArray &record)
{
    if (!m_session || m_state != State::Connected || m_isStopping)
        return failure(notConnected());
    if (!m_session->send(record))
        return failure(connectionError(HubReasons::sendBufferFull, u"Too much waits to be sent."_s));
    return {};
}

QByteArray HubConnectionCore::invocation(QLatin1StringView method, QByteArrayView arguments, const QByteArray &id,
                                         const std::vector<QByteArray> &uploads, bool isStream) const
{
    const HubProtocol &protocol = m_protocol ? *m_protocol : messagePackHubProtocol();
    InvocationHead head;
    head.target = {method.data(), size_t(method.size())};
    head.invocationId = view(id);
    head.streamIds = uploads;
    head.isStream = isStream;
    return protocol.writeInvocation(head, arguments);
}

void HubConnectionCore::call(QLatin1StringView method, QByteArrayView arguments, const std::vector<QByteArray> &uploads,
                             HubCalls::ResultHandler handler)
{
    const QByteArray id = nextId();
    if (const auto sent = transmit(invocation(method, arguments, id, uploads, false)); !sent) {
        handler(failure(sent.error()));
        return;
    }
    m_uploads.insert(uploads.begin(), uploads.end());
    m_calls.addInvocation(id, std::move(handler));
}

Result<void> HubConnectionCore::post(QLatin1StringView method, QByteArrayView arguments,
                                     const std::vector<QByteArray> &uploads)
{
    auto sent = transmit(invocation(method, arguments, {}, uploads, false));
    if (sent)
        m_uploads.insert(uploads.begin(), uploads.end());
    return sent;
}

QByteArray HubConnectionCore::openStream(QLatin1StringView method, QByteArrayView arguments,
                                         const std::vector<QByteArray> &uploads, HubCalls::ItemHandler onItem,
                                         HubCalls::ResultHandler onFinished)
{
    QByteArray id = nextId();
    if (const auto sent = transmit(invocation(method, arguments, id, uploads, true)); !sent) {
        // Later: the caller has not got its handle yet.
        QMetaObject::invokeMethod(
            this,
            [error = sent.error(), shared = std::make_shared<HubCalls::ResultHandler>(std::move(onFinished))] {
                (*shared)(failure(error)); // shared: Qt copies what it queues
            },
            Qt::QueuedConnection);
        return id;
    }
    m_uploads.insert(uploads.begin(), uploads.end());
    m_calls.addStream(id, std::move(onItem), std::move(onFinished));
    return id;
}

void HubConnectionCore::cancelStream(const QByteArray &id)
{
    if (m_calls.drop(id))
        std::ignore = transmit(m_protocol->writeCancel(view(id)));
}

UploadResult HubConnectionCore::writeUpload(const QByteArray &id, QByteArrayView item)
{
    if (!isUploading(id) || !transmit(m_protocol->writeStreamItem(view(id), item)))
        return UploadResult::Closed;
    return m_session->waitingBytes() > HubSession::highWater ? UploadResult::Full : UploadResult::Sent;
}

void HubConnectionCore::endUpload(const QByteArray &id, const QString *why)
{
    if (m_uploads.erase(id) > 0)
        std::ignore = transmit(why ? m_protocol->writeError(view(id), *why) : m_protocol->writeEnd(view(id)));
}

// --- what comes

void HubConnectionCore::take(const HubMessage &message)
{
    if (const auto *call = std::get_if<InvocationMessage>(&message)) {
        takeInvocation(*call);
    } else if (const auto *item = std::get_if<StreamItemMessage>(&message)) {
        const QPointer<HubConnectionCore> guard(this);
        if (!m_calls.take(*item) && guard)
            std::ignore = transmit(m_protocol->writeCancel(view(item->invocationId)));
    } else if (const auto *completion = std::get_if<CompletionMessage>(&message)) {
        m_calls.take(*completion);
    }
    // A server starts no streams at a client; types 4 and 5 are not for us.
}

void HubConnectionCore::takeInvocation(const InvocationMessage &message)
{
    const QPointer<HubSession> session(m_session.get());
    const auto answer = m_owner.m_handlers.take(message, m_protocol->format());
    if (message.invocationId.isEmpty() || !session)
        return;
    const auto reply = [this, session](const QByteArray &record) {
        if (session && session == m_session.get())
            std::ignore = transmit(record);
    };
    if (!answer) {
        reply(m_protocol->writeError(view(message.invocationId), u"Client didn't provide a result."_s));
        return;
    }
    whenAnswered<QByteArray>(*answer, session,
                             [this, reply, id = message.invocationId](const Result<QByteArray> &result) {
                                 reply(result ? m_protocol->writeResult(view(id), *result)
                                              : m_protocol->writeError(view(id), result.error().message));
                             });
}

void HubConnectionCore::loseCalls(const Error &why)
{
    m_uploads.clear();
    Error lost = connectionError(HubReasons::connectionLost, why.message);
    m_calls.failAll(m_isStopping ? Error::cancelled() : lost);
}

void HubConnectionCore::sessionEnded(const Error &why, bool mayReconnect)
{
    dropSession();
    const QPointer<HubConnectionCore> guard(this);
    if (m_isStopping) {
        loseCalls(why);
        if (guard)
            giveUp(Error::cancelled());
        return;
    }
    m_lastError = why;
    qCInfo(logClient, "the connection to the hub is lost: %s", qUtf8Printable(why.message));
    if (m_scheduler.now() - m_connectedAt >= m_options.stableAfter)
        m_attempts = 0;
    const bool isHopeless = !mayReconnect || !isWorthReconnecting(why) || !m_options.reconnect.delay(m_attempts, 0);
    // The state is true before anybody hears of it.
    if (isHopeless) {
        loseCalls(why);
        if (guard && m_state != State::Disconnected)
            giveUp(why);
        return;
    }
    retryAfter(why);
    if (guard)
        loseCalls(why);
    if (guard && m_state == State::Reconnecting)
        Q_EMIT m_owner.reconnecting(why);
}

} // namespace Tertulia::Client
