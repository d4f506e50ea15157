// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// An actor with a WebSocket.

import WebSocket from "ws";
import { Inbox, nothing, patiently } from "./inbox.mjs";
import { json } from "./protocols.mjs";

export class SocketActor {
    #closed;

    constructor(script, name, protocol, { handshake = true } = {}) {
        this.script = script;
        this.name = name;
        this.protocol = protocol;
        this.inbox = new Inbox(protocol, handshake, json);
    }

    /** Opens the socket; the answer is "open" or the HTTP refusal. */
    async opens(url, options = {}) {
        this.socket = new WebSocket(url, { perMessageDeflate: true, ...options });
        this.socket.on("message", (data) => this.inbox.bytes(data));
        this.socket.on("error", () => {}); // a close follows, and says what there is to say
        this.#closed = new Promise((resolve) => this.socket.on("close", (code, reason) => {
            this.inbox.close();
            resolve({ code, reason: reason.toString() });
        }));
        return new Promise((resolve) => {
            this.socket.on("upgrade", (response) => { this.upgrade = response; });
            this.socket.on("open", () => resolve("open"));
            this.socket.on("unexpected-response", async (_, response) => {
                const body = (await response.toArray()).join("");
                this.inbox.close();
                resolve({ status: response.statusCode, reason: response.statusMessage, headers: response.headers, body });
            });
        });
    }

    /** Sends messages as records, all in one frame. */
    sends(...messages) {
        for (const message of messages) {
            this.script.note(this.name, ">", this.#shown(message));
        }
        this.frame(Buffer.concat(messages.map((message) => this.protocol.record(message))));
        return this;
    }

    #shown(message) {
        if (typeof message === "string") {
            return message;
        }
        return message instanceof Uint8Array ? `bytes ${Array.from(message)}` : JSON.stringify(message);
    }

    /** Sends bytes as they are. */
    sendsBytes(bytes, what, options = { binary: this.protocol.name !== "json" }) {
        this.script.note(this.name, ">", what ?? `bytes ${Array.from(bytes)}`);
        this.frame(bytes, options);
        return this;
    }

    frame(bytes, options = { binary: this.protocol.name !== "json" }) {
        if (this.isOpen) {
            this.socket.send(bytes, options);
        } else {
            this.script.note(this.name, "cannot send that any more");
        }
    }

    get isOpen() {
        return this.socket.readyState === WebSocket.OPEN;
    }

    async shakesHands(version = 1) {
        this.frame(Buffer.from(`{"protocol":"${this.protocol.name}","version":${version}}\x1e`), { binary: false });
        const answer = await this.inbox.messages.take();
        if (answer !== "{}") {
            throw new Error(`handshake refused: ${answer}`);
        }
        return this;
    }

    /** Notes the next message, or several. */
    async receives(count = 1) {
        let message;
        for (let i = 0; i < count; i++) {
            message = this.#notes(await this.inbox.messages.take());
        }
        return message;
    }

    async receivesPing() {
        return this.#notes(await this.inbox.pings.take());
    }

    #notes(message) {
        if (message === nothing) {
            this.script.note(this.name, "waits in vain");
        } else if (message === undefined) {
            this.script.note(this.name, "is cut off");
        } else {
            this.script.note(this.name, "<", message);
        }
        return message;
    }

    /** Pings as a clock: waits for some without writing them down. */
    async hearsPings(count) {
        for (let i = 0; i < count; i++) {
            await this.inbox.pings.take();
        }
    }

    async receivesAck() {
        return this.#notes(await this.inbox.acks.take());
    }

    /** An echo whose answer comes next proves that nothing else was to come. */
    async isStillServed(id = "last") {
        this.sends(this.protocol.echo(id, "still here?"));
        await this.receives();
    }

    /** Waits for the end and notes everything that came before it. */
    async isClosed() {
        const end = await patiently(this.#closed);
        for (const message of this.inbox.messages.drain()) {
            this.script.note(this.name, "<", message);
        }
        if (this.inbox.leftover.length > 0) {
            this.script.note(this.name, "<", `half a record: ${Array.from(this.inbox.leftover)}`);
        }
        this.script.note(this.name, ...(end === nothing ? ["is not closed"] : ["is closed", `${end.code} ${end.reason}`.trim()]));
    }

    /** Ends with a WebSocket close; null: one without a code. */
    closes(code = 1000, reason = "") {
        this.script.note(this.name, "closes", code === null ? "without a code" : String(code));
        if (code === null) {
            this.socket.close();
        } else {
            this.socket.close(code, reason);
        }
    }

    /** Goes away without a word. */
    vanishes() {
        this.script.note(this.name, "vanishes");
        this.socket.terminate();
    }

    /** Goes on existing for the server, but neither reads nor answers: like a telephone in a tunnel. */
    freezes() {
        this.script.note(this.name, "freezes");
        this.socket.pause();
    }

    clear() {
        this.socket?.terminate();
        return this.inbox.messages.drain();
    }
}
