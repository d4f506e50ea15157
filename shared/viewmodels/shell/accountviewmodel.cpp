// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/shell/accountviewmodel.h"

#include "client/async.h"
#include "client/contacts/peopleclient.h"
#include "client/conversations/conversationclient.h"
#include "client/presence/presenceclient.h"
#include "text/plaintext.h"
#include "viewmodels/errortext.h"
#include "viewmodels/persona.h"
#include "viewmodels/viewcontext.h"

#include <QCoreApplication>
#include <QMetaObject>

#include <utility>

namespace Tertulia::ViewModels {

using Client::ConversationClient;
using Client::ConversationList;

AccountViewModel::AccountViewModel(const AccountParts &parts, ViewContext &context, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
    , m_info(parts.info)
    , m_context(context)
    , m_list(parts.conversations, parts.presence, context)
    , m_switcher(parts.conversations, parts.presence, parts.people, context)
    , m_people(parts.people, context)
{
    m_bannerTimer.setSingleShot(true);
    m_bannerTimer.setInterval(bannerDelay);
    connect(&m_bannerTimer, &QTimer::timeout, this, [this] {
        m_isBannerDue = true;
        Q_EMIT bannerTextChanged();
    });
    m_bannerTimer.start();

    auto *conversations = &parts.conversations;
    const auto *list = &conversations->list();
    connect(list, &ConversationList::unreadTotalChanged, this, &AccountViewModel::unreadCountChanged);
    connect(list, &ConversationList::aboutToBeRemoved, this, [this](int index) {
        if (m_current && m_parts.conversations.at(index).conversation.id == m_current->id())
            closeConversation();
    });
    connect(list, &ConversationList::wasReset, this, &AccountViewModel::forgetRemoved);
    connect(&conversations->outbox(), &Client::Outbox::waitingCountChanged, this, [this] {
        Q_EMIT waitingCountChanged();
        Q_EMIT bannerTextChanged();
    });
    connect(&m_switcher, &SwitcherModel::conversationChosen, this,
            qOverload<const ConversationId &>(&AccountViewModel::open));
    connect(&m_switcher, &SwitcherModel::personChosen, this, qOverload<const UserId &>(&AccountViewModel::openPerson));
    connect(&m_people, &PeopleSearchModel::personChosen, this,
            qOverload<const UserId &>(&AccountViewModel::openPerson));
    connect(&context, &ViewContext::textsChanged, this, &AccountViewModel::bannerTextChanged);
    connect(&context, &ViewContext::textsChanged, this, &AccountViewModel::storeTextChanged);
    if (auto *application = QCoreApplication::instance()) {
        connect(application, &QCoreApplication::aboutToQuit, this, [this] {
            if (m_current)
                Q_EMIT m_current->aboutToClose();
        });
    }
}

AccountViewModel::~AccountViewModel()
{
    m_bannerTimer.stop();
    m_current.reset(); // closes its timeline and keeps its draft while the clients are there
}

void AccountViewModel::setInfo(const Client::AccountInfo &info)
{
    m_info = info;
    Q_EMIT profileChanged();
}

void AccountViewModel::setConnectivity(Connectivity::Value connectivity, const Error &why)
{
    m_why = why;
    if (connectivity != m_connectivity) {
        const bool isTrouble = connectivity != Connectivity::Value::Online;
        if (!isTrouble) {
            m_bannerTimer.stop();
            m_isBannerDue = false;
        } else if (connectivity == Connectivity::Value::SessionEnded) {
            m_isBannerDue = true; // nothing that mends itself
        } else if (m_connectivity == Connectivity::Value::Online) {
            m_bannerTimer.start();
        }
        m_connectivity = connectivity;
        Q_EMIT connectivityChanged();
    }
    Q_EMIT bannerTextChanged();
}

void AccountViewModel::setStoreTrouble(Client::StoreTrouble trouble)
{
    m_storeTrouble = trouble;
    Q_EMIT storeTextChanged();
}

void AccountViewModel::setBegunAnew(BegunAnew what)
{
    m_begunAnew = what;
    Q_EMIT storeTextChanged();
}

void AccountViewModel::dismissStoreText()
{
    setBegunAnew(BegunAnew::Nothing);
}

QString AccountViewModel::storeText() const
{
    switch (m_storeTrouble) {
    case Client::StoreTrouble::Full:
        return tr("This computer's disk is full. Messages are sent, but nothing new is kept here until there is room.");
    case Client::StoreTrouble::Unwritable:
    case Client::StoreTrouble::Damaged:
        return tr("Tertulia's folder on this computer cannot be written. Messages are sent, but nothing new is kept "
                  "when you quit. See that the folder belongs to you and that the disk is not read-only.");
    case Client::StoreTrouble::None:
        break;
    }
    switch (m_begunAnew) {
    case BegunAnew::Store:
        return tr("What this computer kept of this account was damaged. Unsent messages and drafts were saved where "
                  "they could be read; the rest comes from the server again.");
    case BegunAnew::ListOfAccounts:
        return tr("The list of accounts on this computer was damaged and has been made anew. Add those that are "
                  "missing.");
    case BegunAnew::Nothing:
        break;
    }
    return {};
}

void AccountViewModel::retryNow()
{
    Q_EMIT retryRequested();
}

void AccountViewModel::open(const QString &conversationId)
{
    open(ConversationId::parse(conversationId).value_or(ConversationId()));
}

void AccountViewModel::open(const ConversationId &id)
{
    ++m_wish;
    if (m_current && m_current->id() == id) {
        Q_EMIT opened();
        return;
    }
    auto next = ConversationViewModel::open(id, m_parts.conversations, m_parts.presence, m_context);
    if (!next)
        return notice(tr("This conversation is not there any more."));
    connect(next.get(), &ConversationViewModel::failed, this, &AccountViewModel::notice);
    setCurrent(std::move(next));
    Q_EMIT opened();
}

void AccountViewModel::openPerson(const QString &userId)
{
    openPerson(UserId::parse(userId).value_or(UserId()));
}

void AccountViewModel::openPerson(const UserId &user)
{
    if (const auto known = m_parts.conversations.directWith(user); !known.isNull())
        return open(known);
    Client::whenAnswered(m_parts.conversations.openDirect(user), this,
                         [this, wish = ++m_wish](const Result<ConversationId> &found) {
                             if (wish != m_wish)
                                 return;
                             if (found)
                                 return open(*found);
                             if (found.error().code != ErrorCode::Cancelled)
                                 notice(tr("The conversation could not be opened. %1", "and a sentence that says why")
                                            .arg(ErrorText::of(found.error())));
                         });
}

void AccountViewModel::closeConversation()
{
    ++m_wish;
    if (m_current)
        setCurrent({});
}

void AccountViewModel::setCurrent(std::unique_ptr<ConversationViewModel> current)
{
    if (m_current)
        Q_EMIT m_current->aboutToClose();
    // QML lets go of the old one in currentChanged(); after that nobody has it
    const auto old = std::exchange(m_current, std::move(current));
    m_list.setCurrent(m_current ? m_current->id() : ConversationId());
    Q_EMIT currentChanged();
}

void AccountViewModel::forgetRemoved()
{
    if (m_current && !m_parts.conversations.find(m_current->id()))
        setCurrent({});
}

void AccountViewModel::openNext()
{
    openBeside(1);
}

void AccountViewModel::openPrevious()
{
    openBeside(-1);
}

void AccountViewModel::openBeside(int step)
{
    const int row = m_list.currentRow() < 0 ? 0 : m_list.currentRow() + step;
    if (const auto id = m_list.conversationIdAt(row); !id.isEmpty())
        open(id);
}

void AccountViewModel::signOut()
{
    // not from within a call out of QML: this object goes
    QMetaObject::invokeMethod(this, &AccountViewModel::signOutRequested, Qt::QueuedConnection);
}

void AccountViewModel::signInAgain()
{
    Q_EMIT signInAgainRequested();
}

void AccountViewModel::dismissNotice()
{
    notice({});
}

void AccountViewModel::notice(const QString &text)
{
    m_notice = text;
    Q_EMIT noticeTextChanged();
}

QString AccountViewModel::displayName() const
{
    return cleanName(m_info.fullName, m_info.username);
}

QString AccountViewModel::username() const
{
    return handleOf(m_info.username);
}

QString AccountViewModel::initials() const
{
    return initialsOf(displayName());
}

int AccountViewModel::colorIndex() const
{
    return colorIndexOf(m_info.userId);
}

QString AccountViewModel::serverName() const
{
    const auto port = m_info.server.port();
    return m_info.server.host() + (port < 0 ? QString() : u':' + QString::number(port));
}

int AccountViewModel::waitingCount() const
{
    return m_parts.conversations.outbox().waitingCount();
}

int AccountViewModel::unreadCount() const
{
    return m_parts.conversations.unreadTotal();
}

QString AccountViewModel::bannerText() const
{
    if (!m_isBannerDue)
        return {};
    QString text;
    switch (m_connectivity) {
    case Connectivity::Value::Online:
        return {};
    case Connectivity::Value::SessionEnded:
        text = tr("The server has ended this session. Sign in again to go on where you were.");
        break;
    case Connectivity::Value::Connecting:
        text = tr("Connecting…");
        break;
    case Connectivity::Value::Offline:
        text = m_why == Error() ? tr("You are offline.") : ErrorText::of(m_why);
        break;
    }
    if (const int waiting = waitingCount(); waiting > 0)
        text += u' ' + tr("%n messages wait to be sent.", nullptr, waiting);
    return text;
}

} // namespace Tertulia::ViewModels
