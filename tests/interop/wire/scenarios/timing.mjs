// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What happens by the clock, with fast timings: ping 1 s, client timeout 2 s, handshake 1 s, disconnect
// 2 s, poll 2 s. Nothing here measures time. Where a scenario needs a clock, it listens to the pings
// another connection gets.

const echo = (id) => ({ type: 1, invocationId: id, target: "Echo", arguments: ["hi"] });

/** Waits for some seconds as the server counts them. */
async function seconds(stage, count) {
    const clock = await stage.socket("clock");
    await clock.hearsPings(count);
}

export const fastTimings = true;

export const scenarios = [
    {
        name: "an idle connection is pinged",
        async play(stage) {
            const alice = await stage.socket("alice");
            await alice.receivesPing();
            await alice.receivesPing();
            await alice.isStillServed();
        },
    },
    {
        name: "an idle connection is pinged in MessagePack",
        async play(stage) {
            const alice = await stage.socket("alice", { protocol: "messagepack" });
            await alice.receivesPing();
            await alice.receivesPing();
        },
    },
    {
        name: "an idle event stream is pinged",
        async play(stage) {
            const alice = await stage.events("alice");
            await alice.receives({ pings: true });
            await alice.receives({ pings: true });
        },
    },
    {
        name: "a busy connection is pinged as well",
        async play(stage) {
            const alice = await stage.socket("alice");
            let pinged = false;
            const ping = alice.receivesPing().then(() => { pinged = true; });
            while (!pinged) {
                alice.frame(alice.protocol.record(echo("1")));
                await alice.inbox.messages.take();
            }
            await ping;
        },
    },
    {
        name: "a poll is not pinged, it ends empty and the next one waits",
        async play(stage) {
            const alice = await stage.poller("alice");
            await alice.polls();
            const poll = alice.poll();
            await alice.sends(echo("1"));
            await alice.hears(poll);
        },
    },
    {
        name: "who never pings is never timed out",
        async play(stage) {
            const alice = await stage.socket("alice");
            await alice.hearsPings(5);
            await alice.isStillServed();
        },
    },
    {
        name: "who pinged once and went silent is timed out",
        async play(stage) {
            const alice = await stage.socket("alice");
            alice.sends({ type: 6 });
            await alice.isClosed();
        },
    },
    {
        name: "who pinged once and went silent on an event stream is timed out",
        async play(stage) {
            const alice = await stage.events("alice");
            await alice.sends({ type: 6 });
            await alice.receives();
            await alice.receives();
        },
    },
    {
        name: "half a record is no sign of life",
        async play(stage) {
            const alice = await stage.socket("alice");
            alice.sends({ type: 6 });
            stage.script.note("alice", ">", "a record, one letter with every ping");
            const letters = Buffer.from('{"type":1,"invocationId":"1","target":"Echo","arguments":["hi"]}');
            const end = alice.isClosed();
            for (let i = 0; alice.isOpen && i < letters.length; i++) {
                alice.frame(letters.subarray(i, i + 1));
                await Promise.race([alice.hearsPings(1), end]);
            }
            await end;
        },
    },
    {
        name: "who pings goes on living",
        async play(stage) {
            const alice = await stage.socket("alice");
            for (let i = 0; i < 5; i++) {
                alice.frame(alice.protocol.record({ type: 6 }));
                await alice.hearsPings(1);
            }
            await alice.isStillServed();
        },
    },
    {
        name: "who does not shake hands is let go",
        async play(stage) {
            const alice = await stage.socket("alice", { handshake: false });
            await alice.isClosed();
        },
    },
    {
        name: "who shakes half a hand is let go",
        async play(stage) {
            const alice = await stage.socket("alice", { handshake: false });
            alice.sendsBytes(Buffer.from('{"protocol":"json",'), "half a handshake", { binary: false });
            await alice.isClosed();
        },
    },
    {
        name: "who negotiates and does not come is forgotten",
        async play(stage) {
            const { connectionToken } = await stage.negotiate();
            await seconds(stage, 5);
            await stage.asks("GET", `/testhub?id=${connectionToken}`);
        },
    },
    {
        name: "who stops polling is forgotten",
        async play(stage) {
            const alice = await stage.poller("alice");
            await seconds(stage, 5);
            await stage.asks("GET", alice.path);
        },
    },
    {
        name: "who goes on polling is not forgotten",
        async play(stage) {
            const alice = await stage.poller("alice");
            for (let i = 0; i < 3; i++) {
                await alice.polls();
            }
        },
    },
];
