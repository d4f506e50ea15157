// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "e2e/desktop/photographer.h"

#include <QSettings>
#include <QTest>

namespace Tertulia::Test {

using namespace Qt::StringLiterals;

namespace {

constexpr QSize largest{1000, 720}; // as the window is when it was never sized
constexpr int besideIt = 400; // for notifications
constexpr int betweenFramesMs = 50;
constexpr int mostFrames = 60;
constexpr int step = 7; // of the pixels that are looked at

} // namespace

std::optional<Look> Look::named(const QString &name)
{
    for (const bool isDark : {false, true}) {
        for (const int percent : {100, 200}) {
            if (const Look look{isDark, percent}; look.name() == name)
                return look;
        }
    }
    return std::nullopt;
}

QString Look::name() const
{
    return (isDark ? u"dark-%1"_s : u"light-%1"_s).arg(percent);
}

Photographer::Photographer(DesktopClient &client, const Look &look, const QString &folder)
    : m_client(client)
    , m_look(look)
    , m_folder(folder)
    , m_window(largest)
{
}

QByteArray Photographer::screen() const
{
    return u"%1x%2x24"_s.arg(m_look.onScreen(largest.width()) + besideIt)
        .arg(m_look.onScreen(largest.height()))
        .toLatin1();
}

void Photographer::chooseLook()
{
    QDir().mkpath(m_client.configFolder());
    QSettings settings(m_client.configFolder() + u"/settings.ini"_s, QSettings::IniFormat);
    settings.setValue(u"appearance/theme"_s, m_look.isDark ? u"dark"_s : u"light"_s);
    m_client.setVariable(u"QT_SCALE_FACTOR"_s, QString::number(m_look.percent / 100.0));
}

void Photographer::sizes(const QSize &window)
{
    m_window = window;
    m_client.hand({u"windowmove"_s, u"0"_s, u"0"_s, u"windowsize"_s, QString::number(m_look.onScreen(window.width())),
                   QString::number(m_look.onScreen(window.height()))});
}

void Photographer::points(const QPoint &place)
{
    m_client.hand(
        {u"mousemove"_s, QString::number(m_look.onScreen(place.x())), QString::number(m_look.onScreen(place.y()))});
}

QImage Photographer::frame()
{
    const QString file = m_darkroom.filePath(u"frame.bmp"_s); // no time is lost with making it small
    const QSize size(m_look.onScreen(m_window.width()), m_look.onScreen(m_window.height()));
    return m_client.photographs(size, file) ? QImage(file) : QImage();
}

QString Photographer::takes(const QString &place)
{
    // What fades in or is scrolled is not there yet; a caret that blinks lets two frames be the same, too.
    QImage picture = frame();
    for (int i = 0; i < mostFrames; ++i) {
        QTest::qWait(betweenFramesMs);
        QImage next = frame();
        const bool isStill = next == picture;
        picture = std::move(next);
        if (isStill)
            break;
    }
    const QString file = m_folder.filePath(m_look.name() + u'-' + place + u".png"_s);
    if (!picture.isNull() && !picture.save(file))
        return file + u" cannot be written"_s;
    const QString why = wrongIn(picture);
    return why.isEmpty() ? why : place + u": "_s + why + u'\n' + m_client.report();
}

QString Photographer::wrongIn(const QImage &picture) const
{
    if (picture.isNull())
        return u"no picture could be taken"_s;
    const QRgb first = picture.pixel(0, 0);
    bool isOfOneColour = true;
    qint64 light = 0, count = 0;
    for (int y = 0; y < picture.height(); y += step) {
        for (int x = 0; x < picture.width(); x += step, ++count) {
            const QRgb colour = picture.pixel(x, y);
            isOfOneColour = isOfOneColour && colour == first;
            light += qGray(colour);
        }
    }
    if (isOfOneColour)
        return u"all of one colour"_s;
    constexpr int middle = 128;
    return (light / count < middle) == m_look.isDark ? QString() : u"not of the theme that was chosen"_s;
}

} // namespace Tertulia::Test
