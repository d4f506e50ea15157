// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/messageformatter.h"

#include <QFile>
#include <QGuiApplication>
#include <QImage>
#include <QProcess>
#include <QQmlEngine>
#include <QQuickItem>
#include <QQuickView>
#include <QTemporaryDir>
#include <QTest>

using namespace Tertulia;
using namespace Qt::StringLiterals;

namespace {

constexpr int cell = 96; // of EmojiPicture.qml
enum Row { Reference, Message, Label, Field, Unaided, Rows };

const QStringList samples{u"👍"_s,
                          u"😀"_s,
                          u"❤️"_s,
                          u"☺️"_s,
                          u"1️⃣"_s,
                          u"#️⃣"_s,
                          u"🇩🇪"_s,
                          u"👍🏽"_s,
                          u"👨‍❤️‍👨"_s,
                          u"👩‍👩‍👧‍👦"_s,
                          u"👩🏽‍🚀"_s,
                          u"🏳️‍🌈"_s,
                          u"⚽"_s,
                          u"©️"_s};

const QStringList greys{u"👩‍👩‍👧‍👦"_s, u"⚽"_s, u"©️"_s}; // in the colour font, too

/// What another process of this program does: one picture with the fonts of its environment.
int draw(const QString &file)
{
    QQuickWindow::setTextRenderType(QQuickWindow::NativeTextRendering);
    QQuickView view;
    view.engine()->addImportPath(u":/qt/qml"_s);
    QVariantList pairs;
    for (const auto &sample : samples)
        pairs << QVariant(QVariantList{sample, MessageFormatter::format(sample).text});
    view.setInitialProperties({{u"samples"_s, pairs}});
    view.setSource(QUrl::fromLocalFile(QStringLiteral(TERTULIA_TEST_FOLDER "/EmojiPicture.qml")));
    view.show();
    return QTest::qWaitForWindowExposed(&view) && view.grabWindow().save(file) ? 0 : 1;
}

QStringList installed(const QString &pattern)
{
    QProcess list;
    list.start(u"fc-list"_s, {u"-f"_s, u"%{file}\n"_s, pattern});
    list.waitForFinished();
    return QString::fromUtf8(list.readAllStandardOutput()).split(u'\n', Qt::SkipEmptyParts);
}

/// The ink, without what is empty around it.
QImage inkOf(const QImage &picture, qsizetype sample, int row)
{
    const QImage part = picture.copy(cell * int(sample), cell * row, cell, cell).convertToFormat(QImage::Format_RGB32);
    QRect ink;
    for (int y = 0; y < cell; ++y) {
        for (int x = 0; x < cell; ++x) {
            if (part.pixel(x, y) != qRgb(255, 255, 255))
                ink |= QRect(x, y, 1, 1);
        }
    }
    return part.copy(ink);
}

bool isColoured(const QImage &ink)
{
    int coloured = 0;
    for (int y = 0; y < ink.height(); ++y) {
        for (int x = 0; x < ink.width(); ++x)
            coloured += ink.pixelColor(x, y).hsvSaturation() > 100 ? 1 : 0;
    }
    return coloured > 20;
}

} // namespace

/// Emoji look the same whatever other fonts are installed: in colour, and what belongs together as one.
class TestEmojiFonts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyEmoji_isInColourAndWhole_data()
    {
        QTest::addColumn<QStringList>("fonts");
        QTest::addColumn<QString>("first");
        const auto emoji = installed(u":family=Noto Color Emoji"_s);
        const auto dejavu = installed(u":family=DejaVu Sans"_s);
        const auto noto = installed(u":family=Noto Sans"_s) + installed(u":family=Noto Sans Symbols"_s)
            + installed(u":family=Noto Sans Symbols2"_s);
        QVERIFY2(!emoji.isEmpty() && !dejavu.isEmpty() && noto.size() > 2,
                 "needs fonts-noto-color-emoji, fonts-dejavu-core and fonts-noto-core");
        QTest::newRow("DejaVu") << dejavu + emoji << u"DejaVu Sans"_s;
        QTest::newRow("Noto Core") << noto + emoji << u"Noto Sans"_s;
        QTest::newRow("both") << dejavu + noto + emoji << u"DejaVu Sans"_s;
    }
    void everyEmoji_isInColourAndWhole()
    {
        QFETCH(const QStringList, fonts);
        QFETCH(const QString, first);
        const QImage picture = pictureWith(fonts, first);
        QCOMPARE(picture.size(), QSize(cell * int(samples.size()), cell * Rows));
        bool isBlackUnaided = false;
        for (qsizetype i = 0; i < samples.size(); ++i) {
            const auto reference = inkOf(picture, i, Reference);
            QVERIFY2(isColoured(reference) || greys.contains(samples.at(i)), qPrintable(samples.at(i)));
            QVERIFY2(reference.width() * 2 < reference.height() * 3, qPrintable(samples.at(i) + u" is not whole"_s));
            for (const int row : {Message, Label, Field})
                QVERIFY2(inkOf(picture, i, row) == reference,
                         qPrintable(samples.at(i) + u" looks otherwise in row "_s + QString::number(row)));
            isBlackUnaided = isBlackUnaided || inkOf(picture, i, Unaided) != reference;
        }
        QVERIFY(isBlackUnaided); // or these fonts prove nothing
    }

private:
    QImage pictureWith(const QStringList &fonts, const QString &first)
    {
        const QTemporaryDir folder;
        QFile config(folder.filePath(u"fonts.conf"_s));
        if (!config.open(QIODevice::WriteOnly))
            return {};
        QDir(folder.path()).mkdir(u"fonts"_s);
        for (const auto &font : fonts)
            QFile::link(font, folder.filePath(u"fonts/"_s + QFileInfo(font).fileName()));
        config.write(u"<?xml version='1.0'?><fontconfig><dir>%1/fonts</dir><cachedir>%1/cache</cachedir><alias>"
                     "<family>sans-serif</family><prefer><family>%2</family></prefer></alias></fontconfig>"_s
                         .arg(folder.path(), first)
                         .toUtf8());
        config.close();
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"FONTCONFIG_FILE"_s, config.fileName());
        QProcess other;
        other.setProcessEnvironment(environment);
        other.setProcessChannelMode(QProcess::ForwardedChannels);
        other.start(QCoreApplication::applicationFilePath(), {u"--draw"_s, folder.filePath(u"picture.png"_s)});
        other.waitForFinished(60'000);
        const QImage picture(folder.filePath(u"picture.png"_s));
        if (const auto kept = qEnvironmentVariable("TERTULIA_KEEP_PICTURES"); !kept.isEmpty())
            (void)picture.save(kept + u'/' + QString::fromLatin1(QTest::currentDataTag()) + u".png"_s);
        return picture;
    }
};

int main(int argc, char **argv)
{
    const QGuiApplication application(argc, argv);
    if (argc == 3 && qstrcmp(argv[1], "--draw") == 0)
        return draw(QString::fromLocal8Bit(argv[2]));
    TestEmojiFonts test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_emojifonts.moc"
