// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "e2e/support/mirror.h"

#include <deque>

namespace Tertulia::Test {

/// The way a person does things in a play; what they see comes by hub either way.
enum class Channel : quint8 { Rest, Hub };

/// One of a person's connections to /hubs/chat, and the picture it has of the person's conversations.
struct Device
{
    Device(const QUrl &server, RestClient &rest, const QString &token, const QString &self);

    HubClient hub;
    Mirror mirror;
    bool isOpen = false;
};

/// Somebody in a play: named, signed in, with any number of devices. The verbs say what they do and see.
class Person
{
public:
    Person(const QUrl &server, const QString &name, Channel channel);

    [[nodiscard]] const QString &name() const { return m_name; }
    [[nodiscard]] const QString &id() const { return m_id; }
    [[nodiscard]] RestClient &rest() { return m_rest; }
    Device &addsDevice();
    [[nodiscard]] Device &device(size_t index = 0) { return *m_devices[index]; }
    [[nodiscard]] size_t deviceCount() const { return m_devices.size(); }
    void losesDevices();

    // What they do. Each answers with the error's code word, empty when it went well.
    QString sends(const QString &text, const Person &to, const QString &clientMessageId = {});
    QString writesInto(const QString &conversationId, const QString &text);
    QString reads(const QJsonObject &message);
    QString readsAll(const QString &conversationId);
    QString marksDelivered(const QJsonObject &message);
    /// An empty reaction: no more.
    QString reacts(const QString &reaction, const QJsonObject &message);
    QString types(const QString &conversationId, bool isTyping);
    QString joins(const QString &conversationId);
    QString deletesConversation(const QString &conversationId);

    /// The message of the last sends() that went well.
    [[nodiscard]] const QJsonObject &lastSent() const { return m_lastSent; }

    // What they see, on every device, sooner or later.
    [[nodiscard]] bool receives(const QString &text);
    [[nodiscard]] bool seesStatus(const QJsonObject &message, const QString &status);
    [[nodiscard]] bool seesReaction(const QJsonObject &message, const Person &who, const QString &reaction);
    [[nodiscard]] bool seesTyping(const Person &who, bool isTyping);
    /// No device has got this event with this text (asked after something later has arrived).
    [[nodiscard]] bool hasSeen(const QString &text) const;

    /// Every device's picture becomes what a fresh fetch says; empty, or how they differ.
    [[nodiscard]] QString converges();

private:
    [[nodiscard]] bool onEveryDevice(const QString &target, const std::function<bool(const QJsonObject &)> &good);
    QString perform(const QString &restPath, const QJsonObject &body, const QString &method,
                    const QJsonArray &arguments, QJsonValue *result = nullptr);

    QUrl m_server;
    QString m_name, m_id;
    Channel m_channel;
    RestClient m_rest;
    std::deque<std::unique_ptr<Device>> m_devices;
    QJsonObject m_lastSent;
};

} // namespace Tertulia::Test
