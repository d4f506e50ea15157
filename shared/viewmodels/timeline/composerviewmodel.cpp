// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/timeline/composerviewmodel.h"

#include "client/conversations/conversationclient.h"
#include "client/limits.h"
#include "text/plaintext.h"
#include "viewmodels/errortext.h"
#include "viewmodels/settings/settingsviewmodel.h"
#include "viewmodels/viewcontext.h"

#include <algorithm>

namespace Tertulia::ViewModels {

namespace {
constexpr std::chrono::milliseconds draftPause{1'000};
// What is pasted by mistake is cut: far more than a message may have, and all of it is kept as the draft.
constexpr qsizetype longestText = Client::Limits::keptText;

} // namespace

ComposerViewModel::ComposerViewModel(const ConversationId &conversation, Client::ConversationClient &conversations,
                                     ViewContext &context, QObject *parent)
    : QObject(parent)
    , m_conversation(conversation)
    , m_conversations(conversations)
    , m_context(context)
{
    if (const auto *entry = conversations.find(conversation))
        m_text = withoutControls(entry->draft);
    m_cursorPosition = std::min(conversations.draftCursor(conversation).value_or(INT_MAX), int(m_text.size()));
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
    const auto taken = m_conversations.send(m_conversation, m_text.trimmed());
    if (!taken)
        return setErrorText(ErrorText::of(taken.error(), ErrorText::Context::Send));
    replaceText({});
    setCursorPosition(0);
    keepDraft();
    m_conversations.setTyping(m_conversation, false);
    Q_EMIT sent();
}

void ComposerViewModel::textEdited()
{
    m_conversations.setTyping(m_conversation, !m_text.trimmed().isEmpty());
}

void ComposerViewModel::setText(const QString &text)
{
    const auto clean = withoutControls(text);
    replaceText(fitted(clean));
    if (clean.size() > longestText)
        setErrorText(tr("That is more than fits here: only its beginning was taken."));
}

QString ComposerViewModel::fitted(const QString &text) const
{
    if (text.size() <= longestText)
        return text;
    // What is new stands between what is as it was before.
    const auto least = std::min(text.size(), m_text.size());
    const auto before = std::mismatch(text.cbegin(), text.cbegin() + least, m_text.cbegin()).first - text.cbegin();
    auto after =
        std::mismatch(text.crbegin(), text.crbegin() + (least - before), m_text.crbegin()).first - text.crbegin();
    if (after > 0 && text.at(text.size() - after).isLowSurrogate())
        --after;
    return truncated(text, longestText - after).toString() + text.last(after);
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
    m_remaining = Client::Limits::messageCharacters - int(characterCount(QStringView(m_text).trimmed()));
}

void ComposerViewModel::keepDraft()
{
    m_draftTimer.stop();
    m_conversations.setDraft(m_conversation, m_text.trimmed().isEmpty() ? QString() : m_text, m_cursorPosition);
}

void ComposerViewModel::setCursorPosition(int position)
{
    if (m_cursorPosition == position)
        return;
    m_cursorPosition = position;
    m_draftTimer.start();
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
