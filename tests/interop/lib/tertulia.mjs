// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// tertulia-server for tests: an empty data folder, and no limits that are made for people.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startServer, tertuliaServerCommand } from "./programs.mjs";

const settings = [
    "limits.registrations_per_15_minutes=10000", "limits.registrations_per_hour=10000",
    "limits.logins_per_15_minutes=10000", "limits.logins_per_hour=10000",
    "limits.send_per_10_seconds=10000", "limits.send_per_minute=100000",
    "limits.new_connections_per_address_per_minute=100000",
];

export async function startTertulia(more = []) {
    const folder = mkdtempSync(join(tmpdir(), "tertulia-"));
    const server = await startServer(tertuliaServerCommand(),
        ["--data-dir", folder, ...[...settings, ...more].flatMap((setting) => ["--set", setting])]);
    return {
        ...server,
        async stop() {
            await server.stop();
            rmSync(folder, { recursive: true, force: true });
        },
    };
}
