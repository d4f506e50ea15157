// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDir>
#include <QObject>
#include <QStringList>
#include <QTimer>

class QQuickWindow;

namespace Tertulia {

// Takes one picture of each story, one after the other, and quits. What happens in a page by itself (a menu that opens)
// has a fixed moment to happen.
class Photographer : public QObject
{
    Q_OBJECT

public:
    Photographer(QQuickWindow *window, QObject *gallery, QString folder, QString suffix, QStringList stories);

    void begin();

private:
    void next();
    void take();

    QQuickWindow *m_window;
    QObject *m_gallery;
    QDir m_folder;
    QString m_suffix;
    QStringList m_stories;
    QTimer m_timer;
};

} // namespace Tertulia
