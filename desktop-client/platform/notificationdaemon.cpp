// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/notificationdaemon.h"

#include "base/logging.h"
#include "text/plaintext.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QVariantMap>

#include <algorithm>
#include <utility>

namespace Tertulia::Desktop {

using namespace Qt::StringLiterals;

namespace {

const QString service = u"org.freedesktop.Notifications"_s;
const QString path = u"/org/freedesktop/Notifications"_s;

const QString defaultAction = u"default"_s;
const QString markReadAction = u"mark-read"_s;
// Plasma's name for a text field in the notification; its text comes by NotificationReplied.
const QString replyAction = u"inline-reply"_s;

constexpr qsizetype longestTitle = 100;
constexpr qsizetype longestBody = 500;
constexpr int daemonsChoice = -1;
constexpr qsizetype mostWaiting = 10;

QDBusMessage call(const QString &method)
{
    return QDBusMessage::createMethodCall(service, path, service, method);
}

} // namespace

NotificationDaemon::NotificationDaemon(const QDBusConnection &bus, QObject *parent)
    : QObject(parent)
    , m_bus(bus)
    , m_watcher(service, bus, QDBusServiceWatcher::WatchForOwnerChange)
{
    // A daemon that is replaced knows nothing of our ids and may have learnt or forgotten things.
    connect(&m_watcher, &QDBusServiceWatcher::serviceOwnerChanged, this,
            [this](const QString &, const QString &, const QString &owner) {
                forgetDaemon();
                if (!owner.isEmpty())
                    askCapabilities();
            });
    listen();
    askCapabilities();
}

NotificationDaemon::~NotificationDaemon()
{
    for (const Shown &shown : std::as_const(m_shown)) {
        if (shown.id)
            sendClose(shown.id);
    }
}

void NotificationDaemon::listen()
{
    m_bus.connect(service, path, service, u"NotificationClosed"_s, this, SLOT(takeClosed(uint, uint)));
    m_bus.connect(service, path, service, u"ActionInvoked"_s, this, SLOT(takeAction(uint, QString)));
    m_bus.connect(service, path, service, u"ActivationToken"_s, this, SLOT(takeToken(uint, QString)));
    m_bus.connect(service, path, service, u"NotificationReplied"_s, this, SLOT(takeReply(uint, QString)));
}

void NotificationDaemon::askCapabilities()
{
    const quint64 question = ++m_question;
    m_isAsking = true;
    auto *watcher = new QDBusPendingCallWatcher(m_bus.asyncCall(call(u"GetCapabilities"_s)), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, question](QDBusPendingCallWatcher *done) {
        const QDBusPendingReply<QStringList> reply = *done;
        done->deleteLater();
        if (question != m_question)
            return; // asked of a daemon that has been replaced since
        m_isAsking = false;
        const QList<Notification> waiting = std::exchange(m_waiting, {});
        if (reply.isError()) {
            qCInfo(logClient, "no notifications: %s", qPrintable(reply.error().message()));
            return;
        }
        m_capabilities = reply.value();
        Q_EMIT availabilityChanged();
        for (const Notification &notification : waiting)
            show(notification);
    });
}

void NotificationDaemon::forgetDaemon()
{
    m_shown.clear();
    if (m_capabilities) {
        m_capabilities.reset();
        Q_EMIT availabilityChanged();
    }
}

bool NotificationDaemon::has(const QString &capability) const
{
    return m_capabilities && m_capabilities->contains(capability);
}

QStringList NotificationDaemon::actions(const Notification &notification) const
{
    if (!has(u"actions"_s))
        return {};
    // Pairs of name and what the button says. "default" is the click on the notification itself.
    QStringList list{defaultAction, tr("Open", "button of a notification")};
    if (notification.canReply && has(replyAction))
        list << replyAction << tr("Reply", "button of a notification");
    list << markReadAction << tr("Mark as read", "button of a notification");
    return list;
}

void NotificationDaemon::show(const Notification &notification)
{
    if (!isAvailable()) {
        // Perhaps it was still starting when it was asked, or is started by being asked.
        if (!m_isAsking)
            askCapabilities();
        removeWaiting(notification.key);
        if (m_waiting.size() < mostWaiting)
            m_waiting.append(notification);
        return;
    }
    Shown &shown = m_shown[notification.key];
    if (shown.isPending) {
        shown.next = notification;
        shown.isUnwanted = false;
        return;
    }
    send(notification);
}

void NotificationDaemon::send(const Notification &notification)
{
    Shown &shown = m_shown[notification.key];
    shown.isPending = true;
    const QString title = oneLine(notification.title, longestTitle);
    QString body = excerpt(notification.body, longestBody);
    if (has(u"body-markup"_s))
        body = body.toHtmlEscaped();
    QVariantMap hints{{u"category"_s, u"im.received"_s},
                      {u"desktop-entry"_s, u"tertulia"_s},
                      {u"urgency"_s, QVariant::fromValue<uchar>(1)}};
    if (has(replyAction))
        hints.insert(u"x-kde-reply-placeholder-text"_s, tr("Reply to %1", "placeholder; %1 is a person").arg(title));
    QDBusMessage notify = call(u"Notify"_s);
    notify << u"Tertulia"_s << shown.id << QString() << title << (has(u"body"_s) ? body : QString())
           << actions(notification) << hints << daemonsChoice;
    auto *watcher = new QDBusPendingCallWatcher(m_bus.asyncCall(notify), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this,
            [this, key = notification.key](QDBusPendingCallWatcher *done) {
                const QDBusPendingReply<uint> reply = *done;
                done->deleteLater();
                takeId(key, reply.isError() ? std::nullopt : std::optional(reply.value()));
            });
}

void NotificationDaemon::takeId(const QString &key, std::optional<uint> id)
{
    const auto found = m_shown.find(key);
    if (found == m_shown.end())
        return; // the daemon has changed meanwhile
    if (!id) {
        m_shown.erase(found);
        return;
    }
    found->id = *id;
    found->isPending = false;
    if (found->isUnwanted) {
        sendClose(*id);
        m_shown.erase(found);
    } else if (found->next) {
        const Notification next = *std::exchange(found->next, std::nullopt);
        send(next);
    }
}

void NotificationDaemon::removeWaiting(const QString &key)
{
    m_waiting.removeIf([&key](const Notification &waiting) { return waiting.key == key; });
}

void NotificationDaemon::close(const QString &key)
{
    removeWaiting(key);
    const auto found = m_shown.find(key);
    if (found == m_shown.end())
        return;
    if (found->isPending) {
        found->isUnwanted = true;
        found->next.reset();
        return;
    }
    sendClose(found->id);
    m_shown.erase(found);
}

void NotificationDaemon::closeAll()
{
    m_waiting.clear();
    const QStringList keys = m_shown.keys();
    for (const QString &key : keys)
        close(key);
}

void NotificationDaemon::sendClose(uint id)
{
    QDBusMessage close = call(u"CloseNotification"_s);
    close << id;
    m_bus.send(close);
}

QString NotificationDaemon::keyOf(uint id) const
{
    const auto found =
        std::find_if(m_shown.cbegin(), m_shown.cend(), [id](const Shown &shown) { return shown.id == id; });
    return found == m_shown.cend() || id == 0 ? QString() : found.key();
}

void NotificationDaemon::takeClosed(uint id, uint reason)
{
    Q_UNUSED(reason)
    const auto found = m_shown.find(keyOf(id));
    if (found == m_shown.end())
        return;
    if (found->isPending)
        found->id = 0; // the answer to the one on its way brings the new id
    else
        m_shown.erase(found);
}

void NotificationDaemon::takeToken(uint id, const QString &token)
{
    const auto found = m_shown.find(keyOf(id));
    if (found != m_shown.end())
        found->token = token.toUtf8();
}

void NotificationDaemon::takeAction(uint id, const QString &action)
{
    const QString key = keyOf(id);
    if (key.isEmpty())
        return; // signals go to everybody: it was another program's
    if (action == defaultAction)
        Q_EMIT activated(key, m_shown.value(key).token);
    else if (action == markReadAction)
        Q_EMIT markReadRequested(key);
}

void NotificationDaemon::takeReply(uint id, const QString &text)
{
    const QString key = keyOf(id);
    if (!key.isEmpty() && !text.trimmed().isEmpty())
        Q_EMIT replied(key, text);
}

} // namespace Tertulia::Desktop
