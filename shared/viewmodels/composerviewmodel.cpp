// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/composerviewmodel.h"

namespace Tertulia::ViewModels {

ComposerViewModel::ComposerViewModel(QObject *parent)
    : QObject(parent)
{
}

void ComposerViewModel::send() { }

void ComposerViewModel::textEdited() { }

void ComposerViewModel::insertEmoji(const QString &) { }

void ComposerViewModel::setText(const QString &text)
{
    if (m_text == text)
        return;
    m_text = text;
    Q_EMIT textChanged();
}

void ComposerViewModel::setCursorPosition(int position)
{
    if (m_cursorPosition == position)
        return;
    m_cursorPosition = position;
    Q_EMIT cursorPositionChanged();
}

QString ComposerViewModel::placeholder() const
{
    return tr("Write a message");
}

} // namespace Tertulia::ViewModels
