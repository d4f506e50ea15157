// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Long polling: which poll is answered when and how, and what a POST says.

const echo = (id, text = "hi") => ({ type: 1, invocationId: id, target: "Echo", arguments: [text] });

export const scenarios = [
    {
        name: "the first poll is answered at once, the second with the handshake",
        async play(stage) {
            const alice = await stage.poller("alice", { handshake: false });
            await alice.polls();
            await alice.sends('{"protocol":"json","version":1}');
            await alice.polls();
        },
    },
    {
        name: "MessagePack is polled as well",
        async play(stage) {
            const alice = await stage.poller("alice", { protocol: "messagepack" });
            await alice.sends([1, {}, "1", "Echo", ["hi"], []]);
            await alice.polls();
        },
    },
    {
        name: "a poll waits until there is something",
        async play(stage) {
            const alice = await stage.poller("alice");
            const poll = alice.poll();
            await alice.sends(echo("1"));
            await alice.hears(poll);
        },
    },
    {
        name: "a POST is answered with nothing",
        async play(stage) {
            const alice = await stage.poller("alice");
            await stage.asks("POST", alice.path, { body: '{"type":6}\x1e', headers: { "Content-Type": "text/plain;charset=UTF-8" } });
            await stage.asks("POST", alice.path, { body: '{"type":6}\x1e', headers: { "Content-Type": "application/octet-stream" } });
            await stage.asks("POST", alice.path, { body: '{"type":6}\x1e' });
            await stage.asks("POST", alice.path);
        },
    },
    {
        name: "a POST may come before the first poll",
        async play(stage) {
            const alice = await stage.poller("alice", { handshake: false });
            await stage.asks("POST", alice.path, { body: '{"protocol":"json","version":1}\x1e' });
            await stage.asks("POST", alice.path, { body: alice.protocol.record(echo("1")).toString() });
            await alice.polls();
            await alice.polls();
        },
    },
    {
        name: "an empty POST may come before the first poll",
        async play(stage) {
            const alice = await stage.poller("alice", { handshake: false });
            await stage.asks("POST", alice.path);
            await alice.polls();
            await alice.sends('{"protocol":"json","version":1}');
            await alice.polls();
        },
    },
    {
        name: "DELETE may come before the first poll",
        async play(stage) {
            const alice = await stage.poller("alice", { handshake: false });
            await stage.asks("DELETE", alice.path);
        },
    },
    {
        name: "an event stream may follow a POST",
        async play(stage) {
            const { connectionToken } = await stage.negotiate();
            await stage.asks("POST", `/testhub?id=${connectionToken}`, { body: '{"protocol":"json","version":1}\x1e' });
            const alice = await stage.events("alice", { id: connectionToken, handshake: false });
            await alice.receives();
            await alice.receives();
        },
    },
    {
        name: "a WebSocket may follow a POST",
        async play(stage) {
            const { connectionToken } = await stage.negotiate();
            await stage.asks("POST", `/testhub?id=${connectionToken}`, { body: '{"protocol":"json","version":1}\x1e' });
            const alice = await stage.socket("alice", { id: connectionToken, handshake: false });
            await alice.receives();
        },
    },
    {
        name: "a POST may come in chunks, and records in pieces",
        async play(stage) {
            const alice = await stage.poller("alice");
            const record = alice.protocol.record(echo("1")).toString();
            await stage.asks("POST", alice.path, { body: [record.slice(0, 10), record.slice(10, 20)], chunked: true });
            await stage.asks("POST", alice.path, { body: record.slice(20) });
            await alice.polls();
        },
    },
    {
        name: "POSTs are taken one after another",
        async play(stage) {
            const alice = await stage.poller("alice");
            for (const id of ["1", "2", "3", "4"]) {
                await alice.sends(echo(id));
            }
            const answers = [];
            while (answers.length < 4) {
                const { body } = await stage.request("GET", alice.path);
                answers.push(...alice.protocol.split(body).records.map((record) => JSON.parse(record).invocationId));
            }
            stage.script.note("alice", "receives the answers", answers.join(" "));
        },
    },
    {
        name: "a newer poll takes over from the older",
        async play(stage) {
            const alice = await stage.poller("alice");
            const older = await alice.waitingPoll();
            const newer = alice.poll();
            await alice.hears(older);
            await alice.sends(echo("1"));
            await alice.hears(newer);
        },
    },
    ...["ends its side", "goes away"].map((how) => ({
        name: `the client of a poll ${how}: what is written after it is for the next`,
        async play(stage) {
            const alice = await stage.poller("alice");
            const poll = await alice.rawPoll();
            await (how === "goes away" ? poll.leaves() : poll.endsItsSide());
            await alice.sends(echo("1"));
            await poll.isOver();
            await alice.polls();
        },
    })),
    {
        name: "DELETE ends the connection and its poll",
        varies: true, // the reference may still hand out its farewell
        async play(stage) {
            const alice = await stage.poller("alice");
            const poll = await alice.waitingPoll();
            await stage.asks("DELETE", alice.path);
            await alice.hears(poll);
        },
    },
    {
        name: "after DELETE the connection is gone",
        async play(stage) {
            const alice = await stage.poller("alice");
            await stage.asks("DELETE", alice.path);
            await gone(stage, alice);
            await stage.asks("GET", alice.path);
            await stage.asks("POST", alice.path, { body: '{"type":6}\x1e' });
            await stage.asks("DELETE", alice.path);
        },
    },
    {
        name: "the farewell of the server is polled, then the end",
        async play(stage) {
            const alice = await stage.poller("alice");
            await alice.sends("nonsense");
            await alice.polls();
            await alice.polls();
            await gone(stage, alice);
            await stage.asks("GET", alice.path);
        },
    },
    {
        name: "the farewell of the client ends its poll",
        async play(stage) {
            const alice = await stage.poller("alice");
            const poll = alice.poll();
            await alice.sends({ type: 7 });
            await alice.hears(poll);
        },
    },
    {
        name: "a refused handshake is polled, then the end",
        async play(stage) {
            const alice = await stage.poller("alice", { handshake: false });
            await alice.polls();
            await alice.sends('{"protocol":"smoke","version":1}');
            await alice.polls();
            await alice.polls();
        },
    },
    {
        name: "a token is asked for with every poll and every POST",
        async play(stage) {
            const token = (await stage.request("GET", "/generateJwtToken")).body.toString();
            const headers = { Authorization: `Bearer ${token}` };
            const answer = await stage.request("POST", "/authorizedhub/negotiate?negotiateVersion=1", { headers });
            const { connectionToken } = JSON.parse(answer.body);
            const path = `/authorizedhub?id=${connectionToken}`;
            await stage.asks("GET", path);
            await stage.asks("GET", path, { headers });
            await stage.asks("POST", path, { body: '{"protocol":"json","version":1}\x1e' });
            await stage.asks("POST", path, { body: '{"protocol":"json","version":1}\x1e', headers });
            await stage.asks("GET", path, { headers });
            await stage.asks("DELETE", path);
        },
    },
];

/** Waits until a removal that was accepted (202) is done. */
async function gone(stage, { path }) {
    while ((await stage.request("DELETE", path)).statusCode !== 404);
}
