// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QVariantMap>
#include <QtQmlIntegration>

namespace Tertulia::ViewModels {

/// All that is shown of one message, as one value: a row changes it as a whole. The kind says which component draws it
/// (qml/timeline/MessageBody.qml). A new field is written here, filled in TimelineModel::contentOf(), and read by the
/// component that draws it; nobody between names it.
struct MessageContent
{
    Q_GADGET
    QML_VALUE_TYPE(messageContent)
    Q_PROPERTY(int kind MEMBER kind)
    Q_PROPERTY(bool isOwn MEMBER isOwn)
    Q_PROPERTY(QString senderName MEMBER senderName)
    Q_PROPERTY(QString formattedText MEMBER formattedText)
    Q_PROPERTY(QString timeText MEMBER timeText)
    Q_PROPERTY(QString fullTimeText MEMBER fullTimeText)
    Q_PROPERTY(int status MEMBER status)
    Q_PROPERTY(QString statusText MEMBER statusText)
    Q_PROPERTY(QString failureText MEMBER failureText)
    Q_PROPERTY(QString reactionsText MEMBER reactionsText)
    Q_PROPERTY(QString reactionsBy MEMBER reactionsBy)
    Q_PROPERTY(QString ownReaction MEMBER ownReaction)
    Q_PROPERTY(QString accessibleText MEMBER accessibleText)

public:
    int kind = 0; ///< ContentKind
    bool isOwn = false;
    QString senderName;
    QString formattedText; ///< safe rich text
    QString timeText, fullTimeText;
    int status = 0; ///< DeliveryStatus
    QString statusText; ///< the same in words, for the tool tip and the screen reader
    QString failureText; ///< why it could not be sent; empty otherwise
    QString reactionsText; ///< each emoji once, and how many people where it is more than one; empty: there are none
    QString reactionsBy; ///< who, a line a person
    QString ownReaction; ///< this person's; empty: none
    QString accessibleText; ///< the message as one sentence

    friend bool operator==(const MessageContent &, const MessageContent &) = default;
};

/// Makes such values where there is no model: for the warm-up, the gallery and the tests of the pages, none of which
/// has to know of a new field.
class MessageContents : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON

public:
    using QObject::QObject;

    /// What is not given is as in a MessageContent that nobody has filled. A name that it does not have is a warning.
    Q_INVOKABLE [[nodiscard]] static QVariantMap of(const QVariantMap &given);
};

} // namespace Tertulia::ViewModels
