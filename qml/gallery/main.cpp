// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "controls/textfieldaccessible.h"
#include "gallery/photographer.h"
#include "gallery/pseudolocale.h"

#include <QCommandLineParser>
#include <QGuiApplication>
#include <QQmlApplicationEngine>
#include <QQuickWindow>
#include <QTranslator>

#include <memory>

// Shows the gallery, or (--shots) takes a picture of each of its stories. Left and Right turn the pages.

namespace {

using namespace Tertulia;

std::unique_ptr<QTranslator> translatorFor(const QString &language)
{
    if (language == QLatin1StringView("rtl"))
        return std::make_unique<PseudoLocale>();
    auto translator = std::make_unique<QTranslator>();
    if (language.isEmpty() || !translator->load(QStringLiteral(":/i18n/tertulia_%1.qm").arg(language)))
        return nullptr;
    return translator;
}

QStringList storiesOf(QObject *gallery, const QString &filter)
{
    QStringList names = gallery->property("names").toStringList();
    if (!filter.isEmpty())
        names.removeIf([&filter](const QString &name) { return !name.contains(filter); });
    return names;
}

} // namespace

int main(int argc, char **argv)
{
    QQuickWindow::setTextRenderType(QQuickWindow::NativeTextRendering);
    const QGuiApplication app(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOptions(
        {{QStringLiteral("shots"), QStringLiteral("Take pictures into this folder."), QStringLiteral("folder")},
         {QStringLiteral("suffix"), QStringLiteral("Behind each picture's name."), QStringLiteral("text")},
         {QStringLiteral("dark"), QStringLiteral("Dark colours.")},
         {QStringLiteral("compact"), QStringLiteral("Compact density.")},
         {QStringLiteral("accent"), QStringLiteral("Accent, from 0."), QStringLiteral("index"), QStringLiteral("0")},
         {QStringLiteral("text-scale"), QStringLiteral("Text size."), QStringLiteral("factor"), QStringLiteral("1")},
         {QStringLiteral("language"), QStringLiteral("en, de, or rtl for a made-up one."), QStringLiteral("code")},
         {QStringLiteral("list"), QStringLiteral("Name the stories.")}});
    parser.addPositionalArgument(QStringLiteral("story"),
                                 QStringLiteral("A story, or a part of its name for --shots."));
    parser.process(app);

    const std::unique_ptr<QTranslator> translator = translatorFor(parser.value(QStringLiteral("language")));
    if (translator)
        QCoreApplication::installTranslator(translator.get());
    if (parser.value(QStringLiteral("language")) == QLatin1StringView("rtl"))
        QGuiApplication::setLayoutDirection(Qt::RightToLeft);

    installTextFieldAccessible();
    QQmlApplicationEngine engine;
    engine.addImportPath(QStringLiteral(":/qt/qml"));
    engine.setInitialProperties({{QStringLiteral("dark"), parser.isSet(QStringLiteral("dark"))},
                                 {QStringLiteral("compact"), parser.isSet(QStringLiteral("compact"))},
                                 {QStringLiteral("accent"), parser.value(QStringLiteral("accent")).toInt()},
                                 {QStringLiteral("textScale"), parser.value(QStringLiteral("text-scale")).toDouble()},
                                 {QStringLiteral("still"), parser.isSet(QStringLiteral("shots"))}});
    engine.load(QUrl(QStringLiteral("qrc:/qt/qml/Tertulia/Gallery/GalleryWindow.qml")));
    if (engine.rootObjects().isEmpty())
        return 1;
    auto *window = qobject_cast<QQuickWindow *>(engine.rootObjects().constFirst());
    QObject *gallery = window->property("gallery").value<QObject *>();
    const QString story = parser.positionalArguments().value(0);
    if (parser.isSet(QStringLiteral("list"))) {
        puts(qPrintable(storiesOf(gallery, story).join(u'\n')));
        return 0;
    }
    if (!parser.isSet(QStringLiteral("shots"))) {
        gallery->setProperty("current", story.isEmpty() ? QStringLiteral("shell") : story);
        return QGuiApplication::exec();
    }
    Photographer photographer(window, gallery, parser.value(QStringLiteral("shots")),
                              parser.value(QStringLiteral("suffix")), storiesOf(gallery, story));
    photographer.begin();
    return QGuiApplication::exec();
}
