// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// A page in a headless Chromium, served from an origin of its own.

import { existsSync, readFileSync } from "node:fs";
import http from "node:http";
import { extname, join, normalize } from "node:path";
import { chromium } from "playwright-core";
import { here } from "./programs.mjs";

const types = { ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript", ".map": "application/json" };

/** Serves the files of this directory that a page needs. */
function serve() {
    const places = { hub: "hub", lib: "lib", chat: "chat", packages: "node_modules" };
    const server = http.createServer((request, response) => {
        const path = normalize(new URL(request.url, "http://page").pathname).slice(1);
        const [first, ...rest] = path.split("/");
        const file = places[first] ? join(here, places[first], ...rest) : join(here, "browser", path || "page.html");
        if (!existsSync(file)) {
            response.writeHead(404).end();
            return;
        }
        response.writeHead(200, { "Content-Type": types[extname(file)] ?? "text/plain" }).end(readFileSync(file));
    });
    return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

const executable = process.env.CHROMIUM ??
    ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((path) => existsSync(path));

/** Why there can be no browser tests here; undefined when there can. */
export const noBrowser = executable ? undefined : "no Chromium found (CHROMIUM=/path/to/it)";

/** Opens a page that can play scenarios; what goes wrong there goes wrong here. */
export async function openPage() {
    const server = await serve();
    const origin = `http://127.0.0.1:${server.address().port}`;
    const browser = await chromium.launch({
        executablePath: executable,
        headless: true,
        args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync"],
    });
    const page = await browser.newPage();
    await page.goto(origin);
    await page.waitForFunction(() => globalThis.play !== undefined);
    return {
        origin,
        async play(what, name, pair, baseUrl) {
            const trouble = await page.evaluate((act) => globalThis.play(...act), [what, name, pair, baseUrl]);
            if (trouble) {
                throw new Error(trouble);
            }
        },
        async close() {
            await browser.close();
            server.closeAllConnections();
            server.close();
        },
    };
}
