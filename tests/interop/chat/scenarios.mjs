// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Two people and what they must be able to rely on, one scenario per rule of the contract. For every pair
// of transport and protocol, in node and in a browser.

import { equal, failure, ok } from "../lib/expect.mjs";

const about = (message) => (update) => update.data.messageId === message.messageId;
const becomes = (status, message) => (update) => update.type === `message.${status}` && about(message)(update);

/** Two people who are online. */
async function two(stage) {
    const [alice, bob] = await stage.people("Alice", "Bob");
    await Promise.all([alice.comes(), bob.comes()]);
    return { alice, bob };
}

const messages = [
    {
        name: "what one says, the other hears",
        async play(stage) {
            const { alice, bob } = await two(stage);
            const sent = await alice.says("Hello Bob! 你好 😀 <b>&amp;</b>", bob);
            const heard = await bob.hears("ReceiveMessage");
            equal(heard.messageId, sent.messageId);
            equal(heard.content, "Hello Bob! 你好 😀 <b>&amp;</b>");
            equal([heard.senderId, heard.recipientId, heard.type], [alice.id, bob.id, "text"]);
            equal(sent.status, "sent");
            equal(sent.conversationId, sent.chatId);
        },
    },
    {
        name: "the sender's other devices hear it too",
        async play(stage) {
            const { alice, bob } = await two(stage);
            const phone = await alice.anotherDevice().comes();
            const sent = await alice.says("from my desk", bob);
            equal((await phone.hears("ReceiveMessage")).messageId, sent.messageId);
        },
    },
    {
        name: "what is said arrives in order, and once",
        async play(stage) {
            const { alice, bob } = await two(stage);
            const words = Array.from({ length: 100 }, (_, i) => `word ${i}`);
            const sent = await Promise.all(words.map((word) => alice.says(word, bob)));
            await bob.hears("ReceiveMessage", ({ content }) => content === words.at(-1));
            equal(bob.overheard("ReceiveMessage").map(({ content }) => content), words.slice(0, -1));
            equal((await bob.history(sent[0].conversationId)).map(({ content }) => content), words);
        },
    },
    {
        name: "both talk at once and see the same conversation",
        async play(stage) {
            const { alice, bob } = await two(stage);
            const turns = Array.from({ length: 20 }, (_, i) => i);
            const [first] = await Promise.all(turns.flatMap((i) => [alice.says(`a${i}`, bob), bob.says(`b${i}`, alice)]));
            const views = await Promise.all([alice, bob].map((person) => person.history(first.conversationId)));
            equal(views[0].map(({ messageId }) => messageId), views[1].map(({ messageId }) => messageId));
            equal(views[0].length, 40);
            for (const letter of ["a", "b"]) {
                equal(views[0].map(({ content }) => content).filter((text) => text.startsWith(letter)),
                    turns.map((i) => letter + i));
            }
        },
    },
    {
        name: "what is said twice with the same clientMessageId is said once",
        async play(stage) {
            const { alice, bob } = await two(stage);
            const first = await alice.says("once", bob, { clientMessageId: "the same" });
            const second = await alice.says("once", bob, { clientMessageId: "the same" });
            equal(second.messageId, first.messageId);
            await alice.says("the end", bob);
            await bob.hears("ReceiveMessage", ({ content }) => content === "the end");
            equal(bob.overheard("ReceiveMessage").map(({ content }) => content), ["once"]);
            equal((await bob.history(first.conversationId)).length, 2);
        },
    },
    {
        name: "what is said over REST is heard on the hub",
        async play(stage) {
            const { alice, bob } = await two(stage);
            const sent = await alice.asks("POST", "/api/Chat/messages", { recipientId: bob.id, content: "by post", type: "text" });
            equal((await bob.hears("ReceiveMessage")).messageId, sent.messageId);
        },
    },
    {
        name: "who was away finds what was said",
        async play(stage) {
            const [alice, bob] = await stage.people("Alice", "Bob");
            await alice.comes();
            const sent = await alice.says("are you there?", bob);
            const conversation = await bob.conversationWith(alice);
            equal([conversation.lastMessage.content, conversation.unreadCount], ["are you there?", 1]);
            equal((await bob.history(sent.conversationId)).map(({ messageId }) => messageId), [sent.messageId]);
            await bob.comes();
            const answer = await bob.says("now I am", alice);
            equal((await alice.hears("ReceiveMessage", ({ senderId }) => senderId === bob.id)).messageId, answer.messageId);
            equal(answer.conversationId, sent.conversationId);
        },
    },
];

const statuses = [
    {
        name: "the sender is told that a message was delivered, and that it was read",
        async play(stage) {
            const { alice, bob } = await two(stage);
            const sent = await alice.says("read me", bob);
            await bob.hears("ReceiveMessage");
            await bob.does("Ping"); // an event stream has no other proof that it was read
            const delivered = await alice.hears("MessageStatusUpdated", becomes("delivered", sent));
            equal([delivered.data.status, delivered.data.userId], ["delivered", bob.id]);
            const result = await bob.does("MarkAsRead", sent.conversationId, [sent.messageId]);
            equal([result.messageIds, result.unreadCount], [[sent.messageId], 0]);
            const read = await alice.hears("MessageStatusUpdated", becomes("read", sent));
            equal([read.data.status, read.data.userId, read.data.conversationId], ["read", bob.id, sent.conversationId]);
            ok(read.data.readAt, "it is said when");
            const [kept] = await alice.history(sent.conversationId);
            equal(kept.status, "read");
        },
    },
    {
        name: "a whole conversation is marked as read at once",
        async play(stage) {
            const { alice, bob } = await two(stage);
            const sent = [];
            for (const word of ["one", "two", "three"]) {
                sent.push(await alice.says(word, bob));
            }
            equal((await bob.conversationWith(alice)).unreadCount, 3);
            await bob.does("MarkAsRead", sent[0].conversationId, null);
            await Promise.all(sent.map((message) => alice.hears("MessageStatusUpdated", becomes("read", message))));
            equal((await bob.conversationWith(alice)).unreadCount, 0);
        },
    },
];

const company = [
    {
        name: "one sees the other type",
        async play(stage) {
            const { alice, bob } = await two(stage);
            const { conversationId } = await alice.says("hello", bob);
            await Promise.all([alice, bob].map((person) => person.does("JoinConversation", conversationId)));
            await bob.does("SendTypingIndicator", conversationId, true);
            equal(await alice.hears("TypingIndicator"), { conversationId, userId: bob.id, isTyping: true });
        },
    },
    {
        name: "the conversation list is told of what is new",
        async play(stage) {
            const { alice, bob } = await two(stage);
            const { conversationId } = await alice.says("hello", bob);
            const updated = await bob.hears("ConversationUpdated", ({ id }) => id === conversationId);
            equal(updated.type, "direct");
        },
    },
    {
        name: "joining and leaving are confirmed",
        async play(stage) {
            const { alice, bob } = await two(stage);
            const { conversationId } = await alice.says("hello", bob);
            equal(await bob.does("JoinConversation", conversationId), { conversationId, joined: true });
            equal(await bob.does("LeaveConversation", conversationId), { conversationId, joined: false });
        },
    },
    {
        name: "the presence hub knows who is there",
        async play(stage) {
            const { alice, bob } = await two(stage);
            await alice.says("hello", bob); // only people who share a conversation see each other
            await alice.goes();
            await alice.comes("/hubs/chat-online");
            const [presence] = await alice.does("GetOnlineUsers", [bob.id]);
            equal([presence.userId, presence.isOnline], [bob.id, true]);
        },
    },
];

const refusals = [
    {
        name: "a conversation of others is not to be joined, read or written",
        async play(stage) {
            const { alice, bob } = await two(stage);
            const { conversationId } = await alice.says("for you alone", bob);
            const [mallory] = await stage.people("Mallory");
            await mallory.comes();
            for (const [method, ...args] of [
                ["JoinConversation", conversationId],
                ["MarkAsRead", conversationId, null],
                ["SendMessage", { conversationId, content: "boo", type: "text" }],
            ]) {
                const refusal = await failure(mallory.does(method, ...args));
                ok(/HubException: (NOT_FOUND|FORBIDDEN)/.test(refusal), `${method}: ${refusal}`);
            }
            const { status } = await mallory.tries("GET", `/api/Chat/messages?chatId=${conversationId}`);
            ok([403, 404].includes(status), `REST answered ${status}`);
            equal((await alice.history(conversationId)).length, 1);
        },
    },
    {
        name: "nobody comes in without a token",
        async play(stage) {
            equal(await failure(stage.connect("/hubs/chat")),
                "Failed to complete negotiation with the server: Error: Unauthorized: Status code '401'");
        },
    },
    {
        name: "nobody comes in under the name of another",
        async play(stage) {
            const [alice, bob] = await stage.people("Alice", "Bob");
            const refusal = await failure(stage.connect(`/hubs/chat?userId=${bob.id}`, { accessTokenFactory: () => alice.token }));
            ok(refusal.includes("Status code '403'"), refusal);
        },
    },
    {
        name: "an empty message is refused, and the connection lives on",
        async play(stage) {
            const { alice, bob } = await two(stage);
            const refusal = await failure(alice.says("", bob));
            ok(refusal.includes("HubException: VALIDATION_ERROR"), refusal);
            ok((await alice.says("not empty", bob)).messageId, "the next one is taken");
        },
    },
];

export const scenarios = [...messages, ...statuses, ...company, ...refusals];
