// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/profilerules.h"

#include "store/lookalikes.h"
#include "text/plaintext.h"

#include <QRegularExpression>
#include <QUrl>

#include <algorithm>

namespace Tertulia::Server::ProfileRules {

using namespace Qt::StringLiterals;

namespace {

bool isForbidden(QChar c)
{
    return c.category() == QChar::Other_Control || turnsDirection(c);
}

Result<void> refuse(const QString &field, const QString &why)
{
    return failure(Error::invalid(field, field + u' ' + why));
}

} // namespace

QString tidy(const QString &text)
{
    return isBlank(text) ? QString() : text.normalized(QString::NormalizationForm_C).trimmed();
}

Result<void> checkUsername(const QString &name)
{
    // Letters of any script, digits and . _ -; what looks the same after normalization is the same name.
    static const QRegularExpression form(u"\\A[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}._-]{1,31}\\z"_s,
                                         QRegularExpression::UseUnicodePropertiesOption);
    if (!form.match(name).hasMatch()) {
        return refuse(u"username"_s,
                      u"needs 2 to 32 letters, digits, dots, dashes or underscores, and begins with a letter or "
                      "digit."_s);
    }
    if (isBlank(name) || Lookalikes::isMixed(name))
        return refuse(u"username"_s, u"mixes letters of several scripts, or some that cannot be seen."_s);
    return {};
}

Result<void> checkFullName(const QString &name)
{
    return tidy(name).isEmpty() ? refuse(u"fullName"_s, u"must not be empty."_s)
                                : checkText(name, u"fullName"_s, maxFullName);
}

Result<void> checkText(const QString &text, const QString &field, int most)
{
    if (tidy(text).size() > most)
        return refuse(field, u"may have at most %1 characters."_s.arg(most));
    if (std::any_of(text.begin(), text.end(), isForbidden))
        return refuse(field, u"must not hold characters that control or turn the text."_s);
    if (!text.isValidUtf16())
        return refuse(field, u"is not valid Unicode."_s);
    return {};
}

Result<void> checkWebsite(const QString &website)
{
    const QString field = u"website"_s;
    if (auto good = checkText(website, field, maxShortText); !good)
        return good;
    if (tidy(website).isEmpty())
        return {};
    const QUrl url(tidy(website), QUrl::StrictMode);
    const bool isWeb = url.scheme() == "http"_L1 || url.scheme() == "https"_L1;
    if (!url.isValid() || !isWeb || url.host().isEmpty() || !url.userInfo().isEmpty())
        return refuse(field, u"must be a link that begins with http:// or https://."_s);
    return {};
}

QString fit(const QString &text, int most)
{
    QString fitting = text;
    fitting.removeIf(isForbidden);
    if (!fitting.isValidUtf16())
        return {};
    fitting = tidy(fitting);
    if (fitting.size() > most && fitting.at(most).isLowSurrogate())
        --most;
    return tidy(fitting.left(most));
}

} // namespace Tertulia::Server::ProfileRules
