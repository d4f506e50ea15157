// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/timeline/conversationviewmodel.h"

#include "client/async.h"
#include "client/contacts/directory.h"
#include "client/conversations/conversationclient.h"
#include "client/presence/presenceclient.h"
#include "viewmodels/conversations/conversationtext.h"
#include "viewmodels/errortext.h"
#include "viewmodels/persona.h"
#include "viewmodels/viewcontext.h"

namespace Tertulia::ViewModels {

using Client::ConversationClient;
using Client::ConversationList;
using Client::PresenceClient;

std::unique_ptr<ConversationViewModel> ConversationViewModel::open(const ConversationId &id,
                                                                   ConversationClient &conversations,
                                                                   PresenceClient &presence, ViewContext &context)
{
    auto *timeline = conversations.open(id);
    if (!timeline)
        return {};
    // the constructor is private: make_unique cannot call it
    return std::unique_ptr<ConversationViewModel>(
        new ConversationViewModel(*timeline, conversations, presence, context));
}

ConversationViewModel::ConversationViewModel(Client::Timeline &timeline, ConversationClient &conversations,
                                             PresenceClient &presence, ViewContext &context)
    : m_id(timeline.conversation())
    , m_conversations(conversations)
    , m_presence(presence)
    , m_context(context)
    , m_timeline(timeline, conversations, context)
    , m_composer(m_id, conversations, context)
{
    connect(&conversations.list(), &ConversationList::changed, this, [this](int index) {
        if (m_conversations.at(index).conversation.id == m_id) {
            Q_EMIT changed();
            Q_EMIT presenceChanged(); // the number of members, what is known of the last time
        }
    });
    connect(&conversations.list(), &ConversationList::wasReset, this, &ConversationViewModel::changed);
    connect(&conversations.directory(), &Client::Directory::changed, this, [this](const UserId &user) {
        if (entry() && ConversationText::concerns(*entry(), user, m_conversations)) {
            Q_EMIT changed();
            Q_EMIT typingChanged();
        }
    });
    connect(&presence, &PresenceClient::presenceChanged, this, [this](const UserId &user) {
        if (m_conversations.directWith(user) == m_id)
            Q_EMIT presenceChanged();
    });
    connect(&presence, &PresenceClient::presenceReset, this, [this] {
        Q_EMIT presenceChanged();
        Q_EMIT typingChanged();
    });
    connect(&presence, &PresenceClient::typingChanged, this, [this](const ConversationId &conversation) {
        if (conversation == m_id)
            Q_EMIT typingChanged();
    });
    connect(&context, &ViewContext::textsChanged, this, [this] {
        Q_EMIT changed();
        Q_EMIT presenceChanged();
        Q_EMIT typingChanged();
    });
    connect(&conversations, &Client::ConversationClient::refused, this, [this](const Client::Command &command) {
        if (command.conversation == m_id && command.failure)
            Q_EMIT failed(tr("Your reaction was not kept. %1", "and a sentence that says why")
                              .arg(ErrorText::of(*command.failure)));
    });
    connect(&m_composer, &ComposerViewModel::sent, &m_timeline, &TimelineModel::showWritten);
}

ConversationViewModel::~ConversationViewModel()
{
    m_timeline.close();
    m_conversations.close(m_id);
}

void ConversationViewModel::deleteConversation()
{
    Client::whenAnswered(m_conversations.remove(m_id), this, [this](const Result<void> &result) {
        if (!result && result.error().code != ErrorCode::Cancelled)
            Q_EMIT failed(tr("The conversation could not be deleted. %1", "and a sentence that says why")
                              .arg(ErrorText::of(result.error())));
    });
}

const Client::ConversationEntry *ConversationViewModel::entry() const
{
    return m_conversations.find(m_id);
}

QString ConversationViewModel::title() const
{
    return entry() ? ConversationText::title(*entry(), m_conversations) : QString();
}

QString ConversationViewModel::initials() const
{
    return initialsOf(title());
}

int ConversationViewModel::colorIndex() const
{
    return entry() ? ConversationText::colorIndex(*entry(), m_conversations.self().id) : 0;
}

bool ConversationViewModel::isOnline() const
{
    const auto *other = entry() ? entry()->other(m_conversations.self().id) : nullptr;
    return other && m_presence.isOnline(other->id);
}

QString ConversationViewModel::presenceText() const
{
    if (!entry())
        return {};
    return ConversationText::presence(*entry(), m_conversations, m_presence, m_context.time());
}

QString ConversationViewModel::typingText() const
{
    return entry() ? ConversationText::typing(*entry(), m_conversations, m_presence.typists(m_id)) : QString();
}

bool ConversationViewModel::isMuted() const
{
    return entry() && entry()->conversation.isMuted;
}

bool ConversationViewModel::isReadOnly() const
{
    return entry() && entry()->conversation.isBlocked;
}

QString ConversationViewModel::readOnlyText() const
{
    return isReadOnly() ? tr("You have blocked this person, so nothing can be written here.") : QString();
}

} // namespace Tertulia::ViewModels
