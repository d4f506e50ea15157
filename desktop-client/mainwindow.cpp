// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "mainwindow.h"

#include "controls/textfieldaccessible.h"
#include "viewmodels/shell/applicationviewmodel.h"

#include <QEvent>
#include <QGuiApplication>
#include <QQuickWindow>

namespace Tertulia::Desktop {

using namespace Qt::StringLiterals;

MainWindow::MainWindow(ViewModels::ApplicationViewModel &application, QString configDir, QObject *parent)
    : QObject(parent)
    , m_application(application)
    , m_configDir(std::move(configDir))
{
    installTextFieldAccessible();
    m_engine.addImportPath(u":/qt/qml"_s);
    connect(&m_engine, &QQmlEngine::quit, this, &MainWindow::quitRequested);
}

MainWindow::~MainWindow() = default;

bool MainWindow::load(bool isSystemDark)
{
    m_engine.setInitialProperties({{u"application"_s, QVariant::fromValue(&m_application)},
                                   {u"systemDark"_s, isSystemDark},
                                   {u"visible"_s, false}});
    m_engine.load(QUrl(u"qrc:/qt/qml/Tertulia/Shell/Main.qml"_s));
    m_window =
        m_engine.rootObjects().isEmpty() ? nullptr : qobject_cast<QQuickWindow *>(m_engine.rootObjects().constFirst());
    if (!m_window)
        return false;
    m_window->installEventFilter(this);
    m_keys = std::make_unique<KeysByPlace>(m_window);
    m_place = std::make_unique<WindowPlace>(m_configDir, u"main"_s, m_window);
    // The frame is swapped on the render thread; the first one is told on ours.
    connect(m_window, &QQuickWindow::frameSwapped, this, &MainWindow::firstFrameShown,
            Qt::ConnectionType(Qt::QueuedConnection | Qt::SingleShotConnection));
    return true;
}

bool MainWindow::isVisible() const
{
    return m_window && m_window->isVisible() && m_window->visibility() != QWindow::Minimized;
}

void MainWindow::show()
{
    if (m_wasShown && m_window->isVisible() && m_window->visibility() != QWindow::Minimized)
        return;
    m_wasShown = true;
    if (m_place->isMaximized())
        m_window->showMaximized();
    else
        m_window->showNormal();
}

void MainWindow::showMinimized()
{
    m_wasShown = true;
    m_window->showMinimized();
}

void MainWindow::hide()
{
    m_window->hide();
}

void MainWindow::raise(const QByteArray &activationToken)
{
    show();
    // Wayland lets only those to the front who can show such a token; Qt's plugin looks for it there.
    if (!activationToken.isEmpty())
        qputenv("XDG_ACTIVATION_TOKEN", activationToken);
    m_window->raise();
    m_window->requestActivate();
}

void MainWindow::toggle()
{
    if (isVisible() && m_window->isActive())
        hide();
    else
        raise();
}

void MainWindow::setSystemDark(bool isDark)
{
    if (m_window)
        m_window->setProperty("systemDark", isDark);
}

bool MainWindow::eventFilter(QObject *object, QEvent *event)
{
    // At the end of the session the desktop closes windows and waits for it: no place for a tray.
    if (object == m_window && event->type() == QEvent::Close && !qGuiApp->isSavingSession()) {
        event->ignore();
        Q_EMIT closeRequested();
        return true;
    }
    return QObject::eventFilter(object, event);
}

} // namespace Tertulia::Desktop
