// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/conversationlistmodel.h"
#include "viewmodels/conversationviewmodel.h"
#include "viewmodels/peoplesearchmodel.h"
#include "viewmodels/switchermodel.h"

namespace Tertulia::ViewModels {

/// One signed-in account: who it is, how it is connected, its list and the open conversation.
class AccountViewModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the application.")
    Q_PROPERTY(QString accountId READ accountId CONSTANT)
    Q_PROPERTY(QString displayName READ displayName NOTIFY profileChanged)
    Q_PROPERTY(QString username READ username NOTIFY profileChanged)
    Q_PROPERTY(QString initials READ initials NOTIFY profileChanged)
    Q_PROPERTY(int colorIndex READ colorIndex CONSTANT)
    Q_PROPERTY(QString serverName READ serverName CONSTANT)
    Q_PROPERTY(Tertulia::ViewModels::Connectivity::Value connectivity READ connectivity NOTIFY connectivityChanged)
    Q_PROPERTY(int waitingCount READ waitingCount NOTIFY waitingCountChanged)
    Q_PROPERTY(int unreadCount READ unreadCount NOTIFY unreadCountChanged)
    Q_PROPERTY(QString bannerText READ bannerText NOTIFY bannerTextChanged)
    Q_PROPERTY(QString noticeText READ noticeText NOTIFY noticeTextChanged)
    Q_PROPERTY(Tertulia::ViewModels::ConversationListModel *conversations READ conversations CONSTANT)
    Q_PROPERTY(Tertulia::ViewModels::SwitcherModel *switcher READ switcher CONSTANT)
    Q_PROPERTY(Tertulia::ViewModels::PeopleSearchModel *people READ people CONSTANT)
    Q_PROPERTY(Tertulia::ViewModels::ConversationViewModel *current READ current NOTIFY currentChanged)

public:
    explicit AccountViewModel(QObject *parent = nullptr);

    /// Connects now instead of waiting for the next attempt.
    Q_INVOKABLE void retryNow();
    Q_INVOKABLE void open(const QString &conversationId);
    /// Opens the conversation with a person, and makes it when there is none.
    Q_INVOKABLE void openPerson(const QString &userId);
    Q_INVOKABLE void closeConversation();
    /// The conversation above or below in the list (Alt+Up, Alt+Down).
    Q_INVOKABLE void openNext();
    Q_INVOKABLE void openPrevious();
    /// Forgets the account on this machine, its messages included.
    Q_INVOKABLE void signOut();
    /// Leads to the sign-in page with server and name filled in, after the session has ended.
    Q_INVOKABLE void signInAgain();
    Q_INVOKABLE void dismissNotice();

    [[nodiscard]] QString accountId() const { return {}; }
    [[nodiscard]] QString displayName() const { return {}; }
    [[nodiscard]] QString username() const { return {}; }
    [[nodiscard]] QString initials() const { return {}; }
    [[nodiscard]] int colorIndex() const { return 0; }
    [[nodiscard]] QString serverName() const { return {}; }
    [[nodiscard]] Connectivity::Value connectivity() const { return Connectivity::Value::Offline; }
    /// Messages that are not sent yet.
    [[nodiscard]] int waitingCount() const { return 0; }
    [[nodiscard]] int unreadCount() const { return 0; }
    /// Offline, connecting for a while or session ended, and what waits; empty while all is well.
    [[nodiscard]] QString bannerText() const { return {}; }
    /// The last thing that did not work ("The conversation could not be opened …"); empty without one.
    [[nodiscard]] QString noticeText() const { return {}; }
    [[nodiscard]] ConversationListModel *conversations() const { return m_conversations; }
    [[nodiscard]] SwitcherModel *switcher() const { return m_switcher; }
    [[nodiscard]] PeopleSearchModel *people() const { return m_people; }
    [[nodiscard]] ConversationViewModel *current() const { return m_current; }

Q_SIGNALS:
    void profileChanged();
    void connectivityChanged();
    void waitingCountChanged();
    void unreadCountChanged();
    void bannerTextChanged();
    void noticeTextChanged();
    void currentChanged();

private:
    ConversationListModel *m_conversations = nullptr;
    SwitcherModel *m_switcher = nullptr;
    PeopleSearchModel *m_people = nullptr;
    ConversationViewModel *m_current = nullptr;
};

} // namespace Tertulia::ViewModels
