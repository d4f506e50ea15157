// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// {hub} itself: which request means which transport, and every way to be wrong about it.

const unknownId = "AAAAAAAAAAAAAAAAAAAAAA";
const eventStream = { headers: { Accept: "text/event-stream" } };

const requests = (name, method, path, options) => ({ name, play: (stage) => stage.asks(method, path, options) });

const ids = [
    requests("a poll needs an id", "GET", "/testhub"),
    requests("an event stream needs an id", "GET", "/testhub", eventStream),
    requests("a POST needs an id", "POST", "/testhub", { body: "x" }),
    requests("a DELETE needs an id", "DELETE", "/testhub"),
    requests("an empty id is none", "GET", "/testhub?id="),
    requests("a poll with an unknown id finds nothing", "GET", `/testhub?id=${unknownId}`),
    requests("an event stream with an unknown id finds nothing", "GET", `/testhub?id=${unknownId}`, eventStream),
    requests("a POST with an unknown id finds nothing", "POST", `/testhub?id=${unknownId}`, { body: "x" }),
    requests("a DELETE with an unknown id finds nothing", "DELETE", `/testhub?id=${unknownId}`),
    requests("PUT means nothing", "PUT", `/testhub?id=${unknownId}`, { body: "x" }),
    requests("PATCH means nothing", "PATCH", "/testhub", { body: "x" }),
    {
        name: "a WebSocket with an unknown id finds nothing",
        play: (stage) => stage.opensSocket("alice", `/testhub?id=${unknownId}`),
    },
    {
        name: "the public id is not the key",
        async play(stage) {
            const { connectionId } = await stage.negotiate();
            await stage.asks("GET", `/testhub?id=${connectionId}`);
        },
    },
    {
        name: "in version 0 the public id is the key",
        async play(stage) {
            const answer = await stage.request("POST", "/testhub/negotiate");
            const { connectionId } = JSON.parse(answer.body);
            await stage.asks("GET", `/testhub?id=${connectionId}`);
        },
    },
    {
        name: "the name of the id has any case, and the path a slash at its end",
        async play(stage) {
            const { connectionToken } = await stage.negotiate();
            await stage.asks("GET", `/TESTHUB/?ID=${connectionToken}&_=1`);
        },
    },
];

const transports = [
    {
        name: "a hub without WebSockets refuses one",
        async play(stage) {
            const { connectionToken } = await stage.negotiate("/testhub-nowebsockets");
            await stage.opensSocket("alice", `/testhub-nowebsockets?id=${connectionToken}`);
        },
    },
    {
        name: "a polling connection does not become an event stream",
        async play(stage) {
            const alice = await stage.poller("alice");
            await stage.asks("GET", `/testhub?id=${alice.id}`, eventStream);
        },
    },
    {
        name: "a polling connection does not become a WebSocket",
        async play(stage) {
            const alice = await stage.poller("alice");
            await stage.opensSocket("alice", `/testhub?id=${alice.id}`);
        },
    },
    {
        name: "a WebSocket connection cannot be polled",
        async play(stage) {
            const alice = await stage.socket("alice");
            await stage.asks("GET", `/testhub?id=${alice.id}`);
            await alice.isStillServed();
        },
    },
    {
        name: "a WebSocket connection takes no POST",
        async play(stage) {
            const alice = await stage.socket("alice");
            await stage.asks("POST", `/testhub?id=${alice.id}`, { body: '{"type":6}\x1e' });
            await alice.isStillServed();
        },
    },
    {
        name: "a WebSocket connection is not ended by DELETE",
        async play(stage) {
            const alice = await stage.socket("alice");
            await stage.asks("DELETE", `/testhub?id=${alice.id}`);
            await alice.isStillServed();
        },
    },
    {
        name: "an event stream is not ended by DELETE",
        async play(stage) {
            const alice = await stage.events("alice");
            await stage.asks("DELETE", `/testhub?id=${alice.id}`);
            await alice.sends({ type: 1, invocationId: "1", target: "Echo", arguments: ["still here?"] });
            await alice.receives();
        },
    },
    {
        name: "a connection has one event stream",
        async play(stage) {
            const alice = await stage.events("alice");
            await stage.asks("GET", `/testhub?id=${alice.id}`, eventStream);
        },
    },
    {
        name: "a connection has one WebSocket",
        async play(stage) {
            const alice = await stage.socket("alice");
            await stage.opensSocket("mallory", `/testhub?id=${alice.id}`);
            await alice.isStillServed();
        },
    },
    {
        name: "a connection that has ended is not there any more",
        async play(stage) {
            const alice = await stage.socket("alice");
            alice.closes();
            await alice.isClosed();
            await stage.opensSocket("alice", `/testhub?id=${alice.id}`);
        },
    },
];

const sockets = [
    {
        name: "a WebSocket without an id makes a connection of its own",
        async play(stage) {
            const alice = await stage.opensSocket("alice", "/testhub");
            await alice.shakesHands();
            alice.sends({ type: 1, invocationId: "1", target: "GetCallerConnectionId", arguments: [] });
            await alice.receives();
        },
    },
    {
        name: "compression is offered in vain",
        async play(stage) {
            const alice = await stage.opensSocket("alice", "/testhub");
            stage.script.note("server", "chooses", alice.socket.extensions || "no extension");
        },
    },
    {
        name: "a hub that asks for a token refuses a WebSocket without one",
        play: (stage) => stage.opensSocket("mallory", "/authorizedhub"),
    },
    {
        name: "a WebSocket brings its token in the query",
        async play(stage) {
            const token = (await stage.request("GET", "/generateJwtToken")).body.toString();
            const alice = await stage.socket("alice", { hub: "/authorizedhub", id: await authorizedId(stage, token), token });
            await alice.isStillServed();
        },
    },
    {
        name: "a WebSocket brings its token in a header",
        async play(stage) {
            const token = (await stage.request("GET", "/generateJwtToken")).body.toString();
            const id = await authorizedId(stage, token);
            const alice = await stage.opensSocket("alice", `/authorizedhub?id=${id}`,
                { headers: { Authorization: `Bearer ${token}` } });
            await alice.shakesHands();
            await alice.isStillServed();
        },
    },
    {
        name: "text that is no UTF-8 ends the connection",
        varies: true, // the reference resets the connection, and sometimes before the code is read
        async play(stage) {
            const alice = await stage.socket("alice");
            alice.sendsBytes(Buffer.from([0x22, 0xff, 0xfe, 0x22, 0x1e]), undefined, { binary: false });
            await alice.isClosed();
        },
    },
    {
        name: "a frame without a mask ends the connection",
        varies: true, // as above
        async play(stage) {
            const alice = await stage.socket("alice");
            alice.sendsBytes(Buffer.from('{"type":6}\x1e'), '{"type":6} without a mask', { mask: false });
            await alice.isClosed();
        },
    },
    {
        name: "a WebSocket ping is answered, and no business of the hub",
        async play(stage) {
            const alice = await stage.socket("alice");
            const pong = new Promise((resolve) => alice.socket.once("pong", resolve));
            alice.socket.ping("are you there?");
            stage.script.note("alice", "< pong", String(await pong));
            await alice.isStillServed();
        },
    },
];

async function authorizedId(stage, token) {
    const answer = await stage.request("POST", "/authorizedhub/negotiate?negotiateVersion=1",
        { headers: { Authorization: `Bearer ${token}` } });
    return JSON.parse(answer.body).connectionToken;
}

const raw = ["WebSockets", "LongPolling"].map((transport) => ({
    name: `a connection without a hub has its bytes back over ${transport}`,
    async play(stage) {
        const { connectionToken } = await stage.negotiate("/echo");
        if (transport === "WebSockets") {
            const alice = await stage.opensSocket("alice", "/echo");
            const message = new Promise((resolve) => alice.socket.once("message", (data, binary) => resolve({ data, binary })));
            alice.socket.send("no record at all");
            const { data, binary } = await message;
            stage.script.note("alice", "<", `${binary ? "binary" : "text"} ${data}`);
            return;
        }
        await stage.request("GET", `/echo?id=${connectionToken}`);
        await stage.request("POST", `/echo?id=${connectionToken}`, { body: "no record at all" });
        const { body } = await stage.request("GET", `/echo?id=${connectionToken}`);
        stage.script.note("alice", "<", body.toString());
    },
}));

export const scenarios = [...ids, ...transports, ...sockets, ...raw];
