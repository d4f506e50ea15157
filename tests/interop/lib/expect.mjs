// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The few assertions the scenarios need, in plain JavaScript: the same file runs in node and in a browser.

export function show(value) {
    return JSON.stringify(value, (_, part) => {
        if (part instanceof Uint8Array) {
            return `bytes ${Array.from(part)}`;
        }
        return part === undefined ? "undefined" : part;
    });
}

export function equal(actual, expected, what = "value") {
    if (show(actual) !== show(expected)) {
        throw new Error(`${what}: expected ${show(expected)}, got ${show(actual)}`);
    }
}

export function ok(condition, what) {
    if (!condition) {
        throw new Error(what);
    }
}

/** The message of the error a promise is rejected with. */
export async function failure(promise) {
    let value;
    try {
        value = await promise;
    } catch (error) {
        return error.message;
    }
    throw new Error(`expected a failure, got ${show(value)}`);
}
