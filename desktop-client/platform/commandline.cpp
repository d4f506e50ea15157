// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/commandline.h"

#include "platform/profile.h"

#include <QCommandLineParser>
#include <QCoreApplication>

namespace Tertulia::Desktop {

using namespace Qt::StringLiterals;

namespace {

QString helpOf(const QCommandLineParser &parser, const QStringList &arguments)
{
    // The parser asks the application for the program's name.
    QByteArray name = arguments.value(0).toLocal8Bit();
    char *words[] = {name.data(), nullptr};
    int count = 1;
    std::optional<QCoreApplication> application;
    if (!QCoreApplication::instance())
        application.emplace(count, words);
    return parser.helpText().trimmed();
}

} // namespace

Result<CommandLine> CommandLine::parse(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(u"Tertulia, a messenger of your own."_s);
    const QCommandLineOption help = parser.addHelpOption();
    const QCommandLineOption version = parser.addVersionOption();
    parser.addOptions({
        {u"profile"_s, u"Keep accounts, settings and the window apart from those of other profiles."_s, u"name"_s},
        {u"minimized"_s, u"Start in the tray, or as a minimized window where there is none."_s},
        {u"server"_s, u"Begin signing in with this server's address."_s, u"address"_s},
        {u"gallery"_s, u"Show every page and control on made-up data, without a server; PAGE: begin with that one."_s},
        {u"data-dir"_s, u"Keep everything in this folder instead of your home folder."_s, u"folder"_s},
    });
    parser.addPositionalArgument(u"page"_s, u"With --gallery: the page to begin with."_s, u"[page]"_s);

    CommandLine line;
    if (!parser.parse(arguments))
        return failure(Error::invalid({}, parser.errorText()));
    if (parser.isSet(version)) {
        line.notice = u"tertulia "_s + QCoreApplication::applicationVersion();
        return line;
    }
    if (parser.isSet(help)) {
        line.notice = helpOf(parser, arguments);
        return line;
    }
    line.profile = parser.value(u"profile"_s);
    if (parser.isSet(u"profile"_s) && !Profile::isValidName(line.profile))
        return failure(Error::invalid(
            u"profile"_s,
            u"'%1' is no name for a profile: up to 40 letters, digits, '-', '_' and '.'"_s.arg(line.profile)));
    line.dataDir = parser.value(u"data-dir"_s);
    if (parser.isSet(u"data-dir"_s) && line.dataDir.isEmpty())
        return failure(Error::invalid(u"data-dir"_s, u"--data-dir needs a folder"_s));
    line.server = parser.value(u"server"_s);
    line.isMinimized = parser.isSet(u"minimized"_s);
    const QStringList rest = parser.positionalArguments();
    const bool isGallery = parser.isSet(u"gallery"_s);
    if (rest.size() > (isGallery ? 1 : 0))
        return failure(Error::invalid({}, u"'%1' is not understood; see --help"_s.arg(rest.last())));
    if (isGallery)
        line.galleryPage = rest.isEmpty() ? QString() : rest.first();
    return line;
}

} // namespace Tertulia::Desktop
