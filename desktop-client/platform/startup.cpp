// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/startup.h"

#include <QtGlobal>

#include <cstdio>
#include <cstdlib>

namespace Tertulia::Desktop {

using namespace Qt::StringLiterals;

namespace {

QtMessageHandler previousHandler = nullptr;

void handleMessage(QtMsgType type, const QMessageLogContext &context, const QString &text)
{
    if (type == QtFatalMsg) {
        std::fprintf(stderr, "tertulia: the display %s cannot be opened: is it running, and may this user use it?\n",
                     qPrintable(qEnvironmentVariable("DISPLAY", qEnvironmentVariable("WAYLAND_DISPLAY"))));
        std::_Exit(2);
    }
    previousHandler(type, context, text);
}

} // namespace

QString whyNoDisplay()
{
    for (const char *name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}) {
        if (!qEnvironmentVariableIsEmpty(name))
            return {};
    }
    return u"there is no display to open a window on (neither DISPLAY nor WAYLAND_DISPLAY is set)"_s;
}

void explainFailingDisplay()
{
    previousHandler = qInstallMessageHandler(handleMessage);
}

void displayIsOpen()
{
    qInstallMessageHandler(previousHandler);
}

} // namespace Tertulia::Desktop
