// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/composerviewmodel.h"

#include "base/text.h"
#include "client/conversations/conversationclient.h"
#include "client/limits.h"
#include "viewmodels/errortext.h"
#include "viewmodels/plaintext.h"
#include "viewmodels/settingsviewmodel.h"
#include "viewmodels/viewcontext.h"

#include <algorithm>

namespace Tertulia::ViewModels {

namespace {
constexpr std::chrono::milliseconds draftPause{1'000};
// What is pasted by mistake is cut: far more than any limit, far less than what a text field can bear.
constexpr qsizetype longestText = 200'000;

int codePoints(QStringView text)
{
    return int(text.size() - std::ranges::count_if(text, [](QChar c) { return c.isLowSurrogate(); }));
}
} // namespace

ComposerViewModel::ComposerViewModel(const ConversationId &conversation, Client::ConversationClient &conversations,
                                     ViewContext &context, QObject *parent)
    : QObject(parent)
    , m_conversation(conversation)
    , m_conversations(conversations)
    , m_context(context)
{
    if (const auto *entry = conversations.find(conversation))
        m_text = entry->draft;
    m_cursorPosition = int(m_text.size());
    countRemaining();
    m_draftTimer.setSingleShot(true);
    m_draftTimer.setInterval(draftPause);
    connect(&m_draftTimer, &QTimer::timeout, this, &ComposerViewModel::keepDraft);
    connect(&context.settings(), &SettingsViewModel::sendOnEnterChanged, this, &ComposerViewModel::sendOnEnterChanged);
    connect(&context, &ViewContext::textsChanged, this, &ComposerViewModel::placeholderChanged);
}

ComposerViewModel::~ComposerViewModel()
{
    if (m_draftTimer.isActive())
        keepDraft();
}

void ComposerViewModel::send()
{
    if (!canSend())
        return;
    const auto sent = m_conversations.send(m_conversation, m_text.trimmed());
    if (!sent)
        return setErrorText(ErrorText::of(sent.error(), ErrorText::Context::Send));
    replaceText({});
    setCursorPosition(0);
    keepDraft();
    m_conversations.setTyping(m_conversation, false);
}

void ComposerViewModel::textEdited()
{
    m_conversations.setTyping(m_conversation, !m_text.trimmed().isEmpty());
}

void ComposerViewModel::insertEmoji(const QString &emoji)
{
    const auto at = std::clamp<qsizetype>(m_cursorPosition, 0, m_text.size());
    replaceText(m_text.left(at) + emoji + m_text.mid(at));
    setCursorPosition(int(at + emoji.size()));
    textEdited();
}

void ComposerViewModel::setText(const QString &text)
{
    replaceText(truncated(text, longestText).toString());
}

void ComposerViewModel::replaceText(const QString &text)
{
    if (m_text == text)
        return;
    m_text = text;
    countRemaining();
    setErrorText({});
    m_draftTimer.start();
    Q_EMIT textChanged();
}

void ComposerViewModel::countRemaining()
{
    m_remaining = Client::Limits::messageCharacters - codePoints(QStringView(m_text).trimmed());
}

void ComposerViewModel::keepDraft()
{
    m_draftTimer.stop();
    const auto draft = m_text.trimmed().isEmpty() ? QString() : truncated(m_text, Client::Limits::keptText).toString();
    const auto *entry = m_conversations.find(m_conversation);
    if (entry && entry->draft != draft)
        m_conversations.setDraft(m_conversation, draft);
}

void ComposerViewModel::setCursorPosition(int position)
{
    if (m_cursorPosition == position)
        return;
    m_cursorPosition = position;
    Q_EMIT cursorPositionChanged();
}

void ComposerViewModel::setErrorText(const QString &text)
{
    if (m_errorText == text)
        return;
    m_errorText = text;
    Q_EMIT errorTextChanged();
}

QString ComposerViewModel::placeholder() const
{
    return tr("Write a message");
}

bool ComposerViewModel::canSend() const
{
    return m_remaining >= 0 && !isBlank(m_text);
}

bool ComposerViewModel::sendOnEnter() const
{
    return m_context.settings().sendOnEnter();
}

} // namespace Tertulia::ViewModels
