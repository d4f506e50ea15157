// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// POST {hub}/negotiate: versions, errors, spellings, authorization, CORS.

const negotiation = (name, path, options) => ({
    name,
    play: (stage) => stage.asks("POST", path, options),
});

const versions = [
    negotiation("version 1 gets an id and a token", "/testhub/negotiate?negotiateVersion=1"),
    negotiation("no version is version 0, without a token", "/testhub/negotiate"),
    negotiation("version 0 can be asked for", "/testhub/negotiate?negotiateVersion=0"),
    negotiation("a version from the future gets the newest there is", "/testhub/negotiate?negotiateVersion=7"),
    negotiation("a version that is no number is an error", "/testhub/negotiate?negotiateVersion=one"),
    negotiation("an empty version is an error", "/testhub/negotiate?negotiateVersion="),
    negotiation("a version below the minimum is an error", "/testhub/negotiate?negotiateVersion=-1"),
    negotiation("stateful reconnect is granted where it is allowed",
        "/testhub/negotiate?negotiateVersion=1&useStatefulReconnect=true"),
    negotiation("stateful reconnect is not mentioned when not asked for",
        "/testhub/negotiate?negotiateVersion=1&useStatefulReconnect=false"),
    negotiation("stateful reconnect that is neither true nor false is not asked for",
        "/testhub/negotiate?negotiateVersion=1&useStatefulReconnect=1"),
    negotiation("stateful reconnect is not granted where it is not allowed",
        "/testhub-nowebsockets/negotiate?negotiateVersion=1&useStatefulReconnect=true"),
];

const spellings = [
    negotiation("the case of the query's names does not matter", "/testhub/negotiate?NEGOTIATEVERSION=1&USESTATEFULRECONNECT=TRUE"),
    negotiation("the case of the path does not matter", "/TestHub/NEGOTIATE?negotiateVersion=1"),
    negotiation("a slash at the end does not matter", "/testhub/negotiate/?negotiateVersion=1"),
    negotiation("other parts of the query are left alone", "/testhub/negotiate?userId=a%20b&negotiateVersion=1&x"),
    negotiation("a body is not looked at", "/testhub/negotiate?negotiateVersion=1",
        { body: "{nonsense", headers: { "Content-Type": "application/json" } }),
    negotiation("a body in chunks is not looked at", "/testhub/negotiate?negotiateVersion=1",
        { body: ["some", "thing"], chunked: true }),
];

const refusals = [
    ...["GET", "PUT", "DELETE", "PATCH"].map((method) => ({
        name: `${method} is no way to negotiate`,
        play: (stage) => stage.asks(method, "/testhub/negotiate?negotiateVersion=1"),
    })),
    negotiation("where there is no hub there is nothing to negotiate", "/nohub/negotiate?negotiateVersion=1"),
    negotiation("without a token there is no entrance", "/authorizedhub/negotiate?negotiateVersion=1"),
    negotiation("a client of the script kind is not sent to a login page", "/authorizedhub/negotiate?negotiateVersion=1",
        { headers: { "X-Requested-With": "XMLHttpRequest" } }),
    {
        name: "a token opens the door: as a header, in any case, or in the query",
        async play(stage) {
            const token = (await stage.request("GET", "/generateJwtToken")).body.toString();
            for (const scheme of ["Bearer", "bearer"]) {
                const headers = { Authorization: `${scheme} ${token}` };
                await stage.asks("POST", "/authorizedhub/negotiate?negotiateVersion=1", { headers });
            }
            stage.script.note("client", "POST", "the same with the token in the query");
            const answer = await stage.request("POST", `/authorizedhub/negotiate?negotiateVersion=1&access_token=${token}`);
            stage.script.note("server", "answers", String(answer.statusCode));
        },
    },
    {
        name: "a token that was tampered with is none",
        async play(stage) {
            const token = (await stage.request("GET", "/generateJwtToken")).body.toString();
            const [head, claims] = token.split(".");
            const answer = await stage.request("POST", "/authorizedhub/negotiate?negotiateVersion=1",
                { headers: { Authorization: `Bearer ${head}.${claims}.AAAA` } });
            stage.script.note("server", "answers", `${answer.statusCode} ${answer.statusMessage}`);
        },
    },
];

const hubs = [
    negotiation("a hub without WebSockets does not offer them", "/testhub-nowebsockets/negotiate?negotiateVersion=1"),
    negotiation("a connection without a hub is negotiated alike", "/echo/negotiate?negotiateVersion=1"),
    negotiation("a failing negotiation shows its text", "/bad-negotiate/negotiate?negotiateVersion=1"),
    {
        name: "the answer has a length and is not to be cut into chunks",
        async play(stage) {
            const { headers, body } = await stage.request("POST", "/testhub/negotiate?negotiateVersion=1");
            stage.script.note("content-length", "is", Number(headers["content-length"]) === body.length ? "right" : "wrong");
            stage.script.note("transfer-encoding", "is", headers["transfer-encoding"] ?? "absent");
        },
    },
];

const crossOrigin = [
    {
        name: "a page of another origin may ask, with its credentials",
        async play(stage) {
            const page = { Origin: "https://elsewhere.example" };
            const preflight = await stage.request("OPTIONS", "/testhub/negotiate?negotiateVersion=1", {
                headers: {
                    ...page,
                    "Access-Control-Request-Method": "POST",
                    "Access-Control-Request-Headers": "authorization,x-requested-with,x-signalr-user-agent",
                },
            });
            const allows = preflight.headers;
            stage.script.note("preflight", "is answered", `${preflight.statusCode} ${allows["access-control-allow-origin"]} ` +
                `${allows["access-control-allow-credentials"]} ${allows["access-control-allow-methods"]} ` +
                `${allows["access-control-allow-headers"]}`);
            await stage.asks("POST", "/testhub/negotiate?negotiateVersion=1", { headers: page });
        },
    },
];

export const scenarios = [...versions, ...spellings, ...refusals, ...hubs, ...crossOrigin];
