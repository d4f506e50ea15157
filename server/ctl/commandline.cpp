// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ctl/commandline.h"

#include <QCommandLineParser>

namespace Tertulia::Server::Ctl {

using namespace Qt::StringLiterals;

namespace {

struct Command
{
    const char16_t *words;
    int names; ///< how many further words it takes
    QStringList options; ///< besides those of every command
};

const std::vector<Command> &commands()
{
    static const QStringList passwords{u"password-stdin"_s, u"password-file"_s, u"random-password"_s};
    static const std::vector<Command> all = {
        {u"user add", 1, passwords + QStringList{u"full-name"_s, u"email"_s, u"role"_s}},
        {u"user list", 0, {u"json"_s}},
        {u"user passwd", 1, passwords},
        {u"user role", 2, {}},
        {u"user disable", 1, {}},
        {u"user enable", 1, {}},
        {u"doctor", 0, {}},
        {u"backup", 1, {}},
    };
    return all;
}

Error usage(const QString &what)
{
    return Error::invalid(u"arguments"_s, what + u". See tertulia-ctl --help."_s);
}

Result<void> checkWords(const QStringList &words, const QStringList &options)
{
    if (words.isEmpty())
        return failure(usage(u"Say what to do, such as 'user list'"_s));
    const QString joined = words.join(u' ');
    for (const Command &command : commands()) {
        const QString name = QString::fromUtf16(command.words);
        if (joined != name && !joined.startsWith(name + u' '))
            continue;
        const auto further = words.size() - name.split(u' ').size();
        if (further != command.names) {
            return failure(usage(u"'%1' takes %2 further word(s), not %3"_s.arg(name).arg(command.names).arg(further)));
        }
        for (const QString &option : options) {
            if (!command.options.contains(option))
                return failure(usage(u"'%1' has no option --%2"_s.arg(name, option)));
        }
        return {};
    }
    return failure(usage(u"There is no command '%1'"_s.arg(words.mid(0, 2).join(u' '))));
}

} // namespace

Result<CommandLine> readCommandLine(const QStringList &arguments)
{
    QCommandLineParser parser;
    const auto flag = [](const QStringList &names) { return QCommandLineOption(names); };
    const auto value = [](const QString &name) { return QCommandLineOption(name, {}, u"value"_s); };
    const QList<QCommandLineOption> everywhere{value(u"config"_s), value(u"data-dir"_s), value(u"set"_s),
                                               flag({u"h"_s, u"help"_s}), flag({u"v"_s, u"version"_s})};
    const QList<QCommandLineOption> special{value(u"full-name"_s),     value(u"email"_s),
                                            value(u"role"_s),          flag({u"password-stdin"_s}),
                                            value(u"password-file"_s), flag({u"random-password"_s}),
                                            flag({u"json"_s})};
    parser.addOptions(everywhere);
    parser.addOptions(special);
    if (!parser.parse(QStringList{u"tertulia-ctl"_s} + arguments))
        return failure(usage(parser.errorText().chopped(parser.errorText().endsWith(u'.') ? 1 : 0)));

    CommandLine line;
    line.wantsHelp = parser.isSet(u"help"_s);
    line.wantsVersion = parser.isSet(u"version"_s);
    if (line.wantsHelp || line.wantsVersion)
        return line;
    line.words = parser.positionalArguments();
    QStringList given;
    for (const QCommandLineOption &option : special) {
        if (parser.isSet(option))
            given.append(option.names().constFirst());
    }
    if (auto good = checkWords(line.words, given); !good)
        return failure(good.error());
    line.sources.file = parser.value(u"config"_s);
    line.sources.environment = QProcessEnvironment::systemEnvironment();
    line.sources.assignments = parser.values(u"set"_s);
    if (parser.isSet(u"data-dir"_s))
        line.sources.assignments.append(u"server.data_dir="_s + parser.value(u"data-dir"_s));
    line.fullName = parser.value(u"full-name"_s);
    line.email = parser.value(u"email"_s);
    line.role = parser.value(u"role"_s);
    line.passwordFromInput = parser.isSet(u"password-stdin"_s);
    line.passwordFile = parser.value(u"password-file"_s);
    line.makePassword = parser.isSet(u"random-password"_s);
    line.asJson = parser.isSet(u"json"_s);
    if (int(line.passwordFromInput) + int(!line.passwordFile.isEmpty()) + int(line.makePassword) > 1)
        return failure(usage(u"Only one of --password-stdin, --password-file and --random-password goes"_s));
    return line;
}

QString helpText()
{
    return u"Usage: tertulia-ctl [--config FILE] [--data-dir FOLDER] [--set SECTION.KEY=VALUE] COMMAND\n"
           "\n"
           "Looks after a Tertulia server from a shell, while it runs or not. A running server follows within a "
           "second\n"
           "or two.\n"
           "\n"
           "People (USER is a username, an e-mail address or an id):\n"
           "  user add USERNAME [--full-name NAME] [--email ADDRESS] [--role ROLE] [PASSWORD]\n"
           "  user list [--json]\n"
           "  user passwd USER [PASSWORD]   sets a password and ends all sessions\n"
           "  user role USER ROLE           ROLE: user, moderator, admin\n"
           "  user disable USER             ends all sessions; nothing is deleted\n"
           "  user enable USER\n"
           "\n"
           "The server:\n"
           "  doctor                        checks settings, files, keys, disk and the whole database\n"
           "  backup FOLDER                 copies database, keys and configuration into a new folder\n"
           "\n"
           "PASSWORD: asked for at a terminal; else one of\n"
           "  --password-stdin              the first line of standard input\n"
           "  --password-file FILE          the first line of a file\n"
           "  --random-password             makes one and prints it\n"
           "\n"
           "Exit status: 0 done; 1 failed, or doctor found a problem; 2 wrong command line or configuration.\n"_s;
}

} // namespace Tertulia::Server::Ctl
