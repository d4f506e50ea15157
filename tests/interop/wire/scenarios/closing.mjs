// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The ways a connection ends, and what each side says at the end.

// The reference tears its connections down while it says farewell: what gets out is a matter of luck. What
// ours says stands in known-differences.json.
const varies = true;

export const scenarios = [
    {
        name: "a client says farewell",
        async play(stage) {
            const alice = await stage.socket("alice");
            alice.sends({ type: 7 });
            await alice.isClosed();
        },
    },
    {
        name: "a client says farewell in MessagePack",
        async play(stage) {
            const alice = await stage.socket("alice", { protocol: "messagepack" });
            alice.sends([7, null]);
            await alice.isClosed();
        },
    },
    {
        name: "a client says farewell with an error",
        async play(stage) {
            const alice = await stage.socket("alice");
            alice.sends({ type: 7, error: "I am broken", allowReconnect: true });
            await alice.isClosed();
        },
    },
    {
        name: "what a client says after its farewell is not heard",
        async play(stage) {
            const alice = await stage.socket("alice");
            alice.sends({ type: 7 }, alice.protocol.echo("1", "one more thing"));
            await alice.isClosed();
        },
    },
    ...[null, 1000, 1001, 1003, 1011, 3000, 4000].map((code) => ({
        name: `a client closes its WebSocket with ${code ?? "no code"}`,
        async play(stage) {
            const alice = await stage.socket("alice");
            alice.closes(code);
            await alice.isClosed();
        },
    })),
    {
        name: "a client closes its WebSocket before the handshake",
        async play(stage) {
            const alice = await stage.socket("alice", { handshake: false });
            alice.closes(null);
            await alice.isClosed();
        },
    },
    {
        name: "a client closes while a stream runs",
        async play(stage) {
            const alice = await stage.socket("alice");
            alice.sends({ type: 4, invocationId: "1", target: "InfiniteStream", arguments: [] });
            await alice.isStillServed();
            alice.closes();
            await alice.isClosed();
        },
    },
    {
        name: "a client closes in the middle of a record",
        async play(stage) {
            const alice = await stage.socket("alice");
            alice.sendsBytes(Buffer.from('{"type":1,"targ'), "half a record");
            alice.closes();
            await alice.isClosed();
        },
    },
    {
        name: "details: the hub fails to greet",
        async play(stage) {
            stage.script.showDetails();
            const alice = await stage.socket("alice", { hub: "/uncreatable" });
            await alice.isClosed();
        },
    },
    ...[
        ["no type", '{"target":"Echo","arguments":[]}'],
        ["a type that is text", '{"type":"1","target":"Echo","arguments":["hi"]}'],
        ["no target", '{"type":1,"invocationId":"1","arguments":["hi"]}'],
        ["no arguments", '{"type":1,"invocationId":"1","target":"Echo"}'],
        ["an array", "[6]"],
        ["a result and an error together", '{"type":3,"invocationId":"9","result":1,"error":"x"}'],
        ["an id that is a number", '{"type":1,"invocationId":1,"target":"Echo","arguments":["hi"]}'],
        ["arguments that are no list", '{"type":1,"invocationId":"1","target":"Echo","arguments":"hi"}'],
        ["upload streams that are no list", '{"type":1,"invocationId":"1","target":"Echo","arguments":["hi"],"streamIds":"1"}'],
        ["headers that are no object", '{"type":1,"headers":"x","invocationId":"1","target":"Echo","arguments":["hi"]}'],
        ["no id", '{"type":5}'],
    ].map(([name, record]) => ({
        name: `details: ${name}`,
        async play(stage) {
            stage.script.showDetails();
            const alice = await stage.socket("alice");
            alice.sends(record);
            await alice.isClosed();
        },
    })),
    {
        name: "the hub fails to greet",
        async play(stage) {
            const alice = await stage.socket("alice", { hub: "/uncreatable" });
            await alice.isClosed();
        },
    },
    {
        name: "the server shuts down with a WebSocket open",
        varies,
        async play(stage) {
            await stage.ownServer();
            const alice = await stage.socket("alice");
            const end = stage.server.terminate();
            await alice.isClosed();
            await end;
        },
    },
    {
        name: "the server shuts down with an event stream open",
        varies,
        async play(stage) {
            await stage.ownServer();
            const alice = await stage.events("alice");
            const end = stage.server.terminate();
            await alice.receives();
            await alice.receives();
            await end;
        },
    },
    {
        name: "the server shuts down with a poll waiting",
        varies,
        async play(stage) {
            await stage.ownServer();
            const alice = await stage.poller("alice");
            const poll = await alice.waitingPoll();
            const end = stage.server.terminate();
            await alice.hears(poll);
            await end;
        },
    },
];
