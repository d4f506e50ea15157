// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/filemodes.h"
#include "app/logwriter.h"
#include "app/serverapplication.h"
#include "app/signalwatcher.h"
#include "base/logging.h"

#include <QCommandLineParser>
#include <QCoreApplication>

#include <cstdio>
#include <malloc.h>
#include <sys/resource.h>

using namespace Tertulia;
using namespace Tertulia::Server;
using namespace Qt::StringLiterals;

namespace {

struct CommandLine
{
    ConfigSources sources;
    bool withDemoData = false;
    bool printConfig = false;
};

CommandLine readCommandLine(const QCoreApplication &application)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(u"Tertulia, a messenger of your own."_s);
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addOptions({
        {u"config"_s, u"Read settings from this TOML file."_s, u"file"_s},
        {u"data-dir"_s, u"Where everything the server keeps is; made when it is not there."_s, u"folder"_s},
        {u"listen"_s, u"Listen there and nowhere else; port 0 takes a free one. May be repeated."_s, u"address:port"_s},
        {u"set"_s, u"One setting; wins over file and environment. May be repeated."_s, u"section.key=value"_s},
        {u"demo"_s, u"Add three demo people with a little history, unless they are there."_s},
        {u"print-config"_s, u"Print the settings in force, without secrets, and end."_s},
    });
    parser.process(application);
    CommandLine line;
    line.sources.file = parser.value(u"config"_s);
    line.sources.environment = QProcessEnvironment::systemEnvironment();
    line.sources.assignments = parser.values(u"set"_s);
    if (parser.isSet(u"data-dir"_s))
        line.sources.assignments.append(u"server.data_dir="_s + parser.value(u"data-dir"_s));
    if (parser.isSet(u"listen"_s))
        line.sources.assignments.append(u"server.listen="_s + parser.values(u"listen"_s).join(u','));
    line.withDemoData = parser.isSet(u"demo"_s);
    line.printConfig = parser.isSet(u"print-config"_s);
    return line;
}

/// A chat server holds many quiet connections: let it have the descriptors, and no more memory than it uses.
void prepareProcess()
{
#ifdef __GLIBC__
    // One arena for each thread would keep what each thread once needed.
    mallopt(M_ARENA_MAX, 2);
    // A page of history passes through buffers of some 100 KB. Giving them back to the kernel after each request costs
    // more than making the page: faults, and an interrupt to every core that shares the address space.
    mallopt(M_TRIM_THRESHOLD, 4 * 1024 * 1024);
    mallopt(M_MMAP_THRESHOLD, 4 * 1024 * 1024);
#endif
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < limit.rlim_max) {
        limit.rlim_cur = limit.rlim_max;
        ::setrlimit(RLIMIT_NOFILE, &limit);
    }
    FileModes::keepNewFilesPrivate();
    // Qt's own event loop: GLib's walks a list on every wake-up.
    qputenv("QT_NO_GLIB", "1");
}

int fail(const Error &error)
{
    std::fprintf(stderr, "tertulia-server: %s\n", qPrintable(error.message));
    return 1;
}

} // namespace

int main(int argc, char **argv)
{
    prepareProcess();
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(u"tertulia-server"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(TERTULIA_VERSION));
    const CommandLine line = readCommandLine(application);
    const Result<Config> config = loadConfig(line.sources);
    if (!config)
        return fail(config.error());
    if (line.printConfig) {
        std::printf("%s", qPrintable(printConfig(*config)));
        return 0;
    }
    installLogWriter(config->logFormat, config->logLevel, config->logLinesPerSecond);

    ServerApplication server(*config);
    bool isStopping = false;
    const SignalWatcher signalWatcher(
        [&] {
            if (std::exchange(isStopping, true))
                return QCoreApplication::exit(1); // asked twice: now
            server.stop([] { QCoreApplication::quit(); });
        },
        [&] { server.reloadTls(); });
    if (const Result<void> started = server.start(line.withDemoData); !started)
        return fail(started.error());
    for (const QString &url : server.urls())
        std::printf("listening on %s\n", qPrintable(url));
    std::fflush(stdout);
    return QCoreApplication::exec();
}
