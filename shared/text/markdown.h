// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace Tertulia {

/// One parse of a message's Markdown: as rich text and as the words alone.
struct MarkdownResult
{
    QString html; ///< as rich text (richtext.h)
    QString words; ///< without marks; lines ended by \n
    QStringList links; ///< what the links lead to, in order
};

/// @param text cleaned (plaintext.h)
[[nodiscard]] MarkdownResult parseMarkdown(const QString &text);

} // namespace Tertulia
