// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Both hub protocols as far as a scenario needs them: written by hand, so that wrong things can be said.

import { decode, encode, ExtData } from "@msgpack/msgpack";

const recordSeparator = 0x1e;

export const json = {
    name: "json",
    /** Text is sent as it is, anything else as JSON; both get their separator. */
    record(message) {
        return Buffer.from((typeof message === "string" ? message : JSON.stringify(message)) + "\x1e");
    },
    /** Takes the complete records off the front of the bytes. */
    split(bytes) {
        const records = [];
        let end;
        while ((end = bytes.indexOf(recordSeparator)) >= 0) {
            records.push(bytes.subarray(0, end));
            bytes = bytes.subarray(end + 1);
        }
        return { records, rest: bytes };
    },
    // Written anew, because which letters a server escapes is its own affair.
    show: (record) => JSON.stringify(JSON.parse(record.toString())),
    type: (record) => JSON.parse(record.toString()).type,
    echo: (invocationId, text) => ({ type: 1, invocationId, target: "Echo", arguments: [text] }),
    ping: { type: 6 },
    ack: (sequenceId) => ({ type: 8, sequenceId }),
    sequence: (sequenceId) => ({ type: 9, sequenceId }),
};

export const messagepack = {
    name: "messagepack",
    record(message) {
        const body = message instanceof Uint8Array ? message : encode(message);
        return Buffer.concat([messagepack.prefix(body.length), body]);
    },
    prefix(length) {
        const bytes = [];
        do {
            bytes.push((length & 0x7f) | (length > 0x7f ? 0x80 : 0));
            length = Math.floor(length / 128);
        } while (length > 0);
        return Buffer.from(bytes);
    },
    split(bytes) {
        const records = [];
        for (;;) {
            let length = 0;
            let used = 0;
            do {
                if (used === bytes.length) {
                    return { records, rest: bytes };
                }
                length += (bytes[used] & 0x7f) * 128 ** used;
            } while (bytes[used++] & 0x80);
            if (bytes.length < used + length) {
                return { records, rest: bytes };
            }
            records.push(bytes.subarray(used, used + length));
            bytes = bytes.subarray(used + length);
        }
    },
    show: (record) => JSON.stringify(decode(record), (_, value) =>
        value instanceof ExtData ? `ext ${value.type}` : value?.type === "Buffer" ? `bytes ${value.data}` :
            value instanceof Uint8Array ? `bytes ${Array.from(value)}` : value),
    type: (record) => decode(record)[0],
    echo: (invocationId, text) => [1, {}, invocationId, "Echo", [text], []],
    ping: [6],
    ack: (sequenceId) => [8, sequenceId],
    sequence: (sequenceId) => [9, sequenceId],
};

export const protocols = { json, messagepack };
