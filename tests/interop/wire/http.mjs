// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// HTTP as a scenario sees it: requests whose answers are written down, polls that wait, event streams.

import http from "node:http";
import { Mailbox } from "./inbox.mjs";

const noted = ["content-type", "cache-control", "pragma", "expires", "content-encoding", "location",
    "www-authenticate", "access-control-allow-origin", "access-control-allow-credentials"];

/** Sends a request; the promise is for the start of the answer. */
export function send(server, method, path, { headers = {}, body, chunked = false } = {}) {
    const sent = { ...headers };
    if (body !== undefined && !chunked) {
        sent["Content-Length"] = Buffer.byteLength(body);
    } else if (body === undefined && ["POST", "PUT"].includes(method)) {
        sent["Content-Length"] = 0;
    }
    const request = http.request({ host: "127.0.0.1", port: server.port, method, path, headers: sent, agent: false });
    const answer = new Promise((resolve, reject) => {
        request.on("response", resolve);
        request.on("error", reject);
    });
    answer.catch(() => {}); // given up on purpose: see Poll.gives up
    if (chunked) {
        for (const part of [].concat(body)) {
            request.write(part);
        }
        request.end();
    } else {
        request.end(body);
    }
    return { request, answer };
}

/** The line a script has for an answer. */
export function describe(response, body) {
    const isEmpty = body.length === 0; // and then it has no type worth a word
    const headers = noted.filter((name) => response.headers[name] !== undefined && !(isEmpty && name === "content-type"))
        .map((name) => `${name}: ${response.headers[name]}`);
    const isJson = response.headers["content-type"]?.startsWith("application/json");
    return [`${response.statusCode} ${response.statusMessage}`, ...headers, isJson ? sorted(body) : show(body)].join(" | ");
}

/** JSON whose properties come in an order of ours: theirs is free. */
function sorted(body) {
    return JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(body)).sort(([a], [b]) => (a < b ? -1 : 1))));
}

export function show(body) {
    if (body.length === 0) {
        return "(empty)";
    }
    const text = body.toString();
    return Buffer.from(text).equals(body) ? JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"') : `bytes ${Array.from(body)}`;
}

export async function read(response) {
    return Buffer.concat(await response.toArray());
}

/** An event stream that stays open. */
export class EventStream {
    #rest = "";
    #events = new Mailbox();

    constructor(response, request) {
        this.response = response;
        this.request = request;
        response.setEncoding("utf8");
        response.on("data", (text) => this.#text(text));
        response.on("error", () => {});
        response.on("close", () => this.#events.close());
    }

    #text(text) {
        this.#rest += text;
        // The greeting is a comment line of its own, everything else ends with an empty line.
        let end;
        while ((end = /^(:\r\n|[^]*?\r\n\r\n)/.exec(this.#rest)) !== null) {
            this.#rest = this.#rest.slice(end[0].length);
            this.#events.put(end[0]);
        }
    }

    /** The exact text of the next event; undefined when the stream has ended. */
    async next({ pings = false } = {}) {
        for (;;) {
            const event = await this.#events.take();
            if (pings || event !== 'data: {"type":6}\x1e\r\n\r\n') {
                return event;
            }
        }
    }
}
