// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the unmodified JavaScript client must be able to do with a hub, one scenario per rule. They follow
// the functional tests of the client itself, and run for every pair of transport and protocol, in node
// and in a browser. `on` names the pairs a scenario is meaningful for; without it, all of them.

import { equal, failure, ok } from "../lib/expect.mjs";
import { call, closed, collect, loseServer, reconnected, reconnecting } from "./stage.mjs";

const complexObject = (stage) => ({
    // What JavaScript has no type for travels as text in JSON and as itself in MessagePack.
    ByteArray: stage.protocol === "json" ? "AQID" : new Uint8Array([1, 2, 3]),
    DateTime: stage.protocol === "json" ? "2000-01-01T00:00:00Z" : new Date(Date.UTC(2000, 0, 1)),
    Guid: "00010203-0405-0607-0706-050403020100",
    IntArray: [1, 2, 3],
    String: "hello world",
});

const hasServerTimeout = ({ transport }) => transport !== "LongPolling"; // a poll is its own keep-alive
const sendsHeaders = ({ transport, place }) => transport === "LongPolling" || place === "node";
const once = ({ transport, protocol }) => transport === "WebSockets" && protocol === "json";
const overWebSockets = ({ transport }) => transport === "WebSockets";
const overLongPolling = ({ transport }) => transport === "LongPolling";

const calls = [
    {
        name: "invokes a method and receives the result",
        async play(stage) {
            const connection = await stage.connect();
            equal(await connection.invoke("Echo", "你好，世界！"), "你好，世界！");
        },
    },
    {
        name: "finds a method whatever the case of its name",
        async play(stage) {
            const connection = await stage.connect();
            equal(await connection.invoke("eCHO", "hello"), "hello");
        },
    },
    {
        name: "gets the answers of many calls, each its own",
        async play(stage) {
            const connection = await stage.connect();
            const words = Array.from({ length: 50 }, (_, i) => `word ${i}`);
            equal(await Promise.all(words.map((word) => connection.invoke("Echo", word))), words);
        },
    },
    {
        name: "sends a call without waiting for it",
        async play(stage) {
            const connection = await stage.connect();
            const message = call(connection, "Message");
            await connection.send("InvokeWithString", "sent");
            equal(await message, ["sent"]);
        },
    },
    {
        name: "is called by the server, whatever the case of the handler's name",
        async play(stage) {
            const connection = await stage.connect();
            const messages = [call(connection, "message"), call(connection, "mESSAGE")];
            await connection.invoke("InvokeWithString", "hello");
            equal(await Promise.all(messages), [["hello"], ["hello"]]);
        },
    },
    {
        name: "passes an object in and gets it back in an event",
        async play(stage) {
            const connection = await stage.connect();
            const event = call(connection, "CustomObject");
            await connection.invoke("SendCustomObject", { Name: "test", Value: 42 });
            equal(await event, [{ Name: "test", Value: 42 }]);
        },
    },
    {
        name: "receives a complex object",
        async play(stage) {
            const connection = await stage.connect();
            equal(await connection.invoke("SendComplexObject"), complexObject(stage));
        },
    },
    {
        name: "has a complex object echoed",
        async play(stage) {
            const connection = await stage.connect();
            equal(await connection.invoke("EchoComplexObject", complexObject(stage)), complexObject(stage));
        },
    },
    {
        name: "gets the exception of a method as an error",
        async play(stage) {
            const connection = await stage.connect();
            equal(await failure(connection.invoke("ThrowException", "An error occurred.")),
                "An unexpected error occurred invoking 'ThrowException' on the server. " +
                "InvalidOperationException: An error occurred.");
            equal(await connection.invoke("Echo", "still here"), "still here");
        },
    },
    {
        name: "is told that a method does not exist",
        async play(stage) {
            const connection = await stage.connect();
            equal(await failure(connection.invoke("Nonsense")),
                "Failed to invoke 'Nonsense' due to an error on the server. HubException: Method does not exist.");
        },
    },
    {
        name: "may not invoke a streaming method",
        async play(stage) {
            const connection = await stage.connect();
            equal(await failure(connection.invoke("Stream")),
                "The client attempted to invoke the streaming 'Stream' method with a non-streaming invocation.");
        },
    },
    {
        name: "may not stream a plain method",
        async play(stage) {
            const connection = await stage.connect();
            equal(await failure(collect(connection.stream("Echo", "hello"))),
                "The client attempted to invoke the non-streaming 'Echo' method with a streaming invocation.");
        },
    },
];

const streams = [
    {
        name: "receives a stream",
        async play(stage) {
            const connection = await stage.connect();
            equal(await collect(connection.stream("Stream")), ["a", "b", "c"]);
        },
    },
    {
        name: "receives an empty stream",
        async play(stage) {
            const connection = await stage.connect();
            equal(await collect(connection.stream("EmptyStream")), []);
        },
    },
    {
        name: "cancels a stream",
        async play(stage) {
            const connection = await stage.connect();
            const canceled = call(connection, "StreamCanceled");
            connection.stream("InfiniteStream").subscribe({ next() {}, complete() {}, error() {} }).dispose();
            equal(await canceled, []);
        },
    },
    {
        name: "gets the exception of a streaming method as an error",
        async play(stage) {
            const connection = await stage.connect();
            equal(await failure(collect(connection.stream("StreamThrowException", "An error occurred."))),
                "An unexpected error occurred invoking 'StreamThrowException' on the server. " +
                "InvalidOperationException: An error occurred.");
        },
    },
    {
        name: "uploads a stream",
        async play(stage) {
            const connection = await stage.connect();
            const subject = new stage.signalR.Subject();
            const answer = connection.invoke("StreamingConcat", subject);
            for (const item of ["Hello", " ", "world", "!"]) {
                subject.next(item);
            }
            subject.complete();
            equal(await answer, "Hello world!");
        },
    },
    {
        name: "uploads more items than the server buffers",
        async play(stage) {
            const connection = await stage.connect();
            const subject = new stage.signalR.Subject();
            const answer = connection.invoke("StreamingConcat", subject);
            const items = Array.from({ length: 200 }, (_, i) => `${i},`);
            items.forEach((item) => subject.next(item));
            subject.complete();
            equal(await answer, items.join(""));
        },
    },
    {
        name: "uploads a stream that fails",
        async play(stage) {
            const connection = await stage.connect();
            const subject = new stage.signalR.Subject();
            const answer = failure(connection.invoke("StreamingConcat", subject));
            subject.error(new Error("Oh no!"));
            equal(await answer, "An unexpected error occurred invoking 'StreamingConcat' on the server. " +
                "HubException: Oh no!");
        },
    },
];

const clientResults = [
    {
        name: "answers the server with a value",
        async play(stage) {
            const connection = await stage.connect();
            connection.on("Result", () => 10);
            equal(await stage.get(`/clientresult/${connection.connectionId}`), "10");
        },
    },
    {
        name: "answers the server with a value it had to wait for",
        async play(stage) {
            const connection = await stage.connect();
            connection.on("Result", () => connection.invoke("Echo", "13").then(Number));
            equal(await stage.get(`/clientresult/${connection.connectionId}`), "13");
        },
    },
    {
        name: "answers the server with an exception",
        async play(stage) {
            const connection = await stage.connect();
            connection.on("Result", () => { throw new Error("from callback"); });
            equal(await stage.get(`/clientresult/${connection.connectionId}`), "Error: from callback");
        },
    },
    {
        name: "has no answer for the server",
        async play(stage) {
            const connection = await stage.connect();
            connection.on("Result", () => {});
            equal(await stage.get(`/clientresult/${connection.connectionId}`), "Client didn't provide a result.");
        },
    },
];

const lives = [
    {
        name: "starts again after a stop, with the handlers it had",
        async play(stage) {
            const connection = await stage.connect();
            const heard = [];
            connection.on("Message", (text) => heard.push(text));
            await connection.invoke("InvokeWithString", "before");
            await connection.stop();
            await connection.start();
            await connection.invoke("InvokeWithString", "after");
            equal(heard, ["before", "after"]);
        },
    },
    {
        name: "knows its connection by the name the server has for it",
        async play(stage) {
            const connection = await stage.connect();
            equal(await connection.invoke("GetCallerConnectionId"), connection.connectionId);
        },
    },
    {
        name: "has no connection id when it skips the negotiation",
        on: overWebSockets,
        async play(stage) {
            const connection = await stage.connect("/testhub", { skipNegotiation: true });
            equal(connection.connectionId, null);
            ok((await connection.invoke("GetCallerConnectionId")).length > 0, "the server has an id");
        },
    },
    {
        name: "uses the transport that was asked for",
        async play(stage) {
            const connection = await stage.connect();
            equal(await connection.invoke("GetActiveTransportName"), stage.transport);
        },
    },
    {
        name: "falls back when there are no WebSockets",
        on: overWebSockets,
        async play(stage) {
            const connection = await stage.connect("/testhub-nowebsockets", { transport: undefined });
            // Server-sent events are text: MessagePack has to go on to the next one.
            equal(await connection.invoke("GetActiveTransportName"),
                stage.protocol === "json" ? "ServerSentEvents" : "LongPolling");
        },
    },
    {
        name: "ends its last poll and deletes the connection on stop",
        on: overLongPolling,
        async play(stage) {
            const httpClient = stage.recordingHttpClient();
            const connection = await stage.connect("/testhub", { httpClient });
            await connection.invoke("Echo", "hello");
            await connection.stop();
            const farewells = httpClient.log.filter(({ method }) => method === "DELETE");
            equal(farewells.map(({ status }) => status), [202]);
        },
    },
    {
        name: "closes with an error when the server is silent for too long",
        on: hasServerTimeout,
        async play(stage) {
            const connection = await stage.connect();
            const end = closed(connection);
            await loseServer(connection);
            equal((await end).message, "Server timeout elapsed without receiving a message from the server.");
        },
    },
    {
        name: "cannot start on a hub that fails to greet",
        on: once,
        async play(stage) {
            const connection = stage.build("/uncreatable");
            const end = closed(connection);
            // The handshake is answered before the hub is asked, so start() may still have succeeded.
            const error = await connection.start().then(() => end, (refused) => refused);
            ok(error.message.startsWith("Server returned an error on close: Connection closed with an error."),
                `not the expected error: ${error.message}`);
        },
    },
    {
        name: "shows what a server says that refuses to negotiate",
        on: once,
        async play(stage) {
            equal(await failure(stage.connect("/bad-negotiate")), "Failed to complete negotiation with the server: " +
                "Error: Some response from server: Status code '400'");
        },
    },
];

const reconnects = [
    {
        name: "reconnects after the server was silent for too long",
        on: hasServerTimeout,
        async play(stage) {
            const connection = await stage.connect("/testhub", {}, (b) => b.withAutomaticReconnect([0, 100, 1000]));
            const before = connection.connectionId;
            const [lost, back] = [reconnecting(connection), reconnected(connection)];
            await loseServer(connection);
            equal((await lost).message, "Server timeout elapsed without receiving a message from the server.");
            const after = await back;
            ok(after !== before, "a reconnect is a new connection");
            equal(await connection.invoke("GetCallerConnectionId"), after);
        },
    },
    {
        name: "is redirected again when it reconnects",
        on: hasServerTimeout,
        async play(stage) {
            const connection = await stage.connect(`/redirect?numRedirects=0&baseUrl=${stage.baseUrl}`, {},
                (builder) => builder.withAutomaticReconnect([0, 100, 1000]));
            const before = await connection.invoke("GetNumRedirects");
            const back = reconnected(connection);
            await loseServer(connection);
            await back;
            ok(await connection.invoke("GetNumRedirects") > before, "the negotiation went by /redirect again");
        },
    },
    {
        name: "reconnects without a negotiation",
        on: overWebSockets,
        async play(stage) {
            const connection = await stage.connect("/testhub", { skipNegotiation: true },
                (builder) => builder.withAutomaticReconnect([0, 100, 1000]));
            const back = reconnected(connection);
            await loseServer(connection);
            equal(await back, undefined);
            equal(await connection.invoke("Echo", "again"), "again");
        },
    },
    {
        name: "reconnects to another address given while reconnecting",
        on: hasServerTimeout,
        async play(stage) {
            const connection = await stage.connect("/testhub", {}, (b) => b.withAutomaticReconnect([0, 100, 1000]));
            connection.onreconnecting(() => { connection.baseUrl = stage.url("/testhub?numRedirects=7"); });
            const back = reconnected(connection);
            await loseServer(connection);
            await back;
            equal(await connection.invoke("GetNumRedirects"), 7);
        },
    },
];

const headers = [
    {
        name: "says what client it is",
        on: sendsHeaders,
        async play(stage) {
            const connection = await stage.connect();
            const header = stage.place === "node" ? "User-Agent" : "X-SignalR-User-Agent";
            const name = await connection.invoke("GetHeader", header);
            ok(name.startsWith("Microsoft SignalR/"), `not the client's name: ${name}`);
        },
    },
    {
        name: "sends the headers it was given",
        on: sendsHeaders,
        async play(stage) {
            const agent = stage.place === "node" ? "User-Agent" : "X-SignalR-User-Agent";
            const connection = await stage.connect("/testhub", { headers: { "X-HEADER": "VALUE", [agent]: "me" } });
            equal(await connection.invoke("GetHeader", "X-HEADER"), "VALUE");
            equal(await connection.invoke("GetHeader", agent), "me");
            equal(await connection.invoke("GetHeader", "X-Absent"), null);
        },
    },
    {
        name: "brings back the cookies of the negotiation, except the expired one",
        async play(stage) {
            const connection = await stage.connect();
            equal(await connection.invoke("GetCookie", "testCookie"), "testValue");
            equal(await connection.invoke("GetCookie", "testCookie2"), "testValue2");
            equal(await connection.invoke("GetCookie", "expiredCookie"), null);
        },
    },
];

const authorization = [
    {
        name: "is let in with a token",
        async play(stage) {
            const token = await stage.get("/generateJwtToken");
            const connection = await stage.connect("/authorizedhub", { accessTokenFactory: () => token });
            equal(await connection.invoke("Echo", "hello"), "hello");
        },
    },
    {
        name: "is let in with a token it had to wait for",
        async play(stage) {
            const connection = await stage.connect("/authorizedhub",
                { accessTokenFactory: () => stage.get("/generateJwtToken") });
            equal(await connection.invoke("Echo", "hello"), "hello");
        },
    },
    {
        name: "is not let in without a token",
        async play(stage) {
            equal(await failure(stage.connect("/authorizedhub")),
                "Failed to complete negotiation with the server: Error: Unauthorized: Status code '401'");
        },
    },
    {
        name: "is not let in without a token when it skips the negotiation",
        on: overWebSockets,
        async play(stage) {
            const refusal = await failure(stage.connect("/authorizedhub", { skipNegotiation: true }));
            ok(refusal.startsWith("WebSocket failed to connect."), `not the expected error: ${refusal}`);
        },
    },
];

/** The raw endpoint: the client's connection without a hub on it. Only node lets us at that class. */
const rawConnections = [
    {
        name: "has text echoed by a connection without a hub",
        on: ({ place, protocol }) => place === "node" && protocol === "json",
        async play(stage) {
            equal(await echo(stage, "/echo", "Hello world! 你好"), "Hello world! 你好");
        },
    },
    {
        name: "has bytes echoed by a connection without a hub",
        // Not over WebSockets: until a hub protocol says otherwise, the server's frames are text.
        on: ({ place, transport, protocol }) =>
            place === "node" && transport === "LongPolling" && protocol === "messagepack",
        async play(stage) {
            const bytes = new Uint8Array([0, 1, 127, 128, 255, 0x1e]).buffer;
            equal(new Uint8Array(await echo(stage, "/echo", bytes)), new Uint8Array(bytes));
        },
    },
    {
        name: "follows a redirect of HTTP",
        on: ({ place, transport, protocol }) => place === "node" && transport === "LongPolling" && protocol === "json",
        async play(stage) {
            equal(await echo(stage, "/echoredirect", "Hello world!"), "Hello world!");
        },
    },
];

async function echo(stage, path, payload) {
    const { HttpTransportType, TransferFormat } = stage.signalR;
    const connection = new stage.HttpConnection(stage.url(path), {
        transport: HttpTransportType[stage.transport],
        logger: new stage.signalR.NullLogger(),
    });
    const received = new Promise((resolve) => { connection.onreceive = resolve; });
    const ended = new Promise((resolve) => { connection.onclose = resolve; });
    await connection.start(TransferFormat[typeof payload === "string" ? "Text" : "Binary"]);
    await connection.send(payload);
    const answer = await received;
    await connection.stop();
    equal(await ended, undefined, "end of the connection");
    return answer;
}

export const scenarios = [
    ...calls, ...streams, ...clientResults, ...lives, ...reconnects, ...headers, ...authorization, ...rawConnections,
];
