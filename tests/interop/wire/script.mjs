// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The written record of one scenario: who said what, in the order in which the scenario looked at it.
// Two servers behave alike when their scripts are equal, so everything a server may choose freely
// (ids, wording of details) is masked here.

const id = /(?<![\w-])[\w-]{22}(?![\w-])/g; // 16 random bytes in base64url
const monotony = /(.)\1{39,}/g;

// What follows these sentences are details of the server's own making (EnableDetailedErrors), or nothing.
const details = new RegExp(`(${[
    "Connection closed with an error\\.",
    "An unexpected error occurred during connection handshake\\.",
    "Error trying to deserialize result",
    "Failed to bind Stream message\\.",
].join("|")})(?:\\\\.|[^"\\\\])+`, "g");

export class Script {
    #names = new Map();
    #showsDetails = false;
    lines = [];

    /** For a scenario whose details are the same on both sides. */
    showDetails() {
        this.#showsDetails = true;
    }

    note(who, verb, text = "") {
        this.lines.push(`${who} ${verb} ${this.#mask(text)}`.trimEnd().replaceAll("\n", "\\n"));
    }

    #mask(text) {
        let masked = text.replace(id, (found) => {
            if (!this.#names.has(found)) {
                this.#names.set(found, `(id ${this.#names.size + 1})`);
            }
            return this.#names.get(found);
        });
        if (!this.#showsDetails) {
            masked = masked.replace(details, "$1");
        }
        return masked.replace(monotony, (run, letter) => `(${run.length} times ${letter})`);
    }
}
