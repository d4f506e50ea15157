// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The JSON protocol: what is understood, what ends the connection, and how the server writes.

const echo = '{"type":1,"invocationId":"1","target":"Echo","arguments":["hi"]}';
const limit = 32 * 1024;

/** The record is understood and answered. */
const understood = (name, record, answers = 1) => ({
    name,
    async play(stage) {
        const alice = await stage.socket("alice");
        alice.sends(record);
        await alice.receives(answers);
    },
});

/** The record is left without an answer and the connection lives on. */
const passedOver = (name, record) => ({
    name,
    async play(stage) {
        const alice = await stage.socket("alice");
        alice.sends(record);
        await alice.isStillServed();
    },
});

/** The record is the last one of its connection. */
const fatal = (name, record) => ({
    name,
    async play(stage) {
        const alice = await stage.socket("alice");
        alice.sends(record);
        await alice.isClosed();
    },
});

/** An Echo call whose record, without its separator, has this many bytes. */
function echoOfSize(size) {
    const empty = '{"type":1,"invocationId":"1","target":"Echo","arguments":[""]}';
    return empty.replace('""', `"${"x".repeat(size - empty.length)}"`);
}

const fine = [
    understood("the usual call", echo),
    understood("arguments before the target", '{"arguments":["hi"],"target":"Echo","invocationId":"1","type":1}'),
    understood("properties nobody knows", '{"x":{"type":7},"type":1,"y":[1,[2]],"invocationId":"1","target":"Echo","arguments":["hi"],"z":null}'),
    understood("headers", '{"type":1,"headers":{"a":"b"},"invocationId":"1","target":"Echo","arguments":["hi"]}'),
    understood("space between everything", ' {\n\t"type" : 1 , "invocationId" : "1" , "target" : "Echo" , "arguments" : [ "hi" ] }\r\n'),
    understood("something after the closing brace", `${echo} and more`),
    understood("escapes in names and values", '{"t\\u0079pe":1,"invocationId":"\\u0031","target":"\\u0045cho","arguments":["\\ud83d\\ude00\\n"]}'),
    understood("a null for text", '{"type":1,"invocationId":"1","target":"Echo","arguments":[null]}'),
    understood("an empty target", '{"type":1,"invocationId":"1","target":"","arguments":[]}'),
    understood("an empty target of a streaming call", '{"type":4,"invocationId":"1","target":"","arguments":[]}'),
    understood("an empty list of upload streams", '{"type":1,"invocationId":"1","target":"Echo","arguments":["hi"],"streamIds":[]}'),
    understood("a type that is given twice", '{"type":6,"type":1,"invocationId":"1","target":"Echo","arguments":["hi"]}'),
    understood("a nesting of depth 60", `{"type":1,"invocationId":"1","target":"Echo","arguments":["hi"],"x":${"[".repeat(60)}${"]".repeat(60)}}`),
    understood("a long call, but not too long", echoOfSize(limit - 100)),
    {
        name: "many records in one frame that is longer than the limit",
        async play(stage) {
            const alice = await stage.socket("alice");
            alice.sends(...Array.from({ length: 5 }, (_, i) => alice.protocol.echo(String(i), "x".repeat(10_000))));
            await alice.receives(5);
        },
    },
    {
        name: "a record in many frames",
        async play(stage) {
            const alice = await stage.socket("alice");
            stage.script.note("alice", ">", `${echo} (byte by byte)`);
            for (const byte of Buffer.from(`${echo}\x1e`)) {
                alice.frame(Buffer.from([byte]));
            }
            await alice.receives();
        },
    },
    {
        name: "a record in the fragments of one frame, cut inside a letter",
        async play(stage) {
            const alice = await stage.socket("alice");
            const bytes = alice.protocol.record(alice.protocol.echo("1", "ü€😀"));
            const cut = bytes.indexOf(Buffer.from("😀")) + 2;
            stage.script.note("alice", ">", "Echo ü€😀 in two fragments");
            alice.frame(bytes.subarray(0, cut), { binary: false, fin: false });
            alice.frame(bytes.subarray(cut), { binary: false, fin: true });
            await alice.receives();
        },
    },
    {
        name: "the end of one record and the start of the next in one frame",
        async play(stage) {
            const alice = await stage.socket("alice");
            const bytes = Buffer.concat(["1", "2", "3"].map((id) => alice.protocol.record(alice.protocol.echo(id, "hi"))));
            stage.script.note("alice", ">", "three calls in frames of 50 bytes");
            for (let start = 0; start < bytes.length; start += 50) {
                alice.frame(bytes.subarray(start, start + 50));
            }
            await alice.receives(3);
        },
    },
    {
        name: "a binary frame with JSON in it",
        async play(stage) {
            const alice = await stage.socket("alice");
            alice.sendsBytes(Buffer.from(`${echo}\x1e`), `${echo} (binary)`, { binary: true });
            await alice.receives();
        },
    },
];

const silent = [
    passedOver("a call without an id", '{"type":1,"target":"Echo","arguments":["hi"]}'),
    passedOver("a call with an empty id", '{"type":1,"invocationId":"","target":"Echo","arguments":["hi"]}'),
    passedOver("an unknown method without an id", '{"type":1,"target":"Nonsense","arguments":[]}'),
    passedOver("a failing method without an id", '{"type":1,"target":"ThrowException","arguments":["oh"]}'),
    passedOver("a ping", '{"type":6}'),
    passedOver("an acknowledgement nobody waits for", '{"type":8,"sequenceId":5}'),
    passedOver("a sequence nobody asked for", '{"type":9,"sequenceId":5}'),
    passedOver("an item of a stream that is not there", '{"type":2,"invocationId":"9","item":"x"}'),
    passedOver("an empty target without an id", '{"type":1,"target":"","arguments":[]}'),
    passedOver("an item of a stream without a name", '{"type":2,"invocationId":"","item":"x"}'),
    passedOver("the completion of a call without a name", '{"type":3,"invocationId":"","result":1}'),
    passedOver("the cancellation of a call without a name", '{"type":5,"invocationId":""}'),
    passedOver("an item of the wrong kind for a stream that is not there", '{"type":2,"item":{"a":1},"invocationId":"9"}'),
    passedOver("the completion of a call that is not there", '{"type":3,"invocationId":"9","result":1}'),
    passedOver("the cancellation of a call that is not there", '{"type":5,"invocationId":"9"}'),
    passedOver("a type nobody knows", '{"type":77,"some":"thing"}'),
    passedOver("a type nobody knows that is zero", '{"type":0}'),
];

const end = [
    fatal("no JSON", "nonsense"),
    fatal("an empty record", ""),
    fatal("half an object", '{"type":1'),
    fatal("a comma too many", '{"type":6,}'),
    fatal("a comment", '{"type":6/*ping*/}'),
    fatal("an array", "[6]"),
    fatal("a number", "6"),
    fatal("null", "null"),
    fatal("no type", '{"target":"Echo","arguments":[]}'),
    fatal("a type that is text", '{"type":"1","target":"Echo","arguments":["hi"]}'),
    fatal("a type that is null", '{"type":null}'),
    fatal("a type that is not whole", '{"type":1.5,"target":"Echo","arguments":["hi"]}'),
    fatal("a name in another case", '{"Type":6}'),
    fatal("no target", '{"type":1,"invocationId":"1","arguments":["hi"]}'),
    fatal("a target that is null", '{"type":1,"invocationId":"1","target":null,"arguments":["hi"]}'),
    fatal("no arguments", '{"type":1,"invocationId":"1","target":"Echo"}'),
    fatal("arguments that are no list", '{"type":1,"invocationId":"1","target":"Echo","arguments":"hi"}'),
    fatal("arguments that are null", '{"type":1,"invocationId":"1","target":"Echo","arguments":null}'),
    fatal("a call with an id that is null", '{"type":1,"invocationId":null,"target":"Echo","arguments":["hi"]}'),
    fatal("an id that is a number", '{"type":1,"invocationId":1,"target":"Echo","arguments":["hi"]}'),
    fatal("headers that are no object", '{"type":1,"headers":"x","invocationId":"1","target":"Echo","arguments":["hi"]}'),
    fatal("a header that is no text", '{"type":1,"headers":{"a":1},"invocationId":"1","target":"Echo","arguments":["hi"]}'),
    fatal("upload streams that are no list", '{"type":1,"invocationId":"1","target":"Echo","arguments":["hi"],"streamIds":"1"}'),
    fatal("a streaming call without an id", '{"type":4,"target":"Stream","arguments":[]}'),
    fatal("an item without an id", '{"type":2,"item":1}'),
    fatal("an item without the item", '{"type":2,"invocationId":"9"}'),
    fatal("a completion without an id", '{"type":3,"result":1}'),
    fatal("a result and an error together", '{"type":3,"invocationId":"9","result":1,"error":"x"}'),
    fatal("a cancellation without an id", '{"type":5}'),
    fatal("a depth of 70", `{"type":6,"x":${"[".repeat(70)}${"]".repeat(70)}}`),
    fatal("half a pair of surrogates in a name", '{"type":1,"invocationId":"1","target":"\\ud800","arguments":[]}'),
    fatal("a record longer than the limit", echoOfSize(limit + 1)),
    fatal("a record much longer than the limit", echoOfSize(100_000)),
    {
        name: "what never ends and is longer than the limit",
        async play(stage) {
            const alice = await stage.socket("alice");
            alice.sendsBytes(Buffer.from("x".repeat(40_000)), "40000 letters and no end");
            await alice.isClosed();
        },
    },
    {
        name: "what came before the bad record is still answered, what came after is not",
        async play(stage) {
            const alice = await stage.socket("alice");
            alice.sends(alice.protocol.echo("1", "before"), "nonsense", alice.protocol.echo("2", "after"));
            await alice.isClosed();
        },
    },
];

const output = [
    {
        name: "every letter comes back as itself",
        async play(stage) {
            const alice = await stage.socket("alice");
            for (const text of ["<a href='x'>&+`", "äöü ß € 你好", "\" \\ / \b\f\n\r\t", "\u0000\u0001\u001e\u001f\u007f",
                "\u2028\u2029\u00a0\ufeff", "😀"]) {
                alice.sends(alice.protocol.echo("1", text));
                await alice.receives();
            }
        },
    },
    understood("a method without a result answers null",
        '{"type":1,"invocationId":"1","target":"SendCustomObject","arguments":[{"Name":"n","Value":1}]}', 2),
    {
        name: "a call of the client has no id and comes before the completion",
        async play(stage) {
            const alice = await stage.socket("alice");
            alice.sends('{"type":1,"invocationId":"1","target":"InvokeWithString","arguments":["hi"]}');
            await alice.receives(2);
        },
    },
    understood("an object is written with the names it was declared with",
        '{"type":1,"invocationId":"1","target":"SendComplexObject","arguments":[]}'),
    understood("an object is read whatever the case of its names", '{"type":1,"invocationId":"1","target":"EchoComplexObject","arguments":[' +
        '{"byteArray":"AQID","DATETIME":"2000-01-01T00:00:00Z","guid":"00010203-0405-0607-0706-050403020100","IntArray":[1,2,3],"string":"s"}]}'),
];

export const scenarios = [...fine, ...silent, ...end, ...output];
