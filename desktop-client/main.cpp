// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "application.h"
#include "platform/singleinstance.h"
#include "platform/startup.h"
#include "startfailure.h"

#include <QDir>
#include <QFile>
#include <QGuiApplication>
#include <QQuickWindow>

#include <cstdio>
#include <unistd.h>

using namespace Tertulia;
using namespace Tertulia::Desktop;
using namespace Qt::StringLiterals;

namespace {

constexpr int failed = 1;
constexpr int noDisplay = 2;

int complain(const QString &text, int code = failed)
{
    std::fprintf(stderr, "tertulia: %s\n", qPrintable(text));
    return code;
}

void nameProgram()
{
    QCoreApplication::setApplicationName(u"tertulia"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(TERTULIA_VERSION));
}

QStringList argumentsOf(int argc, char **argv)
{
    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments += QString::fromLocal8Bit(argv[i]);
    return arguments;
}

/// Becomes the gallery, which is a program of its own: it has made-up view models under the names of the real ones.
int becomeGallery(int argc, char **argv, const QString &page)
{
    const QCoreApplication early(argc, argv);
    const QByteArray program = QFile::encodeName(QCoreApplication::applicationDirPath() + u"/tertulia-gallery"_s);
    const QByteArray name = page.toLocal8Bit();
    ::execl(program.constData(), "tertulia-gallery", page.isEmpty() ? nullptr : name.constData(), nullptr);
    return complain(u"the gallery (%1) is not there: it comes with the sources, not with every package"_s.arg(
        QFile::decodeName(program)));
}

QByteArray takeActivationToken()
{
    for (const char *name : {"XDG_ACTIVATION_TOKEN", "DESKTOP_STARTUP_ID"}) {
        if (const QByteArray token = qgetenv(name); !token.isEmpty())
            return token;
    }
    return {};
}

/// For the terminal and for whoever sees none.
int fail(const Error &why)
{
    const int code = complain(why.message);
    showStartFailure(why);
    return code;
}

int runApplication(int argc, char **argv, const CommandLine &line, const Result<Desktop::Profile> &profile)
{
    explainFailingDisplay();
    QQuickWindow::setTextRenderType(QQuickWindow::NativeTextRendering);
    const QGuiApplication gui(argc, argv);
    displayIsOpen();
    QGuiApplication::setApplicationDisplayName(u"Tertulia"_s);
    QGuiApplication::setDesktopFileName(u"tertulia"_s);

    if (!profile)
        return fail(profile.error());
    SingleInstance instance(*profile);
    switch (instance.begin(takeActivationToken())) {
    case SingleInstance::Outcome::Handed:
        return 0;
    case SingleInstance::Outcome::Silent:
        return complain(instance.why());
    case SingleInstance::Outcome::Failed:
        return fail(Error{.code = ErrorCode::Unavailable,
                          .reason = {},
                          .message = instance.why(),
                          .field = profile->dataDir,
                          .retryAfterSeconds = 0});
    case SingleInstance::Outcome::First:
        break;
    }
    Application application(*profile);
    QObject::connect(&instance, &SingleInstance::raiseRequested, &application, &Application::raise);
    if (const auto started = application.start(line); !started)
        return complain(started.error().message);
    return QGuiApplication::exec();
}

} // namespace

int main(int argc, char **argv)
{
    nameProgram();
    // One application object in a process: when a first one goes, Qt forgets what a screen reader needs, for good
    // (QAccessible::cleanup is a post routine). So what needs no display makes its own, and ends with it.
    const auto line = CommandLine::parse(argumentsOf(argc, argv));
    if (!line)
        return complain(line.error().message);
    if (!line->notice.isEmpty()) {
        std::printf("%s\n", qPrintable(line->notice));
        return 0;
    }
    if (const QString why = whyNoDisplay(); !why.isEmpty())
        return complain(why, noDisplay);
    if (line->galleryPage)
        return becomeGallery(argc, argv, *line->galleryPage);
    return runApplication(argc, argv, *line, Desktop::Profile::open(line->profile, line->dataDir));
}
