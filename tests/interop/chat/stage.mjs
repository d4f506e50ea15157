// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The stage of the chat scenarios: people who register over REST and talk over /hubs/chat with the
// unmodified client. Runs in node and in a browser.

import { show } from "../lib/expect.mjs";
import { Stage } from "../hub/stage.mjs";

const events = ["ReceiveMessage", "MessageStatusUpdated", "TypingIndicator", "ConversationUpdated",
    "ConversationDeleted", "OfflineMessages", "UserOnline", "UserOffline", "OnlineUsers", "StatusChanged"];
let people = 0;

export class ChatStage extends Stage {
    /** People who have never been here before. */
    people(...names) {
        return Promise.all(names.map((name) => Person.registers(this, name)));
    }

    /** Somebody whom a foreign identity provider vouches for; `life` of the token in seconds. */
    foreigner(name, provider, life = undefined) {
        return Person.isSentBy(this, name, provider, life);
    }
}

class Person {
    /** Everything heard that no act has asked for yet. */
    #heard = [];
    #waiting = [];
    #sent = 0;
    #refreshToken;
    #renewing;

    /** How many times freshToken() had to get another. */
    renewals = 0;

    /** Over which line everything of this person goes, REST and hub; may be changed at any time. */
    line;

    constructor(stage, name) {
        this.stage = stage;
        this.name = name;
        this.line = stage.baseUrl;
    }

    static async registers(stage, fullName) {
        const person = new Person(stage, fullName);
        const username = `${fullName.toLowerCase()}${Date.now().toString(36)}${people++}`;
        const password = "a password for the theatre 1";
        await person.asks("POST", "/api/Authentication/register", { username, password, fullName });
        const signIn = await person.asks("POST", "/api/Authentication/login", { username, password });
        person.#takes(signIn);
        person.id = signIn.user.id;
        return person;
    }

    static async isSentBy(stage, name, provider, life) {
        const person = new Person(stage, name);
        const subject = `${name} ${Date.now()} ${people++}`;
        person.renews = async () => { person.token = provider.token(subject, name, life); };
        await person.renews();
        person.id = (await person.asks("GET", "/api/Authentication/me")).id;
        return person;
    }

    #takes({ accessToken, refreshToken }) {
        this.token = accessToken;
        this.#refreshToken = refreshToken;
    }

    /** Gets the next token. */
    async renews() {
        const { answer } = await this.tries("POST", "/api/Authentication/refresh-token", { refreshToken: this.#refreshToken });
        this.#takes(answer.data);
    }

    /** A token that is good for another while, as a frontend's `accessTokenFactory` gives it: one refresh at a time. */
    async freshToken(margin) {
        const { exp } = JSON.parse(atob(this.token.split(".")[1].replaceAll("-", "+").replaceAll("_", "/")));
        if (exp * 1000 - Date.now() < margin) {
            this.#renewing ??= this.renews().then(() => { this.renewals++; }).finally(() => { this.#renewing = undefined; });
            await this.#renewing;
        }
        return this.token;
    }

    /** The same person with another device in the hand. */
    anotherDevice() {
        const { token, id, line } = this;
        return Object.assign(new Person(this.stage, this.name), { token, id, line });
    }

    /** A REST call that must succeed; the answer is its data. */
    async asks(method, path, body) {
        const { status, answer } = await this.tries(method, path, body);
        if (status >= 300) {
            throw new Error(`${this.name}: ${method} ${path} was answered with ${status} ${show(answer)}`);
        }
        return answer.data;
    }

    async tries(method, path, body) {
        const headers = { "Content-Type": "application/json" };
        if (this.token) {
            headers.Authorization = `Bearer ${this.token}`;
        }
        const response = await fetch(new URL(path, this.line), { method, headers, body: body && JSON.stringify(body) });
        const text = await response.text();
        return { status: response.status, answer: text && JSON.parse(text) };
    }

    /** Comes online: connects to the hub. */
    async comes(hub = "/hubs/chat", configure = undefined, options = {}) {
        this.connection = this.stage.build(new URL(`${hub}?userId=${this.id}`, this.line),
            { accessTokenFactory: () => this.token, ...options }, configure);
        for (const event of events) {
            this.connection.on(event, (payload) => this.#hears(event, payload));
        }
        await this.connection.start();
        return this;
    }

    goes() {
        return this.connection.stop();
    }

    does(method, ...args) {
        return this.connection.invoke(method, ...args);
    }

    /** Says something to another person; the answer is the message as the server keeps it. */
    says(content, to, more = {}) {
        const clientMessageId = `${this.id}-${this.#sent++}`;
        return this.does("SendMessage", { recipientId: to.id, content, type: "text", clientMessageId, ...more });
    }

    #hears(event, payload) {
        const waiting = this.#waiting.findIndex((one) => one.event === event && one.fits(payload));
        if (waiting >= 0) {
            this.#waiting.splice(waiting, 1)[0].resolve(payload);
        } else {
            this.#heard.push({ event, payload });
        }
    }

    /** Waits for an event that fits, also when it came already. */
    hears(event, fits = () => true) {
        const index = this.#heard.findIndex((one) => one.event === event && fits(one.payload));
        if (index >= 0) {
            return Promise.resolve(this.#heard.splice(index, 1)[0].payload);
        }
        return new Promise((resolve) => this.#waiting.push({ event, fits, resolve }));
    }

    /** What was heard of an event and not asked for yet. */
    overheard(event) {
        return this.#heard.filter((one) => one.event === event).map(({ payload }) => payload);
    }

    /** The messages of a conversation as REST tells them, oldest first. */
    async history(conversationId, take = 100) {
        return (await this.asks("GET", `/api/Chat/messages?chatId=${conversationId}&take=${take}`)).messages;
    }

    async conversationWith(other) {
        const all = await this.asks("GET", "/api/Chat/conversations");
        return all.find(({ participants }) => participants.some(({ id }) => id === other.id));
    }
}
