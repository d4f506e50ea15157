// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTranslator>

namespace Tertulia::ViewModels {

/// Makes a right-to-left language of the English texts: each word is drawn from right to left. Placeholders and formats
/// of dates stay as they are.
class PseudoTranslator : public QTranslator
{
    Q_OBJECT

public:
    using QTranslator::QTranslator;

    [[nodiscard]] QString translate(const char *context, const char *source, const char *disambiguation,
                                    int n) const override;
    [[nodiscard]] bool isEmpty() const override { return false; }

    [[nodiscard]] static QString mirrored(const QString &text);
};

} // namespace Tertulia::ViewModels
