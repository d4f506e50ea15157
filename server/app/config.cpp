// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config.h"

#include "app/settingstable.h"

#include <QFile>

#include <algorithm>
#include <toml++/toml.h>

namespace Tertulia::Server {

namespace {

const QString environmentPrefix = QStringLiteral("TERTULIA__");

QString fromView(std::string_view text)
{
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

Error bad(const QString &where, const QString &what)
{
    return Error::invalid(QStringLiteral("configuration"), where + QStringLiteral(": ") + what);
}

Result<void> assign(Config &config, const Setting &setting, const QStringList &values, const QString &where)
{
    if (!setting.isList && values.size() != 1)
        return failure(bad(where, QStringLiteral("%1.%2 is a single value").arg(setting.section, setting.key)));
    const auto done = setting.set(config, values);
    if (done)
        return {};
    const QString given =
        setting.isSecret ? QString() : QStringLiteral(", not \"%1\"").arg(values.join(QLatin1Char(',')));
    return failure(bad(
        where, QStringLiteral("%1.%2 must be %3%4").arg(setting.section, setting.key, done.error().message, given)));
}

/// Secrets may stand in a file of their own: `token_file = "/run/secrets/…"`.
Result<QStringList> fromSecretFile(const QString &path, const QString &where)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(bad(where, QStringLiteral("cannot read %1: %2").arg(path, file.errorString())));
    return QStringList{QString::fromUtf8(file.read(64 * 1024)).trimmed()};
}

Result<void> assignNamed(Config &config, const QString &section, const QString &key, const QStringList &values,
                         const QString &where)
{
    if (const Setting *setting = findSetting(section, key))
        return assign(config, *setting, values, where);
    if (key.endsWith(QLatin1String("_file"))) {
        const Setting *setting = findSetting(section, key.chopped(5));
        if (setting && setting->isSecret) {
            auto content = fromSecretFile(values.value(0), where);
            return content ? assign(config, *setting, *content, where) : failure(content.error());
        }
    }
    QStringList known;
    for (const Setting &setting : settingsTable()) {
        if (setting.section == section)
            known.append(setting.key);
    }
    return failure(bad(where,
                       known.isEmpty() ? QStringLiteral("there is no section [%1]").arg(section)
                                       : QStringLiteral("there is no setting %1.%2; [%1] has: %3")
                                             .arg(section, key, known.join(QStringLiteral(", ")))));
}

std::optional<QString> scalarText(const toml::node &node)
{
    if (const auto *text = node.as_string())
        return fromView(text->get());
    if (const auto *number = node.as_integer())
        return QString::number(number->get());
    if (const auto *flag = node.as_boolean())
        return flag->get() ? QStringLiteral("true") : QStringLiteral("false");
    return std::nullopt;
}

std::optional<QStringList> valueTexts(const toml::node &node)
{
    QStringList values;
    if (const toml::array *array = node.as_array()) {
        for (const toml::node &entry : *array) {
            const auto text = scalarText(entry);
            if (!text)
                return std::nullopt;
            values.append(*text);
        }
        return values;
    }
    const auto text = scalarText(node);
    return text ? std::optional(QStringList{*text}) : std::nullopt;
}

Result<void> readFile(Config &config, const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(bad(path, QStringLiteral("cannot be read: ") + file.errorString()));
    const std::string content = file.readAll().toStdString();
    toml::table document;
    try { // toml++ throws; nothing leaves this function
        document = toml::parse(content);
    } catch (const toml::parse_error &error) {
        return failure(
            bad(QStringLiteral("%1 line %2").arg(path).arg(error.source().begin.line), fromView(error.description())));
    }
    for (auto &&[sectionName, section] : document) {
        const auto where = [&](const toml::node &node) {
            return QStringLiteral("%1 line %2").arg(path).arg(node.source().begin.line);
        };
        const toml::table *table = section.as_table();
        if (!table)
            return failure(bad(where(section),
                               QStringLiteral("'%1' stands outside of a [section]").arg(fromView(sectionName.str()))));
        for (auto &&[key, value] : *table) {
            const auto values = valueTexts(value);
            if (!values)
                return failure(bad(where(value),
                                   QStringLiteral("%1.%2 has a value of a type that no setting has")
                                       .arg(fromView(sectionName.str()), fromView(key.str()))));
            const Setting *setting = findSetting(fromView(sectionName.str()), fromView(key.str()));
            if (setting && setting->isList && !value.is_array())
                return failure(bad(where(value),
                                   QStringLiteral("%1.%2 is a list; write %2 = [\"ENTRY\", \"ENTRY\"]")
                                       .arg(setting->section, setting->key)));
            auto done = assignNamed(config, fromView(sectionName.str()), fromView(key.str()), *values, where(value));
            if (!done)
                return done;
        }
    }
    return {};
}

/// Lists are written with commas on one line. Brackets, quotes and other separators are another form; taken as a part
/// of an entry they would make a setting that nothing ever matches.
Result<QStringList> split(const QString &section, const QString &key, const QString &value, const QString &where)
{
    const Setting *setting = findSetting(section, key);
    if (!setting || !setting->isList)
        return QStringList{value};
    const QString line = value.trimmed();
    if (line.isEmpty())
        return QStringList();
    QStringList values = line.split(QLatin1Char(','));
    for (QString &one : values)
        one = one.trimmed();
    const auto isForeign = [](QChar c) { return c.isSpace() || QStringView(u"\"'`;").contains(c); };
    const bool isForm = std::all_of(values.cbegin(), values.cend(), [&](const QString &one) {
        return !one.isEmpty() && std::none_of(one.cbegin(), one.cend(), isForeign);
    });
    if (isForm && !(line.startsWith(QLatin1Char('[')) && line.endsWith(QLatin1Char(']'))))
        return values;
    return failure(bad(where,
                       QStringLiteral("%1.%2 is a list; write its entries with commas between them and without quotes "
                                      "or brackets around: ENTRY,ENTRY, not \"%3\"")
                           .arg(section, key, line)));
}

Result<void> readEnvironment(Config &config, const QProcessEnvironment &environment)
{
    QStringList names = environment.keys();
    names.sort();
    for (const QString &name : std::as_const(names)) {
        if (!name.startsWith(environmentPrefix))
            continue;
        const QString path = name.mid(environmentPrefix.size()).toLower();
        const QString section = path.section(QStringLiteral("__"), 0, 0);
        const QString key = path.section(QStringLiteral("__"), 1);
        const QString where = QStringLiteral("environment variable ") + name;
        const auto values = split(section, key, environment.value(name), where);
        if (!values)
            return failure(values.error());
        if (auto done = assignNamed(config, section, key, *values, where); !done)
            return done;
    }
    return {};
}

Result<void> readAssignment(Config &config, const QString &assignment)
{
    const QString where = QStringLiteral("--set ") + assignment.section(QLatin1Char('='), 0, 0);
    const qsizetype equals = assignment.indexOf(QLatin1Char('='));
    const qsizetype dot = assignment.indexOf(QLatin1Char('.'));
    if (equals < 0 || dot < 0 || dot > equals)
        return failure(bad(where, QStringLiteral("write --set section.key=value")));
    const QString section = assignment.left(dot);
    const QString key = assignment.mid(dot + 1, equals - dot - 1);
    const auto values = split(section, key, assignment.mid(equals + 1), where);
    return values ? assignNamed(config, section, key, *values, where) : failure(values.error());
}

QString quoted(QString text)
{
    text.replace(QLatin1Char('\\'), QLatin1String("\\\\"));
    text.replace(QLatin1Char('"'), QLatin1String("\\\""));
    return QLatin1Char('"') + text + QLatin1Char('"');
}

QString tomlValue(const Setting &setting, const Config &config)
{
    const QStringList values = setting.get(config);
    if (setting.isSecret)
        return quoted(values.value(0).isEmpty() ? QString() : QStringLiteral("(set)"));
    if (setting.isList) {
        QStringList parts;
        for (const QString &value : values)
            parts.append(quoted(value));
        return QLatin1Char('[') + parts.join(QStringLiteral(", ")) + QLatin1Char(']');
    }
    const bool isBare = setting.type == QLatin1String("number") || setting.type == QLatin1String("flag");
    return isBare ? values.value(0) : quoted(values.value(0));
}

} // namespace

Config Config::defaults()
{
    Config config;
    config.net.listen = {{QHostAddress(QHostAddress::LocalHost), 8080, false}};
    return config;
}

Result<Config> loadConfig(const ConfigSources &sources)
{
    Config config = Config::defaults();
    if (!sources.file.isEmpty()) {
        if (auto read = readFile(config, sources.file); !read)
            return failure(read.error());
    }
    if (auto read = readEnvironment(config, sources.environment); !read)
        return failure(read.error());
    for (const QString &assignment : sources.assignments) {
        if (auto read = readAssignment(config, assignment); !read)
            return failure(read.error());
    }
    return config;
}

QString printConfig(const Config &config)
{
    QString out;
    QString section;
    for (const Setting &setting : settingsTable()) {
        if (setting.section != section) {
            section = setting.section;
            out += (out.isEmpty() ? QString() : QStringLiteral("\n")) + QStringLiteral("[%1]\n").arg(section);
        }
        out += QStringLiteral("%1 = %2\n").arg(setting.key, tomlValue(setting, config));
    }
    return out;
}

QString configReference()
{
    const Config defaults = Config::defaults();
    QString out = QStringLiteral(
        "# Configuration\n\n"
        "Settings come from a TOML file (`tertulia-server --config FILE`), from the environment and from the command\n"
        "line; a later source wins. Nothing needs to be set. A key that does not exist is refused, with the line.\n\n"
        "```toml\n[server]\nlisten = [\"tls://0.0.0.0:443\"]\ncertificate_file = \"/etc/tertulia/fullchain.pem\"\n"
        "key_file = \"/etc/tertulia/key.pem\"\n```\n\n"
        "The same by environment, lists with commas: `TERTULIA__SERVER__LISTEN=tls://0.0.0.0:443`; and on the command\n"
        "line: `--set server.listen=tls://0.0.0.0:443`. A secret `x` can stand in a file of its own: `x_file`.\n"
        "`tertulia-server --print-config` shows what is in force.\n\n"
        "Durations are written as `500ms`, `15s`, `10min`, `2h` or `14d`.\n");
    QString section;
    for (const Setting &setting : settingsTable()) {
        if (setting.section != section) {
            section = setting.section;
            out += QStringLiteral("\n## [%1]\n\n| setting | default | unit | what it does |\n|---|---|---|---|\n")
                       .arg(section);
        }
        out += QStringLiteral("| `%1` | `%2` | %3 | %4 |\n")
                   .arg(setting.key, tomlValue(setting, defaults), setting.unit.isEmpty() ? setting.type : setting.unit,
                        setting.description);
    }
    return out;
}

} // namespace Tertulia::Server
