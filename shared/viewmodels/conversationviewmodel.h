// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/composerviewmodel.h"
#include "viewmodels/timelinemodel.h"

namespace Tertulia::ViewModels {

/// The open conversation: its header, its messages, its composer.
class ConversationViewModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by an account.")
    Q_PROPERTY(QString conversationId READ conversationId CONSTANT)
    Q_PROPERTY(QString title READ title NOTIFY changed)
    Q_PROPERTY(QString initials READ initials NOTIFY changed)
    Q_PROPERTY(int colorIndex READ colorIndex NOTIFY changed)
    Q_PROPERTY(bool isOnline READ isOnline NOTIFY presenceChanged)
    Q_PROPERTY(QString presenceText READ presenceText NOTIFY presenceChanged)
    Q_PROPERTY(bool isTyping READ isTyping NOTIFY typingChanged)
    Q_PROPERTY(QString typingText READ typingText NOTIFY typingChanged)
    Q_PROPERTY(bool isMuted READ isMuted NOTIFY changed)
    Q_PROPERTY(bool isReadOnly READ isReadOnly NOTIFY changed)
    Q_PROPERTY(QString readOnlyText READ readOnlyText NOTIFY changed)
    Q_PROPERTY(int unreadBelow READ unreadBelow NOTIFY unreadBelowChanged)
    Q_PROPERTY(Tertulia::ViewModels::TimelineModel *timeline READ timeline CONSTANT)
    Q_PROPERTY(Tertulia::ViewModels::ComposerViewModel *composer READ composer CONSTANT)

public:
    explicit ConversationViewModel(QObject *parent = nullptr);

    /// For this person alone; a new message brings it back empty.
    Q_INVOKABLE void deleteConversation();

    [[nodiscard]] QString conversationId() const { return {}; }
    [[nodiscard]] QString title() const { return {}; }
    [[nodiscard]] QString initials() const { return {}; }
    [[nodiscard]] int colorIndex() const { return 0; }
    [[nodiscard]] bool isOnline() const { return false; }
    /// "online", "last seen yesterday at 14:05" or empty when it is not known.
    [[nodiscard]] QString presenceText() const { return {}; }
    [[nodiscard]] bool isTyping() const { return false; }
    [[nodiscard]] QString typingText() const { return {}; }
    [[nodiscard]] bool isMuted() const { return false; }
    [[nodiscard]] bool isReadOnly() const { return false; }
    /// Why nothing can be written here.
    [[nodiscard]] QString readOnlyText() const { return {}; }
    [[nodiscard]] int unreadBelow() const { return 0; }
    [[nodiscard]] TimelineModel *timeline() const { return m_timeline; }
    [[nodiscard]] ComposerViewModel *composer() const { return m_composer; }

Q_SIGNALS:
    void changed();
    void presenceChanged();
    void typingChanged();
    void unreadBelowChanged();
    /// The last deletion did not work; `text` says why.
    void failed(const QString &text);

private:
    TimelineModel *m_timeline = nullptr;
    ComposerViewModel *m_composer = nullptr;
};

} // namespace Tertulia::ViewModels
