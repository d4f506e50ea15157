// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/settingstable.h"

// How each type of setting is read, written and bounded; for settingstable.cpp only.

namespace Tertulia::Server::SettingValues {

[[nodiscard]] Error wrong(const QString &wanted);

template <class T> [[nodiscard]] Result<T> readNumber(const QStringList &values, qint64 least, qint64 most)
{
    bool isNumber = false;
    const qint64 number = values.value(0).toLongLong(&isNumber);
    if (!isNumber || number < least || number > most)
        return failure(wrong(QStringLiteral("a whole number from %1 to %2").arg(least).arg(most)));
    return static_cast<T>(number);
}

/// A setting that lives in one number: `at(config)` is a reference to it.
template <class At>
[[nodiscard]] Setting number(const char *section, const char *key, const char *unit, qint64 least, qint64 most, At at,
                             const char *description)
{
    using T = std::remove_reference_t<decltype(at(std::declval<Config &>()))>;
    Setting setting;
    setting.section = QString::fromLatin1(section);
    setting.key = QString::fromLatin1(key);
    setting.type = QStringLiteral("number");
    setting.unit = QString::fromLatin1(unit);
    setting.description = QString::fromUtf8(description);
    setting.set = [at, least, most](Config &config, const QStringList &values) -> Result<void> {
        return readNumber<T>(values, least, most).map([&](T value) { at(config) = value; });
    };
    setting.get = [at](const Config &config) {
        Config copy = config;
        return QStringList{QString::number(qint64(at(copy)))};
    };
    return setting;
}

template <class At> [[nodiscard]] Setting duration(const char *section, const char *key, At at, const char *description)
{
    using T = std::remove_reference_t<decltype(at(std::declval<Config &>()))>;
    Setting setting;
    setting.section = QString::fromLatin1(section);
    setting.key = QString::fromLatin1(key);
    setting.type = QStringLiteral("duration");
    setting.unit = QStringLiteral("ms, s, min, h, d");
    setting.description = QString::fromUtf8(description);
    setting.set = [at](Config &config, const QStringList &values) -> Result<void> {
        const auto value = parseDuration(values.value(0));
        if (!value || value->count() < 1)
            return failure(
                wrong(QStringLiteral("a duration such as \"500ms\", \"15s\", \"10min\", \"2h\" or \"14d\"")));
        at(config) = std::chrono::duration_cast<T>(*value);
        return {};
    };
    setting.get = [at](const Config &config) {
        Config copy = config;
        return QStringList{durationText(std::chrono::duration_cast<std::chrono::milliseconds>(at(copy)))};
    };
    return setting;
}

template <class At> [[nodiscard]] Setting flag(const char *section, const char *key, At at, const char *description)
{
    Setting setting;
    setting.section = QString::fromLatin1(section);
    setting.key = QString::fromLatin1(key);
    setting.type = QStringLiteral("flag");
    setting.description = QString::fromUtf8(description);
    setting.set = [at](Config &config, const QStringList &values) -> Result<void> {
        const QString text = values.value(0).toLower();
        if (text != QLatin1String("true") && text != QLatin1String("false"))
            return failure(wrong(QStringLiteral("true or false")));
        at(config) = text == QLatin1String("true");
        return {};
    };
    setting.get = [at](const Config &config) {
        Config copy = config;
        return QStringList{at(copy) ? QStringLiteral("true") : QStringLiteral("false")};
    };
    return setting;
}

template <class At> [[nodiscard]] Setting text(const char *section, const char *key, At at, const char *description)
{
    Setting setting;
    setting.section = QString::fromLatin1(section);
    setting.key = QString::fromLatin1(key);
    setting.type = QStringLiteral("text");
    setting.description = QString::fromUtf8(description);
    setting.set = [at](Config &config, const QStringList &values) -> Result<void> {
        at(config) = values.value(0);
        return {};
    };
    setting.get = [at](const Config &config) {
        Config copy = config;
        return QStringList{at(copy)};
    };
    return setting;
}

template <class At> [[nodiscard]] Setting secret(const char *section, const char *key, At at, const char *description)
{
    Setting setting = text(section, key, at, description);
    setting.type = QStringLiteral("secret");
    setting.isSecret = true;
    return setting;
}

template <class At> [[nodiscard]] Setting list(const char *section, const char *key, At at, const char *description)
{
    Setting setting;
    setting.section = QString::fromLatin1(section);
    setting.key = QString::fromLatin1(key);
    setting.type = QStringLiteral("list");
    setting.isList = true;
    setting.description = QString::fromUtf8(description);
    setting.set = [at](Config &config, const QStringList &values) -> Result<void> {
        auto &target = at(config);
        target.clear();
        for (const QString &value : values)
            target.push_back(value);
        return {};
    };
    setting.get = [at](const Config &config) {
        Config copy = config;
        QStringList values;
        for (const QString &value : at(copy))
            values.append(value);
        return values;
    };
    return setting;
}

} // namespace Tertulia::Server::SettingValues
