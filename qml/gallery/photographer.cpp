// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gallery/photographer.h"

#include <QCoreApplication>
#include <QImage>
#include <QQuickWindow>

#include <chrono>

namespace Tertulia {

using namespace std::chrono_literals;

Photographer::Photographer(QQuickWindow *window, QObject *gallery, QString folder, QString suffix, QStringList stories)
    : m_window(window)
    , m_gallery(gallery)
    , m_folder(folder)
    , m_suffix(std::move(suffix))
    , m_stories(std::move(stories))
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(250ms);
    connect(&m_timer, &QTimer::timeout, this, &Photographer::take);
}

void Photographer::begin()
{
    m_folder.mkpath(QStringLiteral("."));
    next();
}

void Photographer::next()
{
    if (m_stories.isEmpty()) {
        QCoreApplication::exit(0);
        return;
    }
    m_gallery->setProperty("current", m_stories.constFirst());
    const QSize size = m_gallery->property("storySize").toSizeF().toSize();
    m_window->resize(size);
    m_timer.start();
}

void Photographer::take()
{
    const QString name = m_stories.takeFirst() + m_suffix + QStringLiteral(".png");
    if (!m_window->grabWindow().save(m_folder.filePath(name))) {
        qCritical("could not write %s", qPrintable(m_folder.filePath(name)));
        QCoreApplication::exit(1);
        return;
    }
    next();
}

} // namespace Tertulia
