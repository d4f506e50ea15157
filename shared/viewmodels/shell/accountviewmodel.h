// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/cache/storetrouble.h"
#include "client/session/accountinfo.h"
#include "viewmodels/conversations/conversationlistmodel.h"
#include "viewmodels/conversations/peoplesearchmodel.h"
#include "viewmodels/conversations/switchermodel.h"
#include "viewmodels/timeline/conversationviewmodel.h"

#include <QTimer>

#include <memory>

namespace Tertulia::ViewModels {

class ViewContext;

/// What a view of an account stands on. The clients outlive it. (Not Client::Account itself: the gallery and the tests
/// show accounts without a server.)
struct AccountParts
{
    Client::AccountInfo info;
    Client::ConversationClient &conversations;
    Client::PresenceClient &presence;
    Client::PeopleClient &people;
};

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
    Q_PROPERTY(QString storeText READ storeText NOTIFY storeTextChanged)
    Q_PROPERTY(bool isStoreMended READ isStoreMended NOTIFY storeTextChanged)
    Q_PROPERTY(Tertulia::ViewModels::ConversationListModel *conversations READ conversations CONSTANT)
    Q_PROPERTY(Tertulia::ViewModels::SwitcherModel *switcher READ switcher CONSTANT)
    Q_PROPERTY(Tertulia::ViewModels::PeopleSearchModel *people READ people CONSTANT)
    Q_PROPERTY(Tertulia::ViewModels::ConversationViewModel *current READ current NOTIFY currentChanged)

public:
    /// How long a connection may be away before anybody is told.
    static constexpr std::chrono::milliseconds bannerDelay{2'000};

    AccountViewModel(const AccountParts &parts, ViewContext &context, QObject *parent = nullptr);
    ~AccountViewModel() override;

    // For who holds the account
    void setInfo(const Client::AccountInfo &info);
    /// @param why it is not online
    void setConnectivity(Connectivity::Value connectivity, const Error &why = {});
    void setStoreTrouble(Client::StoreTrouble trouble);
    /// Something that this computer kept was damaged and begun anew; said until it is dismissed.
    enum class BegunAnew { Nothing, Store, ListOfAccounts };
    void setBegunAnew(BegunAnew what);
    void open(const ConversationId &id);
    /// Says that something did not work.
    void notice(const QString &text);

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
    Q_INVOKABLE void dismissStoreText();

    [[nodiscard]] QString accountId() const { return m_info.accountId; }
    [[nodiscard]] const Client::AccountInfo &info() const { return m_info; }
    [[nodiscard]] QString displayName() const;
    [[nodiscard]] QString username() const; ///< as it is shown: "@ana"
    [[nodiscard]] QString initials() const;
    [[nodiscard]] int colorIndex() const;
    [[nodiscard]] QString serverName() const;
    [[nodiscard]] Connectivity::Value connectivity() const { return m_connectivity; }
    /// Messages that are not sent yet.
    [[nodiscard]] int waitingCount() const;
    [[nodiscard]] int unreadCount() const;
    /// Offline, connecting for a while or session ended, and what waits; empty while all is well.
    [[nodiscard]] QString bannerText() const;
    /// The last thing that did not work ("The conversation could not be opened …"); empty without one.
    [[nodiscard]] QString noticeText() const { return m_notice; }
    /// What is wrong, or was, with what this computer keeps of the account; empty while all is well.
    [[nodiscard]] QString storeText() const;
    /// It was, and storeText() is dismissed when it was read.
    [[nodiscard]] bool isStoreMended() const { return m_storeTrouble == Client::StoreTrouble::None; }
    [[nodiscard]] ConversationListModel *conversations() { return &m_list; }
    [[nodiscard]] SwitcherModel *switcher() { return &m_switcher; }
    [[nodiscard]] PeopleSearchModel *people() { return &m_people; }
    [[nodiscard]] ConversationViewModel *current() const { return m_current.get(); }

Q_SIGNALS:
    void profileChanged();
    void connectivityChanged();
    void waitingCountChanged();
    void unreadCountChanged();
    void bannerTextChanged();
    void noticeTextChanged();
    void storeTextChanged();
    void currentChanged();
    void opened(); ///< somebody wanted the current conversation, also when it was open already
    // Wishes that the holder of the account fulfils
    void retryRequested();
    void signOutRequested();
    void signInAgainRequested();

private:
    void openPerson(const UserId &user);
    void setCurrent(std::unique_ptr<ConversationViewModel> current);
    void openBeside(int step);
    void forgetRemoved();

    AccountParts m_parts;
    Client::AccountInfo m_info;
    ViewContext &m_context;
    Connectivity::Value m_connectivity = Connectivity::Value::Connecting;
    Error m_why;
    QTimer m_bannerTimer;
    bool m_isBannerDue = false;
    QString m_notice;
    Client::StoreTrouble m_storeTrouble = Client::StoreTrouble::None;
    BegunAnew m_begunAnew = BegunAnew::Nothing;
    ConversationListModel m_list;
    SwitcherModel m_switcher;
    PeopleSearchModel m_people;
    std::unique_ptr<ConversationViewModel> m_current;
    quint64 m_wish = 0; ///< what was wanted last: an answer to an earlier wish opens nothing
};

} // namespace Tertulia::ViewModels
