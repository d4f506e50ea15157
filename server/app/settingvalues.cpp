// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/settingvalues.h"

namespace Tertulia::Server {

namespace {

using namespace std::chrono_literals;

constexpr std::pair<QLatin1String, std::chrono::milliseconds> units[] = {
    {QLatin1String("d"), 24h},  {QLatin1String("h"), 1h}, {QLatin1String("min"), 1min},
    {QLatin1String("ms"), 1ms}, {QLatin1String("s"), 1s},
};

} // namespace

Error SettingValues::wrong(const QString &wanted)
{
    return Error::invalid({}, wanted);
}

std::optional<std::chrono::milliseconds> parseDuration(QStringView text)
{
    qsizetype digits = 0;
    while (digits < text.size() && text[digits].isDigit())
        ++digits;
    bool isNumber = false;
    const qlonglong count = text.first(digits).toLongLong(&isNumber);
    if (!isNumber || count > 1'000'000'000)
        return std::nullopt;
    for (const auto &[name, length] : units) {
        if (text.sliced(digits).trimmed() == name)
            return count * length;
    }
    return std::nullopt;
}

QString durationText(std::chrono::milliseconds duration)
{
    for (const auto &[name, length] : {units[0], units[1], units[2], units[4]}) {
        if (duration.count() > 0 && duration % length == 0ms)
            return QString::number(duration / length) + name;
    }
    return QString::number(duration.count()) + QStringLiteral("ms");
}

Result<ListenAddress> parseListen(const QString &text)
{
    static const QString form = QStringLiteral("\"ADDRESS:PORT\" such as \"127.0.0.1:8080\", \"[::1]:8080\" or "
                                               "\"tls://0.0.0.0:443\"");
    ListenAddress result;
    QString rest = text;
    if (rest.startsWith(QLatin1String("tls://"))) {
        result.tls = true;
        rest = rest.mid(6);
    }
    const qsizetype colon = rest.lastIndexOf(QLatin1Char(':'));
    QString host = rest.left(std::max<qsizetype>(colon, 0));
    if (host.startsWith(QLatin1Char('[')) && host.endsWith(QLatin1Char(']')))
        host = host.mid(1, host.size() - 2);
    bool isPort = false;
    result.port = rest.mid(colon + 1).toUShort(&isPort);
    result.address = host == QLatin1String("localhost") ? QHostAddress(QHostAddress::LocalHost) : QHostAddress(host);
    if (colon < 0 || !isPort || result.address.isNull())
        return failure(SettingValues::wrong(form));
    return result;
}

} // namespace Tertulia::Server
