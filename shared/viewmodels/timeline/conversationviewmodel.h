// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/timeline/composerviewmodel.h"
#include "viewmodels/timeline/timelinemodel.h"

#include <memory>

namespace Tertulia::Client {
class ConversationClient;
class PresenceClient;
struct ConversationEntry;
} // namespace Tertulia::Client

namespace Tertulia::ViewModels {

class ViewContext;

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
    Q_PROPERTY(Tertulia::ViewModels::TimelineModel *timeline READ timeline CONSTANT)
    Q_PROPERTY(Tertulia::ViewModels::ComposerViewModel *composer READ composer CONSTANT)

public:
    /// Null when the conversation is unknown. All of them outlive it.
    [[nodiscard]] static std::unique_ptr<ConversationViewModel> open(const ConversationId &id,
                                                                     Client::ConversationClient &conversations,
                                                                     Client::PresenceClient &presence,
                                                                     ViewContext &context);
    /// Closes the timeline.
    ~ConversationViewModel() override;

    /// For this person alone; a new message brings it back empty.
    Q_INVOKABLE void deleteConversation();

    [[nodiscard]] QString conversationId() const { return m_id.toString(); }
    [[nodiscard]] ConversationId id() const { return m_id; }
    [[nodiscard]] QString title() const;
    [[nodiscard]] QString initials() const;
    [[nodiscard]] int colorIndex() const;
    [[nodiscard]] bool isOnline() const;
    /// "online", "last seen yesterday at 14:05" or empty when it is not known.
    [[nodiscard]] QString presenceText() const;
    [[nodiscard]] bool isTyping() const { return !typingText().isEmpty(); }
    [[nodiscard]] QString typingText() const;
    [[nodiscard]] bool isMuted() const;
    [[nodiscard]] bool isReadOnly() const;
    /// Why nothing can be written here.
    [[nodiscard]] QString readOnlyText() const;
    [[nodiscard]] TimelineModel *timeline() { return &m_timeline; }
    [[nodiscard]] ComposerViewModel *composer() { return &m_composer; }

Q_SIGNALS:
    void changed();
    void presenceChanged();
    void typingChanged();
    /// Another conversation comes next: the view saves its anchor now, while the timeline is there.
    void aboutToClose();
    /// Something that was done here did not work; `text` says what and why.
    void failed(const QString &text);

private:
    ConversationViewModel(Client::Timeline &timeline, Client::ConversationClient &conversations,
                          Client::PresenceClient &presence, ViewContext &context);
    [[nodiscard]] const Client::ConversationEntry *entry() const;

    const ConversationId m_id;
    Client::ConversationClient &m_conversations;
    Client::PresenceClient &m_presence;
    ViewContext &m_context;
    TimelineModel m_timeline;
    ComposerViewModel m_composer;
};

} // namespace Tertulia::ViewModels
