// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QtQmlIntegration>

namespace Tertulia::ViewModels {

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
    Q_PROPERTY(bool sendOnEnter READ sendOnEnter NOTIFY sendOnEnterChanged)

public:
    explicit ComposerViewModel(QObject *parent = nullptr);

    /// Sends and clears when there is something to send.
    Q_INVOKABLE void send();
    /// A person typed (as opposed to a draft being put in): tells the others.
    Q_INVOKABLE void textEdited();
    /// At the cursor, which moves behind it.
    Q_INVOKABLE void insertEmoji(const QString &emoji);
    void setText(const QString &text);
    void setCursorPosition(int position);

    [[nodiscard]] QString text() const { return m_text; }
    [[nodiscard]] int cursorPosition() const { return m_cursorPosition; }
    [[nodiscard]] QString placeholder() const;
    [[nodiscard]] bool canSend() const { return false; }
    /// Characters until the server's limit; negative beyond it.
    [[nodiscard]] int remaining() const { return 5000; }
    /// Fewer than 200 are left.
    [[nodiscard]] bool isRemainingShown() const { return false; }
    [[nodiscard]] bool isTooLong() const { return false; }
    [[nodiscard]] bool sendOnEnter() const { return true; }

Q_SIGNALS:
    void textChanged();
    void cursorPositionChanged();
    void placeholderChanged();
    void sendOnEnterChanged();

private:
    QString m_text;
    int m_cursorPosition = 0;
};

} // namespace Tertulia::ViewModels
