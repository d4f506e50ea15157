// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "platform/keysbyplace.h"
#include "platform/windowplace.h"

#include <QObject>
#include <QQmlApplicationEngine>

#include <memory>

class QQuickWindow;

namespace Tertulia::ViewModels {
class ApplicationViewModel;
}

namespace Tertulia::Desktop {

/// The one window: loads the shell, shows, hides and raises it. What closing it means is decided by who owns this.
class MainWindow : public QObject
{
    Q_OBJECT

public:
    MainWindow(ViewModels::ApplicationViewModel &application, QString configDir, QObject *parent = nullptr);
    ~MainWindow() override;

    /// False: the interface cannot be loaded; Qt has said why on the standard error stream.
    [[nodiscard]] bool load(bool isSystemDark);

    void show();
    void showMinimized();
    void hide();
    /// Shows it and asks the desktop to bring it to the front.
    void raise(const QByteArray &activationToken = {});
    /// A click on the tray: away when it is in front, else to the front.
    void toggle();

    void setSystemDark(bool isDark);
    void retranslate() { m_engine.retranslate(); }
    [[nodiscard]] bool isVisible() const;

Q_SIGNALS:
    void closeRequested(); ///< by its frame's button or a key; it is still open
    void quitRequested(); ///< by the interface
    void firstFrameShown();

protected:
    bool eventFilter(QObject *object, QEvent *event) override;

private:
    ViewModels::ApplicationViewModel &m_application;
    const QString m_configDir;
    QQmlApplicationEngine m_engine;
    QQuickWindow *m_window = nullptr; ///< the engine's
    std::unique_ptr<WindowPlace> m_place;
    std::unique_ptr<KeysByPlace> m_keys;
    bool m_wasShown = false;
};

} // namespace Tertulia::Desktop
