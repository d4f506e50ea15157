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
    const RestHandler live = [](const RestRequest &, Reply reply) { reply.ok(Liveness()); };
    const RestHandler metrics = [&parts](const RestRequest &, Reply reply) {
        reply.send(QHttpServerResponse(QByteArrayLiteral("text/plain; version=0.0.4; charset=utf-8"), parts.metrics()));
    };
    table.add({
        {Method::Get, Routes::healthLive, Access::Anonymous, RouteBody::None, RateClass::None, live},
        {Method::Get, Routes::healthReady, Access::Anonymous, RouteBody::None, RateClass::None, ready},
        {Method::Get, Routes::health, Access::Anonymous, RouteBody::None, RateClass::None, ready},
        {Method::Get, Routes::metrics, Access::Operator, RouteBody::None, RateClass::None, metrics},
    });
}

} // namespace Tertulia::Server
