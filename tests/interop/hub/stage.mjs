// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The stage a hub scenario plays on: builds connections for one transport and one protocol, and clears
// them away afterwards. Runs in node and in a browser; what differs between them comes in from outside.

export const pairs = [
    { transport: "WebSockets", protocol: "json" },
    { transport: "WebSockets", protocol: "messagepack" },
    { transport: "ServerSentEvents", protocol: "json" }, // text only: no MessagePack
    { transport: "LongPolling", protocol: "json" },
    { transport: "LongPolling", protocol: "messagepack" },
];

export class Stage {
    #connections = [];

    /** @param {{signalR, MessagePackHubProtocol, HttpConnection?, baseUrl: string, place: "node"|"browser"}} world */
    constructor(world, pair) {
        Object.assign(this, world, pair);
    }

    url(path) {
        return new URL(path, this.baseUrl).href;
    }

    async get(path) {
        return (await fetch(this.url(path))).text();
    }

    /** A connection that is not started; `path` may be a whole address. `transport: undefined` leaves the choice to the client. */
    build(path, options = {}, configure = () => {}) {
        const builder = new this.signalR.HubConnectionBuilder()
            .withUrl(this.url(path), { transport: this.signalR.HttpTransportType[this.transport], ...options })
            .configureLogging(this.signalR.LogLevel.None);
        if (this.protocol === "messagepack") {
            builder.withHubProtocol(new this.MessagePackHubProtocol());
        }
        configure(builder);
        const connection = builder.build();
        this.#connections.push(connection);
        return connection;
    }

    async connect(path = "/testhub", options = {}, configure = undefined) {
        const connection = this.build(path, options, configure);
        await connection.start();
        return connection;
    }

    async clear() {
        await Promise.allSettled(this.#connections.map((connection) => connection.stop()));
    }

    /** An HTTP client that notes every request it makes, and otherwise is the usual one. */
    recordingHttpClient() {
        const usual = new this.signalR.DefaultHttpClient(new this.signalR.NullLogger());
        const log = [];
        class RecordingHttpClient extends this.signalR.HttpClient {
            async send(request) {
                const entry = { method: request.method, url: request.url };
                log.push(entry);
                const response = await usual.send(request);
                entry.status = response.statusCode;
                return response;
            }

            getCookieString(url) {
                return usual.getCookieString(url);
            }
        }
        return Object.assign(new RecordingHttpClient(), { log });
    }
}

/** The next call of a client method by the server. */
export function call(connection, method) {
    return new Promise((resolve) => {
        const handler = (...args) => {
            connection.off(method, handler);
            resolve(args);
        };
        connection.on(method, handler);
    });
}

/** Everything a stream brings until it completes. */
export function collect(stream) {
    return new Promise((resolve, reject) => {
        const items = [];
        stream.subscribe({ next: (item) => items.push(item), complete: () => resolve(items), error: reject });
    });
}

export function closed(connection) {
    return new Promise((resolve) => connection.onclose(resolve));
}

export function reconnecting(connection) {
    return new Promise((resolve) => connection.onreconnecting(resolve));
}

export function reconnected(connection) {
    return new Promise((resolve) => connection.onreconnected((id) => resolve(id)));
}

/**
 * Makes the client believe that the server went silent. The client measures from the last message it
 * received, so one is asked for after the limit was lowered.
 */
export async function loseServer(connection) {
    connection.onreconnecting(() => { connection.serverTimeoutInMilliseconds = 30_000; });
    connection.serverTimeoutInMilliseconds = 100;
    await connection.invoke("Echo", "the last words").catch(() => {});
}
