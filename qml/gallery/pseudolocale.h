// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTranslator>

namespace Tertulia {

// A language that nobody speaks: every translated text in Hebrew letters, a third longer. What stays Latin on a
// screenshot was not translated; what does not mirror is seen at once.
class PseudoLocale : public QTranslator
{
    Q_OBJECT

public:
    using QTranslator::QTranslator;

    QString translate(const char *context, const char *source, const char *disambiguation, int n) const override;
    bool isEmpty() const override { return false; }
};

} // namespace Tertulia
