// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// A relay in front of a server that breaks connections on demand: after an exact number of bytes in one
// direction (so also in the middle of a record), or at once.

import net from "node:net";

export class Relay {
    /** While this is set, new connections are reset at once. */
    refuses = false;
    drops = 0;

    #port;
    #links = new Set();
    #server = net.createServer((client) => this.#link(client));

    constructor(port) {
        this.#port = port;
    }

    static async to(server) {
        const relay = new Relay(server.port);
        await new Promise((resolve) => relay.#server.listen(0, "127.0.0.1", resolve));
        relay.port = relay.#server.address().port;
        relay.url = `http://127.0.0.1:${relay.port}`;
        return relay;
    }

    /**
     * Lets everything that is open now break after so many more bytes from "client" or "server": what comes
     * up to that byte is passed on, nothing after it. The other direction breaks with it.
     */
    breakAfter({ from, after, by }) {
        for (const link of this.#links) {
            link.plan = { from, by, at: link.passed[from] + after };
        }
    }

    /** Breaks everything that is open now. */
    dropAll(by = "reset") {
        for (const link of [...this.#links]) {
            this.#break(link, by);
        }
    }

    close() {
        this.dropAll("reset");
        this.#server.close();
    }

    #link(client) {
        if (this.refuses) {
            client.on("error", () => {});
            client.resetAndDestroy();
            return;
        }
        const server = net.connect(this.#port, "127.0.0.1");
        const link = { client, server, stalled: false, passed: { client: 0, server: 0 } };
        this.#links.add(link);
        for (const [from, to, name] of [[client, server, "client"], [server, client, "server"]]) {
            from.setNoDelay(true);
            from.on("error", () => {});
            from.on("data", (bytes) => this.#pass(link, name, to, bytes));
            from.on("end", () => { if (!link.stalled) { to.end(); } });
            from.on("close", () => {
                this.#links.delete(link);
                if (!link.stalled) {
                    to.destroy();
                }
            });
        }
    }

    #pass(link, from, to, bytes) {
        if (link.stalled) {
            return;
        }
        const room = link.plan?.from === from ? link.plan.at - link.passed[from] : Infinity;
        link.passed[from] += bytes.length;
        if (bytes.length < room) {
            to.write(bytes);
            return;
        }
        to.write(bytes.subarray(0, room), () => this.#break(link, link.plan.by));
        link.stalled = true;
    }

    #break(link, by) {
        this.#links.delete(link);
        link.stalled = true;
        for (const socket of [link.client, link.server]) {
            // libuv resets nothing that was shut down, and node then forgets to close it: the process would never end.
            if (by === "end" || socket.writableEnded) {
                socket.destroy();
            } else {
                socket.resetAndDestroy();
            }
        }
        this.drops++;
    }
}

/** Numbers that look random and are the same for the same seed (mulberry32). */
export function dice(seed) {
    return (from, to) => {
        seed = (seed + 0x6d2b79f5) | 0;
        let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
        t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
        return from + Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * (to - from));
    };
}
