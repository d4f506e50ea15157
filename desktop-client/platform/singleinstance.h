// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "platform/profile.h"

#include <QLocalServer>
#include <QLockFile>
#include <QObject>

namespace Tertulia::Desktop {

/// One process a profile: two would write the same cache and send the same messages. The lock file decides who is the
/// first; a socket that only this user can open lets later ones ask the first to show itself.
class SingleInstance : public QObject
{
    Q_OBJECT

public:
    enum class Outcome : quint8 {
        First, ///< we are the one; raiseRequested() may come
        Handed, ///< another one runs and has been asked to show itself
        Silent, ///< another one runs and does not answer
        Failed, ///< the lock cannot be made; see why()
    };

    explicit SingleInstance(const Profile &profile, QObject *parent = nullptr);
    ~SingleInstance() override;

    /// Blocks for a few seconds at most, and only when another process runs.
    /// @param activationToken what the desktop gave us to be allowed to the front; handed on to the first
    [[nodiscard]] Outcome begin(const QByteArray &activationToken = {});
    [[nodiscard]] QString why() const { return m_why; }

Q_SIGNALS:
    void raiseRequested(const QByteArray &activationToken);

private:
    void listen();
    void takeConnection();
    [[nodiscard]] bool askFirst(const QByteArray &activationToken);

    QLockFile m_lock;
    QString m_socketPath;
    QLocalServer m_server;
    QString m_why;
};

} // namespace Tertulia::Desktop
