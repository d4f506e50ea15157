// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// A foreign identity provider (docs/decisions/0043): makes tokens that live for as long as a scene wants.

import { createHmac, randomBytes } from "node:crypto";

const encoded = (what) => Buffer.from(JSON.stringify(what)).toString("base64url");

export class Provider {
    #issuer = "https://id.example.org";
    #audience = "chat";
    #secret = randomBytes(32).toString("hex");
    #made = 0;

    /** What the server must be told to believe it. */
    settings = [`oidc.issuer=${this.#issuer}`, `oidc.audience=${this.#audience}`, `oidc.secret=${this.#secret}`,
        "oidc.clock_leeway=1ms"];

    /** @param life of the token in seconds */
    token(subject, name, life = 3600) {
        const now = Math.floor(Date.now() / 1000);
        const claims = { iss: this.#issuer, aud: this.#audience, sub: subject, name, preferred_username: name.toLowerCase(),
            jti: String(this.#made++), iat: now, exp: now + life };
        const signed = `${encoded({ alg: "HS256", typ: "JWT" })}.${encoded(claims)}`;
        return `${signed}.${createHmac("sha256", this.#secret).update(signed).digest("base64url")}`;
    }
}
