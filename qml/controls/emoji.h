// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QObject>
#include <QtQmlIntegration>

namespace Tertulia {

// Emoji in colour, whatever fonts are installed: Qt 6.4 draws a character in the first font that has it, and DejaVu and
// Noto Sans Symbols have black ones. Texts name the colour font where emoji stand: TextEdits by TextLook, Labels
// by rich text.
class Emoji : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON
    Q_PROPERTY(QString family READ family CONSTANT)

public:
    using QObject::QObject;

    [[nodiscard]] static QString family();
    /// One emoji, for a Text in that family: what a Label does for words with emoji costs six times as much.
    Q_INVOKABLE [[nodiscard]] static QString alone(const QString &emoji);
    Q_INVOKABLE [[nodiscard]] static bool isIn(const QString &text);
    /// Rich text for plain words, escaped; lines are kept. `alignment` (Text.AlignLeft …) is as it is seen.
    Q_INVOKABLE [[nodiscard]] static QString toHtml(const QString &text, int alignment);
    /// As much of the one line as has room in `width` pixels, the ellipsis included; whole where it has.
    Q_INVOKABLE [[nodiscard]] static QString elided(const QString &line, const QFont &font, double width);
};

} // namespace Tertulia
