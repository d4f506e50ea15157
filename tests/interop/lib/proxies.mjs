// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Real proxies in front of a server: each a process of its own, with a folder of its own, on loopback.

import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import net from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const programOf = (name) => [`/usr/sbin/${name}`, `/usr/bin/${name}`].find((path) => existsSync(path));
const nginx = programOf("nginx");
const haproxy = programOf("haproxy");

/** Why there can be no tests with proxies here; undefined when there can. */
export const noProxies = nginx && haproxy ? undefined : "nginx and haproxy are needed (apt-get install nginx-light haproxy)";

/** The example that the handbook says is tested. */
function example(name) {
    const handbook = readFileSync(new URL("../../../docs/admin/operations.md", import.meta.url), "utf8");
    return new RegExp(`<!-- tested: ${name} -->\\n\`\`\`${name}\\n(.*?)^\`\`\``, "ms").exec(handbook)[1];
}

/** The text with each of these put in the place of what must be there. */
function withReplaced(text, places) {
    for (const [from, to] of places) {
        if (!text.includes(from)) {
            throw new Error(`the example has no "${from}" any more`);
        }
        text = text.replaceAll(from, to);
    }
    return text;
}

/** Below those that the kernel gives to whoever asks for any: no connection gets it before the proxy does. */
function freePort() {
    return new Promise((resolve) => {
        const port = 20_000 + Math.floor(Math.random() * 12_000);
        const server = net.createServer().once("error", () => resolve(freePort()));
        server.listen(port, "127.0.0.1", () => server.close(() => resolve(port)));
    });
}

function answers(port) {
    return new Promise((resolve) => {
        const socket = net.connect(port, "127.0.0.1");
        socket.once("connect", () => resolve(true)).once("error", () => resolve(false)).once("close", () => resolve(false));
        socket.once("connect", () => socket.destroy());
    });
}

/** A folder with a certificate that nobody has signed. */
class Folder {
    path = mkdtempSync(join(tmpdir(), "tertulia-proxy-"));
    certificate = this.file("certificate.pem");
    key = this.file("key.pem");
    both = this.file("both.pem");

    constructor() {
        execFileSync("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
            "-subj", "/CN=chat.example.org", "-days", "2", "-keyout", this.key, "-out", this.certificate], { stdio: "ignore" });
        writeFileSync(this.both, readFileSync(this.certificate, "utf8") + readFileSync(this.key, "utf8"));
    }

    file(name) {
        return join(this.path, name);
    }
}

async function start(folder, url, command, args) {
    const child = spawn(command, args, { stdio: ["ignore", "ignore", "pipe"] });
    let complaints = "";
    child.stderr.setEncoding("utf8").on("data", (text) => { complaints = (complaints + text).slice(-20_000); });
    let how;
    const ended = new Promise((resolve) => child.once("exit", (code, signal) => resolve(how = signal ?? code)));
    while (!await answers(Number(new URL(url).port))) {
        if (how !== undefined) {
            throw new Error(`${command} ended (${how}):\n${complaints}`);
        }
    }
    return {
        url,
        async stop() {
            child.kill("SIGTERM");
            await ended;
            rmSync(folder.path, { recursive: true, force: true });
        },
    };
}

/** nginx with these sites; `silence`: for how long it waits for a server or client that says nothing. */
async function startNginx(folder, url, sites, silence) {
    const folders = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
    folders.forEach((name) => mkdirSync(folder.file(name)));
    const configuration = folder.file("nginx.conf");
    writeFileSync(configuration, `daemon off; master_process off; pid ${folder.file("nginx.pid")}; error_log stderr error;
        events {}
        http {
            access_log off;
            ${folders.map((name) => `${name}_temp_path ${folder.file(name)};`).join(" ")}
            proxy_read_timeout ${silence}; proxy_send_timeout ${silence}; send_timeout ${silence};
            ${sites}
        }`);
    return start(folder, url, nginx, ["-e", "stderr", "-p", folder.path, "-c", configuration]);
}

/** nginx as the handbook has it. */
export async function nginxOfTheHandbook(server, silence) {
    const [folder, port] = [new Folder(), await freePort()];
    const sites = withReplaced(example("nginx"), [["listen 443 ssl", `listen 127.0.0.1:${port} ssl`],
        ["/etc/tertulia/fullchain.pem", folder.certificate], ["/etc/tertulia/key.pem", folder.key],
        ["127.0.0.1:8080", `127.0.0.1:${server.port}`]]);
    return startNginx(folder, `https://127.0.0.1:${port}`, sites, silence);
}

/** nginx with nothing set but the addresses. */
export async function bareNginx(server, silence) {
    const [folder, port] = [new Folder(), await freePort()];
    const sites = `server { listen 127.0.0.1:${port}; location / { proxy_pass http://127.0.0.1:${server.port}; } }`;
    return startNginx(folder, `http://127.0.0.1:${port}`, sites, silence);
}

/** HAProxy as the handbook has it. */
export async function haproxyOfTheHandbook(server, silence) {
    const [folder, port] = [new Folder(), await freePort()];
    const configuration = folder.file("haproxy.cfg");
    writeFileSync(configuration, withReplaced(example("haproxy"), [["bind :443 ssl", `bind 127.0.0.1:${port} ssl`],
        ["/etc/tertulia/certificate-and-key.pem", folder.both], ["127.0.0.1:8080", `127.0.0.1:${server.port}`],
        ["timeout client 30s", `timeout client ${silence}`], ["timeout server 30s", `timeout server ${silence}`]]));
    return start(folder, `https://127.0.0.1:${port}`, haproxy, ["-db", "-f", configuration]);
}
