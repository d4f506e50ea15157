// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/healthroutes.h"

#include "protocol/names.h"

namespace Tertulia::Server {

namespace {

struct Liveness
{
    QString status = QStringLiteral("alive");
    static constexpr auto fields() { return std::tuple{required("status", &Liveness::status)}; }
};

} // namespace

void addHealthRoutes(RouteTable &table, const HealthParts &parts)
{
    const RestHandler ready = [&parts](const RestRequest &, Reply reply) {
        const HealthReport report = parts.health();
        JsonWriter writer;
        writer.beginObject();
        writer.key("success");
        writer.boolean(report.isReady());
        writer.key("data");
        writeValue(writer, report);
        writer.endObject();
        reply.send(
            Reply::json(writer.take(), report.isReady() ? ResponseStatus::Ok : ResponseStatus::ServiceUnavailable));
    };
    table.get(Routes::healthLive, Access::Anonymous, [](const RestRequest &, Reply reply) { reply.ok(Liveness()); });
    table.get(Routes::healthReady, Access::Anonymous, ready);
    table.get(Routes::health, Access::Anonymous, ready);
    table.get(Routes::metrics, Access::Operator, [&parts](const RestRequest &, Reply reply) {
        reply.send(QHttpServerResponse(QByteArrayLiteral("text/plain; version=0.0.4; charset=utf-8"), parts.metrics()));
    });
}

} // namespace Tertulia::Server
