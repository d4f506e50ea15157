// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/ids.h"

#include <QObject>
#include <QTimer>
#include <QtQmlIntegration>

namespace Tertulia::Client {
class ConversationClient;
}

namespace Tertulia::ViewModels {

class ViewContext;

/// What is being written in one conversation. The text is the draft: kept when the conversation or the program is left.
class ComposerViewModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Part of a conversation.")
    Q_PROPERTY(QString text READ text WRITE setText NOTIFY textChanged)
    Q_PROPERTY(int cursorPosition READ cursorPosition WRITE setCursorPosition NOTIFY cursorPositionChanged)
    Q_PROPERTY(QString placeholder READ placeholder NOTIFY placeholderChanged)
    Q_PROPERTY(bool canSend READ canSend NOTIFY textChanged)
    Q_PROPERTY(int remaining READ remaining NOTIFY textChanged)
    Q_PROPERTY(bool isRemainingShown READ isRemainingShown NOTIFY textChanged)
    Q_PROPERTY(bool isTooLong READ isTooLong NOTIFY textChanged)
    Q_PROPERTY(QString errorText READ errorText NOTIFY errorTextChanged)
    Q_PROPERTY(bool sendOnEnter READ sendOnEnter NOTIFY sendOnEnterChanged)

public:
    static constexpr int remainingShownBelow = 200;

    /// Both outlive it.
    ComposerViewModel(const ConversationId &conversation, Client::ConversationClient &conversations,
                      ViewContext &context, QObject *parent = nullptr);
    /// Keeps the draft.
    ~ComposerViewModel() override;

    /// Sends and clears when there is something to send.
    Q_INVOKABLE void send();
    /// A person typed (as opposed to a draft being put in): tells the others.
    Q_INVOKABLE void textEdited();
    /// Without control characters (text/plaintext.h). Of what is put in and does not fit only the beginning is taken,
    /// and errorText says so; what stood there before stays whole.
    void setText(const QString &text);
    void setCursorPosition(int position);

    [[nodiscard]] QString text() const { return m_text; }
    [[nodiscard]] int cursorPosition() const { return m_cursorPosition; }
    [[nodiscard]] QString placeholder() const;
    [[nodiscard]] bool canSend() const;
    /// Characters until the server's limit; negative beyond it.
    [[nodiscard]] int remaining() const { return m_remaining; }
    /// Few are left.
    [[nodiscard]] bool isRemainingShown() const { return m_remaining < remainingShownBelow; }
    [[nodiscard]] bool isTooLong() const { return m_remaining < 0; }
    /// Why the last message was not even taken into the outbox, or that not all was taken of what was put in; empty
    /// again with the next change of the text.
    [[nodiscard]] QString errorText() const { return m_errorText; }
    [[nodiscard]] bool sendOnEnter() const;

Q_SIGNALS:
    void textChanged();
    /// The person has written a message, and it is in the outbox.
    void sent();
    void cursorPositionChanged();
    void placeholderChanged();
    void sendOnEnterChanged();
    void errorTextChanged();

private:
    void replaceText(const QString &text);
    void keepDraft();
    void setErrorText(const QString &text);
    void countRemaining();
    [[nodiscard]] QString fitted(const QString &text) const;

    const ConversationId m_conversation;
    Client::ConversationClient &m_conversations;
    ViewContext &m_context;
    QTimer m_draftTimer; ///< a draft is kept when the typing pauses, not with each key
    QString m_text, m_errorText;
    int m_cursorPosition = 0;
    int m_remaining = 0;
};

} // namespace Tertulia::ViewModels
