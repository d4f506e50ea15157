// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Stateful reconnect: what is counted, acknowledged, kept, and said again on the next WebSocket.

const echo = (id, text = "hi") => ({ type: 1, invocationId: id, target: "Echo", arguments: [text] });
const sequence = (sequenceId) => ({ type: 9, sequenceId });
const ack = (sequenceId) => ({ type: 8, sequenceId });

const enters = (stage, protocol = "json") => stage.socket("alice", { stateful: true, protocol });

export const scenarios = [
    {
        name: "what was received is acknowledged",
        async play(stage) {
            const alice = await enters(stage);
            alice.sends(echo("1"), echo("2"));
            await alice.receives(2);
            await alice.receivesAck();
            alice.sends(echo("3"));
            await alice.receives();
            await alice.receivesAck();
        },
    },
    {
        name: "what was received is acknowledged in MessagePack",
        async play(stage) {
            const alice = await enters(stage, "messagepack");
            alice.sends(alice.protocol.echo("1", "hi"));
            await alice.receives();
            await alice.receivesAck();
        },
    },
    {
        name: "calls that fail and calls without an id count, pings do not",
        async play(stage) {
            const alice = await enters(stage);
            alice.sends({ type: 6 }, { type: 1, invocationId: "1", target: "Nonsense", arguments: [] }, { type: 6 },
                { type: 1, target: "Nonsense", arguments: [] }, { type: 5, invocationId: "9" });
            await alice.receives();
            await alice.receivesAck();
        },
    },
    {
        name: "without the handshake's version 2 nothing is acknowledged",
        async play(stage) {
            const alice = await stage.socket("alice", { stateful: true, handshake: false });
            await alice.shakesHands(1);
            alice.sends(echo("1"));
            await alice.receives();
            alice.sends({ type: 7 });
            await alice.isClosed();
            stage.script.note("alice", "had so many acks:", String(alice.inbox.acks.drain().length));
        },
    },
    {
        name: "a lost connection goes on where it was, and its answers come again",
        async play(stage) {
            const alice = await enters(stage);
            alice.sends(echo("1"), echo("2"), echo("3"));
            await alice.receives(3);
            alice.vanishes();
            const again = await stage.resumes(alice);
            again.sends(sequence(4));
            await again.receives(4);
            again.sends(echo("4"));
            await again.receives();
        },
    },
    {
        name: "what was acknowledged does not come again",
        async play(stage) {
            const alice = await enters(stage);
            alice.sends(echo("1"), echo("2"), echo("3"));
            await alice.receives(3);
            alice.sends(ack(2), echo("4"));
            await alice.receives();
            alice.vanishes();
            const again = await stage.resumes(alice);
            again.sends(sequence(5));
            await again.receives(3);
            await again.isStillServed();
        },
    },
    {
        name: "when nothing is open the sequence tells the next number",
        async play(stage) {
            const alice = await enters(stage);
            alice.sends(echo("1"));
            await alice.receives();
            alice.sends(ack(1), echo("2"));
            await alice.receives();
            alice.sends(ack(2));
            // The answer to a call that comes after it proves that the ack was taken.
            alice.sends(echo("3"));
            await alice.receives();
            alice.vanishes();
            const again = await stage.resumes(alice);
            await again.receives(2);
        },
    },
    {
        name: "what the client says twice is done once",
        async play(stage) {
            const alice = await enters(stage);
            alice.sends(echo("1", "one"), echo("2", "two"));
            await alice.receives(2);
            alice.sends(ack(2), echo("3", "three"));
            await alice.receives();
            alice.vanishes();
            const again = await stage.resumes(alice);
            again.sends(sequence(2), echo("2", "two"), echo("3", "three"), echo("4", "four"));
            await again.receives(3);
            await again.isStillServed();
        },
    },
    {
        name: "a connection may be taken over while its old socket seems to live",
        async play(stage) {
            const alice = await enters(stage);
            alice.sends(echo("1"));
            await alice.receives();
            alice.freezes();
            const again = await stage.resumes(alice);
            again.sends(sequence(2));
            await again.receives(2);
            await again.isStillServed();
        },
    },
    {
        name: "it can be lost many times",
        async play(stage) {
            let alice = await enters(stage);
            for (let i = 1; i <= 4; i++) {
                alice.sends(echo(String(i)));
                await alice.receives();
                alice.vanishes();
                alice = await stage.resumes(alice);
                alice.sends(sequence(i + 1));
                await alice.receives(1 + i);
            }
        },
    },
    {
        name: "a running stream goes on",
        async play(stage) {
            const alice = await enters(stage);
            alice.sends({ type: 4, invocationId: "1", target: "InfiniteStream", arguments: [] });
            await alice.isStillServed();
            alice.vanishes();
            const again = await stage.resumes(alice);
            again.sends(sequence(3));
            await again.receives(2);
            again.sends({ type: 5, invocationId: "1" });
            await again.receives(2);
        },
    },
    {
        name: "an upload goes on",
        async play(stage) {
            const alice = await enters(stage);
            alice.sends({ type: 1, invocationId: "1", target: "StreamingConcat", arguments: [], streamIds: ["s"] },
                { type: 2, invocationId: "s", item: "a" });
            await alice.isStillServed();
            alice.vanishes();
            const again = await stage.resumes(alice);
            again.sends(sequence(4), { type: 2, invocationId: "s", item: "b" }, { type: 3, invocationId: "s" });
            await again.receives(3);
        },
    },
    {
        name: "the resumed connection keeps its id",
        async play(stage) {
            const alice = await enters(stage);
            alice.sends({ type: 1, invocationId: "1", target: "GetCallerConnectionId", arguments: [] });
            await alice.receives();
            alice.vanishes();
            const again = await stage.resumes(alice);
            again.sends(sequence(2));
            await again.receives(2);
            again.sends({ type: 1, invocationId: "2", target: "GetCallerConnectionId", arguments: [] });
            await again.receives();
        },
    },
    {
        name: "what is said while nobody listens is said afterwards",
        async play(stage) {
            const alice = await enters(stage);
            alice.sends({ type: 1, invocationId: "1", target: "GetCallerConnectionId", arguments: [] });
            const { result } = JSON.parse(await alice.receives());
            alice.vanishes();
            const outcome = stage.request("GET", `/clientresult/${result}`).then(({ body }) => body.toString());
            const again = await stage.resumes(alice);
            again.sends(sequence(2));
            await again.receives(2);
            const question = JSON.parse(await again.inbox.messages.take());
            stage.script.note("alice", "< is asked", question.target);
            again.frame(again.protocol.record({ type: 3, invocationId: question.invocationId, result: 42 }));
            stage.script.note("asker", "hears", await outcome);
        },
    },
    {
        name: "a sequence from the future ends the connection",
        async play(stage) {
            const alice = await enters(stage);
            alice.sends(echo("1"));
            await alice.receives();
            alice.vanishes();
            const again = await stage.resumes(alice);
            again.sends(sequence(7));
            await again.isClosed();
        },
    },
    {
        name: "a WebSocket close is the end, there is nothing to resume",
        async play(stage) {
            const alice = await enters(stage);
            alice.sends(echo("1"));
            await alice.receives();
            alice.closes();
            await alice.isClosed();
            await stage.resumes(alice);
        },
    },
    {
        name: "a farewell is the end, there is nothing to resume",
        async play(stage) {
            const alice = await enters(stage);
            alice.sends({ type: 7 });
            await alice.isClosed();
            await stage.resumes(alice);
        },
    },
    {
        name: "with the handshake's version 1 there is nothing to resume",
        async play(stage) {
            const alice = await stage.socket("alice", { stateful: true, handshake: false });
            await alice.shakesHands(1);
            alice.sends(echo("1"));
            await alice.receives();
            await stage.resumes(alice); // while the old one lives
            alice.closes();
            await alice.isClosed();
            await stage.resumes(alice);
        },
    },
    {
        name: "polling is not stateful, whatever was negotiated",
        async play(stage) {
            const { connectionToken } = await stage.negotiate("/testhub", "&useStatefulReconnect=true");
            const alice = await stage.poller("alice", { id: connectionToken });
            await alice.sends(echo("1"));
            await alice.polls();
        },
    },
    {
        name: "the server stops writing when too much is unacknowledged, and goes on after an ack",
        async play(stage) {
            const alice = await enters(stage);
            stage.script.note("alice", ">", "15 calls with 10000 letters each");
            for (let i = 1; i <= 15; i++) {
                alice.frame(alice.protocol.record(echo(String(i), "x".repeat(10_000))));
            }
            const bob = await stage.socket("bob");
            for (let i = 0; i < 50; i++) {
                bob.frame(bob.protocol.record(echo(String(i))));
                await bob.inbox.messages.take(); // time enough for all answers, if they were on their way
            }
            const early = alice.inbox.messages.drain().length;
            // Whether the one that breaks the limit is still written or already waits is the server's affair.
            stage.script.note("alice", "<", [9, 10].includes(early) ? "as many answers as fit" : `${early} answers`);
            alice.frame(alice.protocol.record(ack(early)));
            for (let i = early; i < 15; i++) {
                await alice.inbox.messages.take();
            }
            stage.script.note("alice", "< the other answers");
        },
    },
];
