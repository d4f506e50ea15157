// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// In the page: plays the scenario it is told to. Scripts of the npm packages are globals here.

import { scenarios as chatScenarios } from "/chat/scenarios.mjs";
import { ChatStage } from "/chat/stage.mjs";
import { scenarios as hubScenarios } from "/hub/scenarios.mjs";
import { Stage } from "/hub/stage.mjs";

const { signalR } = globalThis;
const world = {
    place: "browser",
    signalR,
    MessagePackHubProtocol: signalR.protocols.msgpack.MessagePackHubProtocol,
};

const plays = { hub: [hubScenarios, Stage], chat: [chatScenarios, ChatStage] };

/** @returns the error as text, or null */
globalThis.play = async (what, name, pair, baseUrl) => {
    const [scenarios, StageOfIts] = plays[what];
    const stage = new StageOfIts({ ...world, baseUrl }, pair);
    try {
        await scenarios.find((scenario) => scenario.name === name).play(stage);
        return null;
    } catch (error) {
        return `${error.message}\n${error.stack}`;
    } finally {
        await stage.clear();
    }
};
