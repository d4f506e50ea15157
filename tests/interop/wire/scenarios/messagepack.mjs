// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The MessagePack protocol: what is understood, what ends the connection, and how the server writes.

import { encode } from "@msgpack/msgpack";
import { messagepack } from "../protocols.mjs";

const bytes = (text) => Uint8Array.from(text.split(" ").map((byte) => parseInt(byte, 16)));
const text = (value) => Array.from(encode(value));
const enters = (stage) => stage.socket("alice", { protocol: "messagepack" });

const understood = (name, record, answers = 1) => ({
    name,
    async play(stage) {
        const alice = await enters(stage);
        alice.sends(record);
        await alice.receives(answers);
    },
});

const passedOver = (name, record) => ({
    name,
    async play(stage) {
        const alice = await enters(stage);
        alice.sends(record);
        await alice.isStillServed();
    },
});

const fatal = (name, record) => ({
    name,
    async play(stage) {
        const alice = await enters(stage);
        alice.sends(record);
        await alice.isClosed();
    },
});

const upload = (name, item) => ({
    name,
    async play(stage) {
        const alice = await enters(stage);
        alice.sends([1, {}, "1", "StreamingConcat", [], ["s"]], item);
        await alice.receives();
        await alice.isStillServed();
    },
});

const raw = (name, frame, what) => ({
    name,
    async play(stage) {
        const alice = await enters(stage);
        alice.sendsBytes(Buffer.from(frame), what);
        await alice.isClosed();
    },
});

/** The parts of an Echo call, each of which may be written in another width. */
const echo = ({ array = [0x96], type = [0x01], headers = [0x80], id = text("1"), target = text("Echo"),
    args = [0x91, ...text("hi")], streams = [0x90], more = [] } = {}) =>
    Uint8Array.from([...array, ...type, ...headers, ...id, ...target, ...args, ...streams, ...more]);

const fine = [
    understood("the usual call", echo()),
    understood("a call without upload streams", echo({ array: [0x95], streams: [] })),
    understood("a call with something at its end", echo({ array: [0x97], more: [0xc0] })),
    understood("a long array", echo({ array: [0xdc, 0x00, 0x06] })),
    understood("a very long array", echo({ array: [0xdd, 0, 0, 0, 6] })),
    understood("a type in one byte", echo({ type: [0xcc, 0x01] })),
    understood("a type in four bytes, signed", echo({ type: [0xd2, 0, 0, 0, 1] })),
    understood("a type in eight bytes", echo({ type: [0xcf, 0, 0, 0, 0, 0, 0, 0, 1] })),
    understood("a long text", echo({ target: [0xda, 0x00, 0x04, ...Buffer.from("Echo")] })),
    understood("a very long text", echo({ target: [0xdb, 0, 0, 0, 4, ...Buffer.from("Echo")] })),
    understood("headers", echo({ headers: [0x81, ...text("a"), ...text("b")] })),
    understood("headers in a long map", echo({ headers: [0xde, 0x00, 0x01, ...text("a"), ...text("b")] })),
    understood("a nil for text", echo({ args: [0x91, 0xc0] })),
    understood("a method without a result answers nil", [1, {}, "1", "SendCustomObject", [{ Name: "n", Value: 1 }], []], 2),
    understood("an object is written with the names it was declared with", [1, {}, "1", "SendComplexObject", [], []]),
    understood("arguments that are no array", [1, {}, "1", "Echo", "hi", []]),
    understood("too few items", [1, {}, "1", "Echo"]),
    understood("a text that is longer than the record", bytes("96 01 80 a1 31 a4 45 63 68 6f 91 db 7f ff ff ff 90")),
    understood("an array that is longer than the record", bytes("96 01 80 a1 31 a4 45 63 68 6f dd 7f ff ff ff")),
    understood("an empty target", [1, {}, "1", "", [], []]),
    understood("a target that is no UTF-8", echo({ target: [0xa2, 0xff, 0xfe] })),
    understood("a target with a letter cut in two", echo({ target: [0xa5, ...Buffer.from("Echo"), 0xc3] })),
    understood("an id that is no UTF-8", echo({ id: [0xa2, 0xff, 0xfe] })),
    understood("a header that is no UTF-8", echo({ headers: [0x81, 0xa1, 0xff, 0xa1, 0xff] })),
    understood("an argument that is no UTF-8", echo({ args: [0x91, 0xa2, 0xff, 0xfe] })),
    understood("a streaming call of a target that is no UTF-8", Uint8Array.from([0x96, 0x04, 0x80, ...text("1"), 0xa2, 0xff, 0xfe, 0x90, 0x90])),
    understood("a nil for a number", [1, {}, "1", "SendCustomObject", [{ Name: "n", Value: null }], []]),
    understood("an error is a text", [1, {}, "1", "Nonsense", [], []]),
    {
        name: "a record in many frames",
        async play(stage) {
            const alice = await enters(stage);
            stage.script.note("alice", ">", "Echo (byte by byte)");
            for (const byte of messagepack.record(echo())) {
                alice.frame(Buffer.from([byte]));
            }
            await alice.receives();
        },
    },
    {
        name: "a length that is longer than it has to be",
        async play(stage) {
            const alice = await enters(stage);
            const body = echo();
            alice.sendsBytes(Buffer.concat([Buffer.from([body.length | 0x80, 0x80, 0x00]), body]), "Echo with a length of three bytes");
            await alice.receives();
        },
    },
    {
        name: "many records in one frame that is longer than the limit",
        async play(stage) {
            const alice = await enters(stage);
            alice.sends(...Array.from({ length: 5 }, (_, i) => alice.protocol.echo(String(i), "x".repeat(10_000))));
            await alice.receives(5);
        },
    },
    {
        name: "a text frame with MessagePack in it",
        async play(stage) {
            const alice = await enters(stage);
            alice.sendsBytes(messagepack.record([6]).subarray(0, 1), "the first byte of a ping (text)", { binary: false });
            alice.sendsBytes(messagepack.record([6]).subarray(1), "the rest of it", { binary: true });
            await alice.isStillServed();
        },
    },
    {
        name: "everything comes in whole records",
        async play(stage) {
            const alice = await enters(stage);
            const frame = new Promise((resolve) => alice.socket.once("message", resolve));
            alice.sends([1, {}, "1", "Echo", ["hi"], []]);
            stage.script.note("alice", "< bytes", Array.from(await frame).map((byte) => byte.toString(16).padStart(2, "0")).join(" "));
            await alice.receives();
        },
    },
];

const silent = [
    passedOver("a call with an id that is nil", echo({ id: [0xc0] })),
    passedOver("a call with an empty id", echo({ id: text("") })),
    passedOver("a ping", [6]),
    passedOver("a ping with something at its end", [6, 1]),
    passedOver("an acknowledgement nobody waits for", [8, 5]),
    passedOver("a sequence nobody asked for", [9, 5]),
    passedOver("an item of a stream that is not there", [2, {}, "9", "x"]),
    passedOver("a broken item of a stream that is not there", Uint8Array.from([0x94, 0x02, 0x80, 0xa1, 0x39, 0xc1])),
    passedOver("no item for a stream that is not there", [2, {}, "9"]),
    passedOver("an item cut off for a stream that is not there", Uint8Array.from([0x94, 0x02, 0x80, 0xa1, 0x39, 0x91, 0xd9])),
    upload("a broken item fails the upload", Uint8Array.from([0x94, 0x02, 0x80, ...text("s"), 0xc1])),
    upload("an item that is missing fails the upload", [2, {}, "s"]),
    upload("an item of the wrong type fails the upload", [2, {}, "s", 1]),
    passedOver("an item of a stream without a name", [2, {}, "", "x"]),
    passedOver("an item of a stream whose name is no UTF-8", Uint8Array.from([0x94, 0x02, 0x80, 0xa1, 0xff, 0xc0])),
    passedOver("the completion of a call without a name", [3, {}, "", 3, 1]),
    passedOver("the completion of a call whose name is no UTF-8", Uint8Array.from([0x95, 0x03, 0x80, 0xa1, 0xff, 0x03, 0x01])),
    passedOver("the cancellation of a call without a name", [5, {}, ""]),
    passedOver("the cancellation of a call whose name is no UTF-8", Uint8Array.from([0x93, 0x05, 0x80, 0xa1, 0xff])),
    passedOver("the completion of a call that is not there", [3, {}, "9", 3, 1]),
    passedOver("the error of a call that is not there", [3, {}, "9", 1, "x"]),
    passedOver("the void completion of a call that is not there", [3, {}, "9", 2]),
    passedOver("the cancellation of a call that is not there", [5, {}, "9"]),
    passedOver("a type nobody knows", [77, "some", "thing"]),
];

const end = [
    fatal("no array", bytes("01")),
    fatal("an empty array", bytes("90")),
    fatal("nothing at all", new Uint8Array()),
    fatal("a type that is text", ["1", {}, "1", "Echo", ["hi"], []]),
    fatal("a byte that means nothing", bytes("c1")),
    fatal("half a record", echo().subarray(0, 8)),
    fatal("a target that is nil", [1, {}, "1", null, ["hi"], []]),
    fatal("a target that is a number", [1, {}, "1", 5, ["hi"], []]),
    fatal("an id that is a number", [1, {}, 1, "Echo", ["hi"], []]),
    fatal("headers that are nil", echo({ headers: [0xc0] })),
    fatal("streams that are nil", echo({ streams: [0xc0] })),
    fatal("headers that are no map", [1, "x", "1", "Echo", ["hi"], []]),
    fatal("a header that is no text", [1, { a: 1 }, "1", "Echo", ["hi"], []]),
    fatal("a streaming call without an id", [4, {}, null, "Stream", [], []]),
    fatal("a result of an unknown kind", [3, {}, "9", 4, 1]),
    fatal("a record longer than the limit", [1, {}, "1", "Echo", ["x".repeat(33_000)], []]),
    raw("a length of more than two gigabytes", [0xff, 0xff, 0xff, 0xff, 0x0f], "ff ff ff ff 0f"),
    raw("a length of six bytes", [0xff, 0xff, 0xff, 0xff, 0xff, 0x01], "ff ff ff ff ff 01"),
    raw("a length beyond the limit and as many bytes", [0xff, 0xff, 0x7f, ...new Uint8Array(40_000)], "a length of 2 MB and 40000 bytes"),
];

export const scenarios = [...fine, ...silent, ...end];
