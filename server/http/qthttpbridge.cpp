// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/qthttpbridge.h"

#include "base/logging.h"
#include "http/virtualsocket.h"

#include <QPointer>
#include <QTcpServer>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace Tertulia::Server {

namespace {

/// Sockets kept for the next requests; what a burst needed beyond is given back. To make one, and QtHttpServer's part
/// of it, costs several times what a request costs, and its memory is free only after several turns: enough for as many
/// requests as one network may have under way.
constexpr size_t idleSocketLimit = 1024;

/// QtHttpServer wants a listening QTcpServer. This descriptor listens in no network: an unnamed Unix socket.
int makeDeafListener()
{
    const int descriptor = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (descriptor < 0)
        return -1;
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    // Only the family: the kernel picks a free abstract name (unix(7), autobind).
    if (::bind(descriptor, reinterpret_cast<const sockaddr *>(&address), sizeof(sa_family_t)) != 0
        || ::listen(descriptor, 0) != 0) {
        ::close(descriptor);
        return -1;
    }
    return descriptor;
}

/// What QtHttpServer is asked, whatever a client asks.
constexpr QByteArrayView everyRequest = "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n";

/// What goes with the socket: QtHttpServer makes an object for each, which it gives the socket to and which nobody
/// owns.
QObject &wholeOf(VirtualSocket &socket)
{
    return socket.parent() ? *socket.parent() : socket;
}

} // namespace

class QtHttpBridge::Door final : public QTcpServer
{
public:
    void add(QTcpSocket *socket) { addPendingConnection(socket); }

protected:
    void incomingConnection(qintptr descriptor) override { ::close(int(descriptor)); }
};

struct QtHttpBridge::Answer
{
    std::shared_ptr<Exchange> exchange;
    Response response;
};

struct QtHttpBridge::Slot
{
    QPointer<VirtualSocket> socket; // see wholeOf()
    std::shared_ptr<Exchange> exchange; // null: idle
    // Until the answer is taken, also where it is there at once: Qt 6.8 listens to the socket twice when the responder
    // has gone before the handler returns.
    std::shared_ptr<QHttpServerResponder> responder;
};

QtHttpBridge::QtHttpBridge(NetworkThread &thread, Handler handler, Finisher finisher)
    : m_thread(thread)
    , m_handler(std::move(handler))
    , m_finisher(std::move(finisher))
    , m_server([this](QHttpServerResponder responder) { begin(std::move(responder)); })
{
    auto door = std::make_unique<Door>();
    const int descriptor = makeDeafListener();
    if (descriptor < 0 || !door->setSocketDescriptor(descriptor))
        qCCritical(logHttp, "no descriptor for the REST router: REST requests will not be answered");
    door->pauseAccepting();
    m_door = door.release();
    m_server.bind(m_door);
}

QtHttpBridge::~QtHttpBridge()
{
    *m_alive = false;
    for (const auto &slot : m_slots) {
        slot->responder.reset(); // who has not answered yet answers nobody
        if (slot->socket)
            delete &wholeOf(*slot->socket);
    }
}

void QtHttpBridge::handle(std::shared_ptr<Exchange> exchange)
{
    Slot &slot = takeSlot();
    slot.exchange = std::move(exchange);
    m_fed = &slot;
    slot.socket->feed(everyRequest);
    if (std::exchange(m_fed, nullptr))
        return; // answered later
    deliverLater();
    takeAnswer(slot);
}

/// QtHttpServer has read the request that it was fed.
void QtHttpBridge::begin(QHttpServerResponder responder)
{
    Slot &slot = *m_fed;
    slot.responder = std::make_shared<QHttpServerResponder>(std::move(responder));
    m_handler(slot.exchange, slot.responder);
}

QtHttpBridge::Slot &QtHttpBridge::takeSlot()
{
    if (!m_idle.empty()) {
        Slot &slot = *m_idle.back();
        m_idle.pop_back();
        return slot;
    }
    m_slots.push_back(std::make_unique<Slot>());
    Slot &slot = *m_slots.back();
    auto socket = std::make_unique<VirtualSocket>([this, &slot] { noteFinished(slot); });
    slot.socket = socket.get();
    m_door->add(socket.release());
    return slot;
}

void QtHttpBridge::noteFinished(Slot &slot)
{
    if (m_fed == &slot) {
        m_fed = nullptr; // handle() goes on with it
        return;
    }
    deliverLater();
    m_finished.push_back(&slot);
}

void QtHttpBridge::deliverLater()
{
    if (!m_finished.empty() || !m_answers.empty())
        return;
    m_thread.atEndOfTurn([this, alive = m_alive] {
        if (*alive)
            deliver();
    });
}

void QtHttpBridge::takeAnswer(Slot &slot)
{
    Answer &answer = m_answers.emplace_back();
    answer.exchange = std::exchange(slot.exchange, nullptr);
    slot.responder.reset();
    ResponseCollector &collector = slot.socket->collector();
    if (collector.state() == ResponseCollector::State::Complete) {
        answer.response = collector.take();
    } else {
        answer.response.status = 500;
        qCCritical(logHttp, "QtHttpServer wrote an answer that cannot be read; request %s",
                   answer.exchange->head().requestId.constData());
        collector.reset();
    }
    release(slot);
}

void QtHttpBridge::deliver()
{
    for (Slot *slot : std::exchange(m_finished, {}))
        takeAnswer(*slot);
    for (Answer &answer : std::exchange(m_answers, {})) {
        m_finisher(*answer.exchange, answer.response);
        answer.exchange->respond(std::move(answer.response));
    }
}

void QtHttpBridge::release(Slot &slot)
{
    if (m_idle.size() < idleSocketLimit) {
        m_idle.push_back(&slot);
        return;
    }
    wholeOf(*slot.socket).deleteLater();
    std::erase_if(m_slots, [&](const std::unique_ptr<Slot> &each) { return each.get() == &slot; });
}

} // namespace Tertulia::Server
