// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The first record of a connection: which protocol is to be spoken.

const request = '{"protocol":"json","version":1}';

/** Sends these records first; the answer is noted, and either an echo works or the connection ends. */
const first = (name, text, { accepted = false, protocol = "json" } = {}) => ({
    name,
    async play(stage) {
        const alice = await stage.socket("alice", { handshake: false, protocol });
        alice.sendsBytes(Buffer.from(`${text}\x1e`), text, { binary: false });
        await alice.receives();
        await (accepted ? alice.isStillServed() : alice.isClosed());
    },
});

/** What detailed errors say of a refused handshake. */
const detailed = (name, text) => ({
    name: `details: ${name}`,
    async play(stage) {
        stage.script.showDetails();
        const alice = await stage.socket("alice", { handshake: false });
        alice.sendsBytes(Buffer.from(`${text}\x1e`), text, { binary: false });
        await alice.receives();
        await alice.isClosed();
    },
});

const detailedRefusals = [
    detailed("no protocol", '{"version":1}'),
    detailed("no version", '{"protocol":"json"}'),
    detailed("a version that is text", '{"protocol":"json","version":"1"}'),
    detailed("a protocol that is a number", '{"protocol":1,"version":1}'),
    detailed("an array", "[]"),
    detailed("a number", "1"),
    detailed("a text", '"json"'),
];

const accepted = [
    first("JSON in version 1", request, { accepted: true }),
    first("MessagePack in version 1, asked for in a text frame", '{"protocol":"messagepack","version":1}',
        { accepted: true, protocol: "messagepack" }),
    first("the protocol's name in another case", '{"protocol":"JSON","version":1}', { accepted: true }),
    first("version 2, also without stateful reconnect", '{"protocol":"json","version":2}', { accepted: true }),
    first("version 0", '{"protocol":"json","version":0}', { accepted: true }),
    first("another order, and things nobody knows",
        '{"extra":{"a":[1,{"b":null}]},"version":1,"protocol":"json","more":true}', { accepted: true }),
    first("space between everything", ' { "protocol" : "json" ,\n "version" : 1 } ', { accepted: true }),
    {
        name: "the handshake may come in a binary frame",
        async play(stage) {
            const alice = await stage.socket("alice", { handshake: false });
            alice.sendsBytes(Buffer.from(`${request}\x1e`), `${request} (binary)`, { binary: true });
            await alice.receives();
            await alice.isStillServed();
        },
    },
    {
        name: "the handshake may come byte by byte",
        async play(stage) {
            const alice = await stage.socket("alice", { handshake: false });
            alice.script.note("alice", ">", `${request} (byte by byte)`);
            for (const byte of Buffer.from(`${request}\x1e`)) {
                alice.frame(Buffer.from([byte]));
            }
            await alice.receives();
            await alice.isStillServed();
        },
    },
    {
        name: "calls may follow in the frame of the handshake",
        async play(stage) {
            const alice = await stage.socket("alice", { handshake: false });
            alice.sends(request, alice.protocol.echo("1", "one"), alice.protocol.echo("2", "two"));
            await alice.receives(3);
        },
    },
    {
        name: "calls may follow without waiting for the answer",
        async play(stage) {
            const alice = await stage.socket("alice", { handshake: false });
            alice.sends(request);
            alice.sends(alice.protocol.echo("1", "one"));
            await alice.receives(2);
        },
    },
    {
        name: "the answer comes as one frame, text for JSON and binary for MessagePack",
        async play(stage) {
            for (const protocol of ["json", "messagepack"]) {
                const alice = await stage.socket(protocol, { handshake: false });
                const answer = new Promise((resolve) =>
                    alice.socket.once("message", (data, binary) => resolve(`${binary ? "binary" : "text"} ${JSON.stringify(String(data))}`)));
                alice.frame(Buffer.from(`{"protocol":"${protocol}","version":1}\x1e`), { binary: false });
                stage.script.note(protocol, "<", await answer);
                await alice.inbox.messages.take();
            }
        },
    },
];

const refused = [
    first("a protocol nobody speaks", '{"protocol":"smoke","version":1}'),
    first("an empty name", '{"protocol":"","version":1}'),
    first("a version from the future", '{"protocol":"json","version":3}'),
    first("a MessagePack of the future", '{"protocol":"messagepack","version":3}'),
    first("no protocol", '{"version":1}'),
    first("no version", '{"protocol":"json"}'),
    first("a version that is text", '{"protocol":"json","version":"1"}'),
    first("a version that is not whole", '{"protocol":"json","version":1.5}'),
    first("a protocol that is a number", '{"protocol":1,"version":1}'),
    first("a protocol that is null", '{"protocol":null,"version":1}'),
    first("an array", "[1]"),
    first("a text", '"json"'),
    first("no JSON", '{"protocol":"json",'),
    first("a record with nothing in it", ""),
    first("a ping first", '{"type":6}'),
    first("a call first", '{"type":1,"invocationId":"1","target":"Echo","arguments":["x"]}'),
    {
        name: "MessagePack over an event stream, which is text",
        async play(stage) {
            const alice = await stage.events("alice", { handshake: false });
            await alice.receives();
            await alice.sends('{"protocol":"messagepack","version":1}');
            await alice.receives();
            await alice.receives();
        },
    },
    {
        name: "a handshake that does not end and is too long",
        async play(stage) {
            const alice = await stage.socket("alice", { handshake: false });
            alice.sendsBytes(Buffer.from(`{"protocol":"${"x".repeat(40_000)}`), "40000 letters and no end");
            await alice.receives();
            await alice.isClosed();
        },
    },
    {
        name: "a second handshake is a message without a type",
        async play(stage) {
            const alice = await stage.socket("alice");
            alice.sends(request);
            await alice.isClosed();
        },
    },
    {
        name: "a client that leaves before the handshake",
        async play(stage) {
            const alice = await stage.socket("alice", { handshake: false });
            alice.closes();
            await alice.isClosed();
        },
    },
];

export const scenarios = [...accepted, ...detailedRefusals, ...refused];
