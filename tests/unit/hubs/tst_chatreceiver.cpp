// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hubs/chatreceiver.h"
#include "support/testmain.h"
#include "unit/signalr/hubtalk.h"

#include <QTest>

#include <deque>
#include <random>
#include <set>

using namespace Tertulia;
using namespace Tertulia::Test;
using Haste = DeliveryTracker::Haste;

namespace {

/// What is told to have got there: conversation, sequence, and how urgent it was.
struct Told
{
    ConversationId conversation;
    Sequence from = 0, through = 0;
    Haste haste = Haste::Now;
    friend bool operator==(const Told &, const Told &) = default;
};

/// Keeps what a receiver tells.
ChatReceiver::Tell into(std::vector<Told> &told)
{
    return [&told](const ConversationId &conversation, Sequence from, Sequence through, Haste haste,
                   const std::shared_ptr<const MessageChanged> &) {
        told.push_back({conversation, from, through, haste});
    };
}

HubSettings stillHearts()
{
    HubSettings settings;
    settings.heartbeat = std::chrono::hours(1); // hearts beat when the test says so
    return settings;
}

/// Hears for the stage's hub what has arrived, as the chat hub does.
class Proofs final : public Beside
{
public:
    void arrived(HubConnectionContext &connection, quint64 place) override
    {
        places.push_back(place);
        if (ChatReceiver *const receiver = ChatReceiver::find(connection))
            static_cast<void>(receiver->arrived(place, into(told)));
    }
    std::vector<quint64> places; // on the connection's thread
    std::vector<Told> told; // likewise
};

struct Frame
{
    int opcode = 0;
    QByteArray payload;
};
constexpr int pingOpcode = 9;

/// One person's only device, read by hand.
class Handheld
{
public:
    explicit Handheld(int version = 1)
    {
        const Negotiated negotiated = negotiate(m_stage, "ana.1", version == 2);
        openSocket(m_socket, negotiated.token, "ana.1");
        say(m_socket, handshake(version));
        m_socket.readUntil("{}\x1e");
        std::tie(m_connection, m_thread) = m_stage.find(negotiated.id);
        if (version != 1)
            return;
        // Until it has answered a ping a client is judged by whatever it says.
        onThread([](HubConnectionContext &connection) { connection.probe(); });
        answers(takesPings());
        static_cast<void>(takes());
        heartbeat();
        onThread([this](HubConnectionContext &) { m_proofs->places.clear(); });
    }

    /// @param work is given the connection, on its thread
    template <class F> void onThread(F work)
    {
        HubStage::run(*m_thread, [&] { work(static_cast<HubConnectionContext &>(*m_connection)); });
    }
    void heartbeat()
    {
        onThread([this](HubConnectionContext &connection) { connection.tick(m_stage.clock().steadyNow()); });
    }
    /// Something that is sent, and when it has arrived told with such haste. @return its place
    quint64 sends(const ConversationId &conversation, Sequence sequence, Haste haste)
    {
        quint64 place = 0;
        onThread([&](HubConnectionContext &connection) {
            connection.sendEvent("Message", QString::number(sequence), conversation.toString());
            place = haste == Haste::Now ? connection.probe() : connection.probeSoon();
            ChatReceiver::of(connection).sent(conversation, sequence, sequence, place, haste);
        });
        return place;
    }
    /// What the server has sent so far; whatever was said to it before is done.
    std::vector<Frame> takes()
    {
        const QByteArray id = "mark-" + QByteArray::number(++m_marks);
        say(m_socket, call(id, "Echo", "x"));
        std::vector<Frame> frames;
        for (;;) {
            Frame frame = next();
            if (frame.opcode == 0 || frame.payload.contains(id))
                return frames;
            frames.push_back(std::move(frame));
        }
    }
    static std::vector<Frame> pingsOf(std::vector<Frame> frames)
    {
        std::erase_if(frames, [](const Frame &frame) { return frame.opcode != pingOpcode; });
        return frames;
    }
    std::vector<Frame> takesPings() { return pingsOf(takes()); }
    void answers(const std::vector<Frame> &pings)
    {
        for (const Frame &ping : pings)
            m_socket.send(clientFrame(0x8a, ping.payload));
    }
    void says(const QByteArray &record) { say(m_socket, record); }
    std::vector<quint64> arrivals()
    {
        std::vector<quint64> places;
        onThread([&](HubConnectionContext &) { places = m_proofs->places; });
        return places;
    }
    std::vector<Told> told()
    {
        std::vector<Told> told;
        onThread([&](HubConnectionContext &) { told = m_proofs->told; });
        return told;
    }

private:
    Frame next()
    {
        const QByteArray head = m_socket.read(2);
        if (head.size() < 2)
            return {};
        qsizetype size = quint8(head[1]);
        if (size == 126) {
            const QByteArray length = m_socket.read(2);
            size = quint8(length[0]) << 8 | quint8(length[1]);
        }
        return {head[0] & 0x0f, m_socket.read(size)};
    }

    Proofs *m_proofs = nullptr; // owned by the stage
    HubStage m_stage{stillHearts(), {}, [this](HubServer &, const Clock &) {
                         auto proofs = std::make_unique<Proofs>();
                         m_proofs = proofs.get();
                         return proofs;
                     }};
    NetClient m_socket{m_stage.port()};
    std::shared_ptr<HttpConnection> m_connection;
    HubThread *m_thread = nullptr;
    int m_marks = 0;
};

/// A walk: messages of three conversations are sent with and without haste and between own ones, hearts beat, and the
/// device reads whenever it likes.
class Talk
{
public:
    explicit Talk(unsigned seed)
        : m_random(seed)
    {
    }
    void step()
    {
        switch (roll(6)) {
        case 0:
            m_device.heartbeat();
            break;
        case 1:
            sendOwn(size_t(roll(3)));
            break;
        case 2:
            read(roll(8));
            break;
        default:
            send(size_t(roll(3)));
        }
    }
    void end()
    {
        // Pings that are owed, and those that wait for an answer: until nothing more comes.
        for (int quiet = 0; quiet < 2; ++quiet) {
            m_device.heartbeat();
            collect();
            if (!m_onWay.empty())
                quiet = 0;
            read(int(m_onWay.size()));
        }
        static_cast<void>(m_device.takes());
    }
    /// Empty: only what was read is told, and what was sent is missing in nothing that was told.
    [[nodiscard]] QString wrong()
    {
        std::set<std::pair<size_t, Sequence>> told;
        for (const Told &one : m_device.told()) {
            const auto number = size_t(std::find(m_ids.begin(), m_ids.end(), one.conversation) - m_ids.begin());
            for (Sequence sequence = one.from; sequence <= one.through; ++sequence) {
                told.emplace(number, sequence);
                if (!m_read.contains({number, sequence}) && !m_own.contains({number, sequence}))
                    return QStringLiteral("%1/%2 was told and not read").arg(number).arg(sequence);
            }
        }
        m_missing = 0;
        for (const auto &message : m_sent)
            m_missing += told.contains(message) ? 0 : 1;
        return {};
    }
    [[nodiscard]] int missing() const { return m_missing; }
    [[nodiscard]] size_t sent() const { return m_sent.size(); }
    [[nodiscard]] int pings() const { return m_pings; }

private:
    int roll(int count) { return int(m_random() % unsigned(count)); }
    void send(size_t number)
    {
        m_sent.emplace(number, ++m_last[number]);
        m_device.sends(m_ids[number], m_last[number], roll(4) == 0 ? Haste::Now : Haste::Later);
    }
    void sendOwn(size_t number)
    {
        m_own.emplace(number, ++m_last[number]);
        m_device.onThread([&](HubConnectionContext &connection) {
            ChatReceiver::of(connection).sentOwn(m_ids[number], m_last[number]);
        });
    }
    void collect()
    {
        for (Frame &frame : m_device.takes())
            m_onWay.push_back(std::move(frame));
    }
    void read(int count)
    {
        collect();
        for (; count > 0 && !m_onWay.empty(); --count) {
            const Frame frame = std::move(m_onWay.front());
            m_onWay.pop_front();
            if (frame.opcode == pingOpcode) {
                ++m_pings;
                m_device.answers({frame});
                continue;
            }
            const QByteArray arguments = frame.payload.mid(frame.payload.indexOf("[\""));
            const QList<QByteArray> words = arguments.split('"');
            const auto conversation = ConversationId::parse(QString::fromLatin1(words.value(3)));
            if (!conversation)
                continue; // an answer
            m_read.emplace(size_t(std::find(m_ids.begin(), m_ids.end(), *conversation) - m_ids.begin()),
                           words.value(1).toLongLong());
        }
    }

    std::mt19937 m_random;
    Handheld m_device;
    std::array<ConversationId, 3> m_ids{ConversationId::generate(), ConversationId::generate(),
                                        ConversationId::generate()};
    std::array<Sequence, 3> m_last{};
    std::deque<Frame> m_onWay;
    std::set<std::pair<size_t, Sequence>> m_sent, m_own, m_read;
    int m_missing = 0;
    int m_pings = 0;
};

} // namespace

/// When messages count as delivered (docs/decisions/0027 and 0130).
class TestChatReceiver final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void laterMessages_doNotPutOffEarlierOnes()
    {
        ChatReceiver receiver;
        std::vector<Told> told;
        const ConversationId talk = ConversationId::generate();
        for (Sequence i = 1; i <= 3; ++i)
            receiver.sent(talk, i, i, quint64(i));
        QVERIFY(!receiver.arrived(1, into(told)));
        QCOMPARE(told, (std::vector<Told>{{talk, 1, 1}}));
        QVERIFY(!receiver.arrived(3, into(told)));
        QCOMPARE(told, (std::vector<Told>{{talk, 1, 1}, {talk, 2, 3}}));
    }
    void ownMessage_leavesNoGap()
    {
        ChatReceiver receiver;
        std::vector<Told> told;
        const ConversationId talk = ConversationId::generate(), other = ConversationId::generate();
        receiver.sent(talk, 1, 1, 1);
        receiver.sent(other, 7, 7, 1);
        receiver.sentOwn(talk, 2);
        receiver.sent(talk, 3, 3, 1);
        QVERIFY(!receiver.arrived(1, into(told)));
        QCOMPARE(told.size(), size_t(2));
        QVERIFY(std::find(told.begin(), told.end(), Told{talk, 1, 3}) != told.end());
        QVERIFY(std::find(told.begin(), told.end(), Told{other, 7, 7}) != told.end());
    }
    void whatWasNotSent_isNotTold()
    {
        ChatReceiver receiver;
        std::vector<Told> told;
        const ConversationId talk = ConversationId::generate();
        receiver.sent(talk, 1, 1, 1);
        receiver.sent(talk, 3, 3, 1); // 2 came while the connection had left
        QVERIFY(!receiver.arrived(1, into(told)));
        QCOMPARE(told.size(), size_t(2));
        for (const Told &one : told)
            QCOMPARE(one.from, one.through);
    }
    void haste_isThatOfTheMostUrgent()
    {
        ChatReceiver receiver;
        std::vector<Told> told;
        const ConversationId talk = ConversationId::generate();
        receiver.sent(talk, 1, 1, 1, Haste::Later);
        receiver.sent(talk, 2, 2, 1, Haste::Now);
        QVERIFY(!receiver.arrived(1, into(told)));
        QCOMPARE(told, (std::vector<Told>{{talk, 1, 2, Haste::Now}}));
    }
    void missedMessages_goOn_whenTheLastOnesArrived()
    {
        ChatReceiver receiver;
        std::vector<Told> told;
        receiver.expectMore(2);
        QVERIFY(!receiver.arrived(1, into(told)));
        QVERIFY(receiver.arrived(2, into(told)));
        QVERIFY(!receiver.arrived(3, into(told)));
    }

    void probesOfOneHeartbeat_areOne()
    {
        Handheld device;
        const ConversationId talk = ConversationId::generate();
        const quint64 first = device.sends(talk, 1, Haste::Later);
        const auto pings = device.takesPings();
        QCOMPARE(pings.size(), size_t(1)); // behind the first message of a while, at once
        for (Sequence i = 2; i <= 50; ++i)
            QCOMPARE(device.sends(talk, i, Haste::Later), first + 1);
        device.answers(pings);
        QCOMPARE(device.takesPings().size(), size_t(0));
        QCOMPARE(device.told(), (std::vector<Told>{{talk, 1, 1, Haste::Later}}));

        device.heartbeat();
        const auto owed = device.takesPings();
        QCOMPARE(owed.size(), size_t(1));
        QCOMPARE(device.told().size(), size_t(1)); // sent is not delivered
        device.answers(owed);
        static_cast<void>(device.takes());
        QCOMPARE(device.told(), (std::vector<Told>{{talk, 1, 1, Haste::Later}, {talk, 2, 50, Haste::Later}}));
        device.heartbeat();
        QCOMPARE(device.takesPings().size(), size_t(0));
    }
    void probeInHaste_provesWhatIsOwed()
    {
        Handheld device;
        const ConversationId talk = ConversationId::generate();
        device.sends(talk, 1, Haste::Later);
        device.answers(device.takesPings());
        const quint64 owed = device.sends(talk, 2, Haste::Later);
        QCOMPARE(device.sends(talk, 3, Haste::Now), owed);
        device.answers(device.takesPings());
        static_cast<void>(device.takes());
        QCOMPARE(device.arrivals().back(), owed);
        device.heartbeat();
        QCOMPARE(device.takesPings().size(), size_t(0));
    }
    void pongThatNobodyAskedFor_provesNothing()
    {
        Handheld device;
        device.sends(ConversationId::generate(), 1, Haste::Now);
        const auto pings = device.takesPings();
        QCOMPARE(pings.size(), size_t(1));
        device.answers({{pingOpcode, {}}, {pingOpcode, "1234567"}, {pingOpcode, QByteArray(1, char(0xff))}});
        static_cast<void>(device.takes());
        QVERIFY(device.arrivals().empty());
        device.answers(pings);
        static_cast<void>(device.takes());
        QCOMPARE(device.arrivals().size(), size_t(1));
    }
    void statefulConnection_isNotAsked()
    {
        Handheld device(2);
        const ConversationId talk = ConversationId::generate();
        QCOMPARE(device.sends(talk, 1, Haste::Later), quint64(1));
        QCOMPARE(device.sends(talk, 2, Haste::Later), quint64(2));
        device.heartbeat();
        QCOMPARE(device.takesPings().size(), size_t(0));
        device.says("{\"type\":8,\"sequenceId\":1}\x1e");
        static_cast<void>(device.takes());
        QCOMPARE(device.told(), (std::vector<Told>{{talk, 1, 1, Haste::Later}}));
    }

    void anyTalk_countsOnlyWhatWasRead_andInTheEndAllOfIt()
    {
        for (unsigned seed = 1; seed <= 20; ++seed) {
            Talk talk(seed);
            for (int i = 0; i < 150; ++i) {
                talk.step();
                const QString wrong = talk.wrong();
                QVERIFY2(wrong.isEmpty(), qPrintable(QStringLiteral("seed %1: %2").arg(seed).arg(wrong)));
            }
            talk.end();
            QCOMPARE(talk.wrong(), QString());
            QVERIFY2(talk.missing() == 0, qPrintable(QStringLiteral("seed %1: %2").arg(seed).arg(talk.missing())));
            QVERIFY2(size_t(talk.pings()) < talk.sent(), qPrintable(QString::number(talk.pings())));
        }
    }
};

TERTULIA_TEST(tst_chatreceiver, TestChatReceiver)
#include "tst_chatreceiver.moc"
