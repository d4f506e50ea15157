// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What came in and was not looked at yet. Pings and acks come by the clock and would make every script a
// matter of luck: they wait in places of their own, for the scenarios that are about them.

/** What is taken when nothing comes for so long that nothing will: a result like any other in a script. */
export const nothing = Symbol("nothing");
const patience = 15_000;

/** The value of the promise, or nothing. */
export function patiently(promise) {
    let timer;
    const end = new Promise((resolve) => { timer = setTimeout(resolve, patience, nothing); });
    return Promise.race([promise, end]).finally(() => clearTimeout(timer));
}

export class Mailbox {
    #items = [];
    #waiting = [];
    #end;

    put(item) {
        const next = this.#waiting.shift();
        if (next) {
            next.resolve(item);
        } else {
            this.#items.push(item);
        }
    }

    /** The next item; undefined once the sender is gone. */
    take() {
        if (this.#items.length > 0) {
            return Promise.resolve(this.#items.shift());
        }
        return this.#end ? Promise.resolve(undefined)
            : patiently(new Promise((resolve) => this.#waiting.push({ resolve })));
    }

    /** What is there now, without waiting. */
    drain() {
        return this.#items.splice(0);
    }

    close() {
        this.#end = true;
        this.#waiting.splice(0).forEach(({ resolve }) => resolve(undefined));
    }
}

/** Cuts the incoming bytes into records and sorts them. */
export class Inbox {
    #rest = Buffer.alloc(0);
    #greeted = false;
    messages = new Mailbox();
    pings = new Mailbox();
    acks = new Mailbox();

    constructor(protocol, handshake, json) {
        this.protocol = protocol;
        this.json = json;
        this.#greeted = !handshake;
    }

    bytes(chunk) {
        this.#rest = Buffer.concat([this.#rest, chunk]);
        if (!this.#greeted) {
            // The answer to the handshake is JSON whatever the protocol.
            const end = this.#rest.indexOf(0x1e);
            if (end < 0) {
                return;
            }
            this.messages.put(this.#rest.subarray(0, end).toString());
            this.#rest = this.#rest.subarray(end + 1);
            this.#greeted = true;
        }
        const { records, rest } = this.protocol.split(this.#rest);
        this.#rest = rest;
        for (const record of records) {
            const type = this.protocol.type(record);
            const box = type === 6 ? this.pings : type === 8 ? this.acks : this.messages;
            box.put(this.protocol.show(record));
        }
    }

    /** Bytes that are no complete record. A server never leaves such. */
    get leftover() {
        return this.#rest;
    }

    close() {
        this.messages.close();
        this.pings.close();
        this.acks.close();
    }
}
