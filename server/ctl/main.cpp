// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/filemodes.h"
#include "ctl/backup.h"
#include "ctl/doctor.h"
#include "ctl/usercommands.h"

#include <QCoreApplication>
#include <QDir>

#include <cstdio>

using namespace Tertulia;
using namespace Tertulia::Server;
using namespace Tertulia::Server::Ctl;
using namespace Qt::StringLiterals;

namespace {

int fail(const Error &error, Exit code)
{
    std::fprintf(stderr, "tertulia-ctl: %s\n", error.message.toUtf8().constData());
    return int(code);
}

/// Mistakes in what was typed or configured are told apart from what could not be done.
Exit codeOf(const Error &error)
{
    return error.field == u"arguments"_s ? Exit::Usage : Exit::Failed;
}

int run(const CommandLine &line)
{
    if (line.wantsHelp || line.wantsVersion) {
        std::printf("%s", line.wantsHelp ? helpText().toUtf8().constData() : "tertulia-ctl " TERTULIA_VERSION "\n");
        return int(Exit::Done);
    }
    auto config = loadConfig(line.sources);
    if (!config)
        return fail(config.error(), Exit::Usage);
    if (config->dataFolder.isEmpty()) {
        return fail(Error::invalid(u"arguments"_s, u"Say where the server keeps its data: --data-dir FOLDER."_s),
                    Exit::Usage);
    }
    config->dataFolder = QDir(config->dataFolder).absolutePath();
    if (line.words.constFirst() == u"doctor"_s)
        return int(runDoctor(*config) ? Exit::Done : Exit::Failed);
    const auto done = line.words.constFirst() == u"backup"_s
        ? runBackup(*config, line.sources.file, line.words.value(1))
        : runUserCommand(line, *config);
    return done ? int(Exit::Done) : fail(done.error(), codeOf(done.error()));
}

} // namespace

int main(int argc, char **argv)
{
    FileModes::keepNewFilesPrivate();
    const QCoreApplication application(argc, argv);
    const auto line = readCommandLine(QCoreApplication::arguments().mid(1));
    return line ? run(*line) : fail(line.error(), Exit::Usage);
}
