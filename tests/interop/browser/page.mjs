// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// In the page: plays the scenario it is told to. Scripts of the npm packages are globals here.

import { scenarios } from "/hub/scenarios.mjs";
import { Stage } from "/hub/stage.mjs";

const { signalR } = globalThis;
const world = {
    place: "browser",
    signalR,
    MessagePackHubProtocol: signalR.protocols.msgpack.MessagePackHubProtocol,
};

/** @returns the error as text, or null */
globalThis.play = async (name, pair, baseUrl) => {
    const stage = new Stage({ ...world, baseUrl }, pair);
    try {
        await scenarios.find((scenario) => scenario.name === name).play(stage);
        return null;
    } catch (error) {
        return `${error.message}\n${error.stack}`;
    } finally {
        await stage.clear();
    }
};
