// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The floor of scripts/bench-client: a window of Qt Quick Controls with a label, a button and a field, and nothing
// else.
#include <QGuiApplication>
#include <QQmlApplicationEngine>

int main(int argc, char **argv)
{
    const QGuiApplication app(argc, argv);
    QQmlApplicationEngine engine;
    engine.load(QUrl(QStringLiteral("qrc:/barewindow/Bare.qml")));
    return engine.rootObjects().isEmpty() ? 1 : QGuiApplication::exec();
}
