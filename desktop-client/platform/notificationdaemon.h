// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDBusConnection>
#include <QDBusServiceWatcher>
#include <QHash>
#include <QObject>
#include <QStringList>

#include <optional>

namespace Tertulia::Desktop {

/// What a notification says. `key` names what it is about: a later one with the same key replaces it.
struct Notification
{
    QString key;
    QString title;
    QString body; ///< plain text, lines apart by '\n'
    bool canReply = true; ///< offered where the daemon can take a text
};

/// The desktop's notification daemon (Desktop Notifications Specification 1.2), as far as it goes: what it cannot do is
/// left out, and without one nothing happens. Decides nothing: see MessageNotifier for what is worth a notification.
class NotificationDaemon : public QObject
{
    Q_OBJECT

public:
    explicit NotificationDaemon(const QDBusConnection &bus, QObject *parent = nullptr);
    ~NotificationDaemon() override; ///< takes down what is still shown

    void show(const Notification &notification);
    void close(const QString &key);
    void closeAll();

    [[nodiscard]] bool isAvailable() const { return m_capabilities.has_value(); }
    [[nodiscard]] bool has(const QString &capability) const;

Q_SIGNALS:
    /// Clicked: show what it is about. The token lets a window come to the front where the desktop asks for one.
    void activated(const QString &key, const QByteArray &activationToken);
    void markReadRequested(const QString &key);
    void replied(const QString &key, const QString &text);
    void availabilityChanged();

private Q_SLOTS:
    void takeClosed(uint id, uint reason);
    void takeAction(uint id, const QString &action);
    void takeToken(uint id, const QString &token);
    void takeReply(uint id, const QString &text);

private:
    struct Shown
    {
        uint id = 0; ///< 0 until the daemon has answered
        bool isPending = false;
        bool isUnwanted = false; ///< closed while pending
        std::optional<Notification> next; ///< came while pending
        QByteArray token;
    };

    void listen();
    void askCapabilities();
    void forgetDaemon();
    void send(const Notification &notification);
    void takeId(const QString &key, std::optional<uint> id);
    void sendClose(uint id);
    void removeWaiting(const QString &key);
    [[nodiscard]] QString keyOf(uint id) const;
    [[nodiscard]] QStringList actions(const Notification &notification) const;

    QDBusConnection m_bus;
    QDBusServiceWatcher m_watcher;
    std::optional<QStringList> m_capabilities;
    quint64 m_question = 0; ///< counts the times the daemon was asked what it can
    bool m_isAsking = false;
    QList<Notification> m_waiting; ///< for the answer
    QHash<QString, Shown> m_shown;
};

} // namespace Tertulia::Desktop
