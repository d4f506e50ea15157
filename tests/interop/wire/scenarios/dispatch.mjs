// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Calls of hub methods and their answers, streams in both directions, and calls of the server.

const invocation = (target, args, more = {}) => ({ type: 1, invocationId: "1", target, arguments: args, ...more });
const streaming = (target, args, more = {}) => ({ type: 4, invocationId: "1", target, arguments: args, ...more });
const item = (stream, value) => ({ type: 2, invocationId: stream, item: value });
const end = (stream, more = {}) => ({ type: 3, invocationId: stream, ...more });

/** One message, so many answers, and the connection lives on. */
const answered = (name, message, answers = 1) => ({
    name,
    async play(stage) {
        const alice = await stage.socket("alice");
        alice.sends(message);
        await alice.receives(answers);
        await alice.isStillServed();
    },
});

const calls = [
    answered("a method is found whatever the case of its name", invocation("eCHO", ["hi"])),
    answered("a method that does not exist", invocation("Nonsense", [])),
    answered("a method of the hub's own life is not to be called", invocation("OnConnectedAsync", [])),
    answered("too many arguments", invocation("Echo", ["a", "b"])),
    answered("too few arguments", invocation("Echo", [])),
    answered("a number where a text is expected", invocation("Echo", [1])),
    answered("an object where a text is expected", invocation("Echo", [{}])),
    answered("a text where an object is expected", invocation("SendCustomObject", ["text"])),
    answered("an object with things nobody knows", invocation("SendCustomObject", [{ Name: "n", Value: 1, Other: [1] }]), 2),
    answered("an object with a wrong value", invocation("SendCustomObject", [{ Name: "n", Value: "x" }])),
    answered("an object with a null for a number", invocation("SendCustomObject", [{ Name: "n", Value: null }])),
    answered("a list with a null for a number", invocation("EchoComplexObject", [{ IntArray: [1, null] }])),
    answered("an object with a null for a time", invocation("EchoComplexObject", [{ DateTime: null }])),
    answered("an object with a null for a name", invocation("EchoComplexObject", [{ Guid: null }])),
    answered("a null for a whole object", invocation("EchoComplexObject", [null])),
    answered("a null for a number", invocation("Double", [null])),
    answered("a number for a number", invocation("Double", [21])),
    answered("a method that fails", invocation("ThrowException", ["oh"])),
    answered("a plain call of a streaming method", invocation("Stream", [])),
    answered("a streaming call of a plain method", streaming("Echo", ["hi"])),
    answered("a streaming call of a method that does not exist", streaming("Nonsense", [])),
    answered("a streaming call with a wrong number of arguments", streaming("Stream", ["x"])),
    {
        name: "an item for a stream that nobody opened",
        async play(stage) {
            const alice = await stage.socket("alice");
            alice.sends(item("nobody's", "x"), end("nobody's"), invocation("StreamingConcat", [], { streamIds: ["s"] }), item("s", "a"), end("s"));
            await alice.receives();
        },
    },
    {
        name: "an id may be used twice, and both calls are answered",
        async play(stage) {
            const alice = await stage.socket("alice");
            alice.sends(invocation("Echo", ["one"]), invocation("Echo", ["two"]));
            await alice.receives(2);
        },
    },
    {
        name: "calls are answered in the order in which they came",
        async play(stage) {
            const alice = await stage.socket("alice");
            alice.sends(...["ThrowException", "Echo", "Nonsense", "InvokeWithString", "Echo"].map((target, i) =>
                ({ type: 1, invocationId: String(i), target, arguments: [`call ${i}`] })));
            await alice.receives(6);
        },
    },
];

const streams = [
    answered("a stream has items and an end", streaming("Stream", []), 4),
    answered("a stream without items has an end", streaming("EmptyStream", [])),
    answered("a stream that fails before it starts", streaming("StreamThrowException", ["oh"])),
    {
        name: "a stream that is cancelled has an end without an error",
        async play(stage) {
            const alice = await stage.socket("alice");
            alice.sends(streaming("InfiniteStream", []));
            await alice.isStillServed("a stream holds nobody up");
            alice.sends({ type: 5, invocationId: "1" });
            await alice.receives(2);
        },
    },
    {
        name: "the id of a stream is free again after its end",
        async play(stage) {
            const alice = await stage.socket("alice");
            alice.sends(streaming("InfiniteStream", []));
            alice.sends({ type: 5, invocationId: "1" });
            await alice.receives(2);
            alice.sends(streaming("Stream", []));
            await alice.receives(4);
        },
    },
    {
        name: "the id of a running stream is taken",
        async play(stage) {
            const alice = await stage.socket("alice");
            alice.sends(streaming("InfiniteStream", []));
            alice.sends(streaming("Stream", []));
            await alice.receives();
            await alice.isStillServed();
        },
    },
    {
        name: "the id of a running stream does for a plain call",
        async play(stage) {
            const alice = await stage.socket("alice");
            alice.sends(streaming("InfiniteStream", []), invocation("Echo", ["hi"]));
            await alice.receives();
        },
    },
    {
        name: "a cancelled call that is over stays over",
        async play(stage) {
            const alice = await stage.socket("alice");
            alice.sends(streaming("Stream", []));
            await alice.receives(4);
            alice.sends({ type: 5, invocationId: "1" });
            await alice.isStillServed();
        },
    },
];

const uploads = [
    {
        name: "an upload is taken item by item",
        async play(stage) {
            const alice = await stage.socket("alice");
            alice.sends(invocation("StreamingConcat", [], { streamIds: ["s"] }));
            alice.sends(item("s", "a"), item("s", "b"));
            await alice.isStillServed("an upload holds nobody up");
            alice.sends(item("s", "c"), end("s"));
            await alice.receives();
        },
    },
    {
        name: "an upload may be longer than what the server buffers",
        async play(stage) {
            const alice = await stage.socket("alice");
            stage.script.note("alice", ">", "StreamingConcat with 100 items");
            const items = Array.from({ length: 100 }, (_, i) => item("s", String(i % 10)));
            const messages = [invocation("StreamingConcat", [], { streamIds: ["s"] }), ...items, end("s")];
            alice.frame(Buffer.concat(messages.map((message) => alice.protocol.record(message))));
            await alice.receives();
        },
    },
    {
        name: "an upload that fails, fails the method",
        async play(stage) {
            const alice = await stage.socket("alice");
            alice.sends(invocation("StreamingConcat", [], { streamIds: ["s"] }), item("s", "a"), end("s", { error: "out of ink" }));
            await alice.receives();
        },
    },
    {
        name: "an item of the wrong type fails the upload",
        async play(stage) {
            const alice = await stage.socket("alice");
            alice.sends(invocation("StreamingConcat", [], { streamIds: ["s"] }), item("s", { no: "text" }));
            await alice.receives();
            await alice.isStillServed();
        },
    },
    {
        name: "items after the end are for nobody",
        async play(stage) {
            const alice = await stage.socket("alice");
            alice.sends(invocation("StreamingConcat", [], { streamIds: ["s"] }), item("s", "a"), end("s"), item("s", "b"), end("s"));
            await alice.receives();
            await alice.isStillServed();
        },
    },
    {
        name: "two uploads at a time do not mix",
        async play(stage) {
            const alice = await stage.socket("alice");
            alice.sends(invocation("StreamingConcat", [], { invocationId: "A", streamIds: ["s"] }));
            alice.sends(invocation("StreamingConcat", [], { invocationId: "B", streamIds: ["t"] }));
            alice.sends(item("s", "1"), item("t", "x"), item("s", "2"), item("t", "y"), end("t"));
            await alice.receives();
            alice.sends(item("s", "3"), end("s"));
            await alice.receives();
        },
    },
    answered("a method that wants an upload and gets none", invocation("StreamingConcat", [])),
    answered("a method that wants one upload and gets two", invocation("StreamingConcat", [], { streamIds: ["s", "t"] })),
    answered("a method that wants no upload and gets one", invocation("Echo", ["hi"], { streamIds: ["s"] })),
    answered("a streaming call of a method that takes an upload and does not stream", streaming("StreamingConcat", [], { streamIds: ["s"] })),
];

/** The hub asks alice for a number; she answers with this. */
const asked = (name, answer) => ({
    name,
    async play(stage) {
        const { alice, outcome, question } = await ask(stage);
        await answer({ alice, stage, question });
        stage.script.note("asker", "hears", await outcome);
    },
});

async function ask(stage) {
    const alice = await stage.socket("alice");
    alice.sends(invocation("GetCallerConnectionId", []));
    const { result } = JSON.parse(await alice.receives());
    const outcome = stage.request("GET", `/clientresult/${result}`).then(({ body }) => body.toString());
    const question = JSON.parse(await alice.inbox.messages.take());
    stage.script.note("alice", "< is asked", JSON.stringify({ ...question, invocationId: "(its id)" }));
    return { alice, outcome, question };
}

const says = (alice, question, answer) => {
    alice.script.note("alice", "> answers", JSON.stringify(answer));
    alice.frame(alice.protocol.record({ type: 3, invocationId: question.invocationId, ...answer }));
};

const clientResults = [
    asked("the server asks a client and gets a result", ({ alice, question }) => says(alice, question, { result: 42 })),
    asked("the server asks a client and gets an error", ({ alice, question }) => says(alice, question, { error: "no idea" })),
    asked("the server asks for a number and gets a text", async ({ alice, question }) => {
        says(alice, question, { result: "many" });
        await alice.isStillServed();
    }),
    asked("the server asks for a number and gets null", async ({ alice, question }) => {
        says(alice, question, { result: null });
        await alice.isStillServed();
    }),
    asked("the server asks a client that goes on talking", async ({ alice, question }) => {
        await alice.isStillServed("the question holds nobody up");
        says(alice, question, { result: 42 });
    }),
    asked("only the one who was asked may answer", async ({ alice, stage, question }) => {
        const mallory = await stage.socket("mallory");
        mallory.frame(mallory.protocol.record({ type: 3, invocationId: question.invocationId, result: 666 }));
        await mallory.isClosed();
        says(alice, question, { result: 42 });
    }),
    asked("who was asked and leaves, answers nothing", async ({ alice }) => {
        alice.closes();
        await alice.isClosed();
    }),
    asked("who was asked and vanishes, answers nothing", ({ alice }) => alice.vanishes()),
    asked("a second answer is one too many", async ({ alice, question }) => {
        says(alice, question, { result: 42 });
        says(alice, question, { result: 43 });
        await alice.isStillServed();
    }),
    {
        name: "who is not there is not asked",
        async play(stage) {
            const { body } = await stage.request("GET", "/clientresult/nobody");
            stage.script.note("asker", "hears", body.toString());
        },
    },
];

export const scenarios = [...calls, ...streams, ...uploads, ...clientResults];
