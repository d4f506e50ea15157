// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The stage a wire scenario plays on. Its actors speak HTTP and WebSockets themselves, so that they can
// say what no client would say, and see what no client would show.

import { connect } from "node:net";
import { startTesthub } from "../lib/programs.mjs";
import { describe, EventStream, read, send, show } from "./http.mjs";
import { nothing, patiently } from "./inbox.mjs";
import { protocols } from "./protocols.mjs";
import { Script } from "./script.mjs";
import { SocketActor } from "./socket.mjs";

export class Stage {
    script = new Script();
    #actors = [];
    #servers = [];

    /** @param {{url: string, port: number}} server  @param {string} which the program, see startTesthub */
    constructor(server, which) {
        this.server = server;
        this.which = which;
    }

    /** A request and its answer, both written down. */
    async asks(method, path, options = {}) {
        this.script.note("client", method, path);
        const answer = await this.request(method, path, options);
        this.script.note("server", "answers", this.#masked(describe(answer, answer.body)));
        return answer;
    }

    /** The same without a word about it. */
    async request(method, path, options = {}) {
        const response = await send(this.server, method, path, options).answer;
        response.body = await read(response);
        return response;
    }

    #masked(text) {
        return text.replaceAll(this.server.url, "(server)");
    }

    async negotiate(hub = "/testhub", query = "") {
        const answer = await this.request("POST", `${hub}/negotiate?negotiateVersion=1${query}`);
        return JSON.parse(answer.body.toString());
    }

    /** An actor with a WebSocket, after the handshake unless that is what the scenario is about. */
    async socket(name, { hub = "/testhub", protocol = "json", stateful = false, handshake = true, id, token } = {}) {
        id ??= (await this.negotiate(hub, stateful ? "&useStatefulReconnect=true" : "")).connectionToken;
        const actor = this.#enters(new SocketActor(this.script, name, protocols[protocol]));
        const access = token ? `&access_token=${token}` : "";
        const answer = await actor.opens(`ws://127.0.0.1:${this.server.port}${hub}?id=${id}${access}`);
        if (answer !== "open") {
            throw new Error(`${name} got no socket: ${answer.status} ${answer.body}`);
        }
        actor.id = id;
        return handshake ? actor.shakesHands(stateful ? 2 : 1) : actor;
    }

    /** Tries a WebSocket and writes down what became of it. */
    async opensSocket(name, path, { handshake = true, protocol = "json", ...options } = {}) {
        const actor = this.#enters(new SocketActor(this.script, name, protocols[protocol], { handshake }));
        this.script.note(name, "opens", path);
        const answer = await actor.opens(`ws://127.0.0.1:${this.server.port}${path}`, options);
        if (answer === "open") {
            this.script.note("server", "accepts");
        } else {
            this.script.note("server", "answers", `${answer.status} ${answer.reason} | ${answer.body || "(empty)"}`);
        }
        return actor;
    }

    /** Resumes a lost connection: same id, no handshake. */
    async resumes(lost) {
        const actor = this.#enters(new SocketActor(this.script, lost.name, lost.protocol, { handshake: false }));
        const answer = await actor.opens(`ws://127.0.0.1:${this.server.port}/testhub?id=${lost.id}`);
        this.script.note(lost.name, "resumes", answer === "open" ? "" : `and gets ${answer.status} ${answer.body}`);
        actor.id = lost.id;
        return actor;
    }

    /** An actor with an event stream. */
    async events(name, { hub = "/testhub", handshake = true, id } = {}) {
        const actor = this.#enters(new EventActor(this, name, hub, protocols.json));
        return actor.enters(id, handshake);
    }

    /** An actor that polls. */
    async poller(name, { hub = "/testhub", protocol = "json", handshake = true, id } = {}) {
        const actor = this.#enters(new PollActor(this, name, hub, protocols[protocol]));
        return actor.enters(id, handshake);
    }

    /** A server for one scenario alone, which may do to it what it likes. */
    async ownServer() {
        this.server = await startTesthub({ which: this.which });
        this.#servers.push(this.server);
        return this.server;
    }

    #enters(actor) {
        this.#actors.push(actor);
        return actor;
    }

    /** Ends the scenario. What an actor received and the scenario did not expect goes into the script. */
    async clear() {
        for (const actor of this.#actors) {
            for (const message of actor.clear()) {
                this.script.note(actor.name, "<", `${message} (unexpected)`);
            }
        }
        await Promise.all(this.#servers.map((server) => server.stop()));
        return this.script.lines;
    }
}

/** What event streams and long polling share: the way to the server is a POST. */
class HttpActor {
    constructor(stage, name, hub, protocol) {
        Object.assign(this, { stage, name, hub, protocol, script: stage.script });
    }

    get path() {
        return `${this.hub}?id=${this.id}`;
    }

    /** POSTs messages as records in one body, without noting the usual answer. */
    async sends(...messages) {
        for (const message of messages) {
            this.script.note(this.name, ">", typeof message === "string" ? message : JSON.stringify(message));
        }
        const answer = await this.posts(Buffer.concat(messages.map((message) => this.protocol.record(message))));
        if (answer.statusCode !== 200) {
            this.script.note("server", "answers", describe(answer, answer.body));
        }
    }

    posts(body, options = {}) {
        return this.stage.request("POST", this.path, { body, ...options });
    }

    handshake() {
        return this.posts(`{"protocol":"${this.protocol.name}","version":1}\x1e`);
    }
}

class EventActor extends HttpActor {
    async enters(id, handshake) {
        this.id = id ?? (await this.stage.negotiate(this.hub)).connectionToken;
        const { answer, request } = send(this.stage.server, "GET", this.path, { headers: { Accept: "text/event-stream" } });
        this.response = await answer;
        this.request = request;
        this.stream = new EventStream(this.response, request);
        if (handshake) {
            await this.stream.next();
            await this.handshake();
            await this.stream.next();
        }
        return this;
    }

    /** Notes the exact text of the next event. */
    async receives({ pings = false } = {}) {
        const event = await this.stream.next({ pings });
        if (event === nothing) {
            this.script.note(this.name, "waits in vain");
        } else if (event === undefined) {
            this.script.note(this.name, "is at the end of the stream");
        } else {
            this.script.note(this.name, "<", show(Buffer.from(event)));
        }
        return event;
    }

    vanishes() {
        this.script.note(this.name, "vanishes");
        this.request.destroy();
    }

    clear() {
        this.request.destroy();
        return [];
    }
}

class PollActor extends HttpActor {
    #open = new Set();

    async enters(id, handshake) {
        this.id = id ?? (await this.stage.negotiate(this.hub)).connectionToken;
        if (handshake) {
            await read(await this.poll().answer); // the first is answered at once
            await this.handshake();
            await read(await this.poll().answer);
        }
        return this;
    }

    /** Starts a poll. */
    poll() {
        const poll = send(this.stage.server, "GET", `${this.path}&_=${Date.now()}`);
        this.#open.add(poll.request);
        return poll;
    }

    /** A poll of which it is certain that it waits at the server: it has taken the place of another. */
    async waitingPoll() {
        const polls = [this.poll(), this.poll()];
        const over = await Promise.race(polls.map(({ answer }, i) => answer.then(() => i)));
        await read(await polls[over].answer);
        return polls[1 - over];
    }

    /** A poll on a socket of our own, which may end in ways of its own. */
    async rawPoll() {
        const poll = new RawPoll(this);
        await poll.begins();
        this.#open.add(poll);
        return poll;
    }

    /** Polls and notes the answer. */
    async polls() {
        return this.hears(this.poll());
    }

    /** Notes the answer to a poll that was started before. */
    async hears({ answer }) {
        const response = await patiently(answer);
        if (response === nothing) {
            this.script.note(this.name, "polls in vain");
            return { status: 0, body: Buffer.alloc(0) };
        }
        const body = await read(response);
        this.script.note(this.name, "polls:", describe(response, body));
        return { status: response.statusCode, body };
    }

    clear() {
        this.#open.forEach((request) => request.destroy());
        return [];
    }
}

class RawPoll {
    constructor(actor) {
        this.actor = actor;
    }

    async begins() {
        const { stage, path, script, name } = this.actor;
        this.socket = connect({ host: "127.0.0.1", port: stage.server.port, allowHalfOpen: true });
        this.over = new Promise((resolve) => this.socket.once("end", resolve).once("close", resolve));
        this.socket.on("error", () => {});
        // Whatever is said here, it is not the answer that the next poll is to bring.
        this.socket.on("data", (bytes) => script.note(name, "reads", bytes.toString()));
        await new Promise((resolve) => this.socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`, resolve));
        // It waits at the server once that has answered somebody who came later.
        await stage.request("GET", "/deployment");
        await stage.request("GET", "/deployment");
    }

    /** Says that nothing more will come, and goes on listening. */
    endsItsSide() {
        this.actor.script.note(this.actor.name, "ends the sending side of the poll");
        return new Promise((resolve) => this.socket.end(resolve));
    }

    leaves() {
        this.actor.script.note(this.actor.name, "closes the socket of the poll");
        this.socket.destroy();
    }

    async isOver() {
        await patiently(this.over);
    }

    destroy() {
        this.socket.destroy();
    }
}
