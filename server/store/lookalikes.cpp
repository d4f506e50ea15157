// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/lookalikes.h"

#include "base/logging.h"

#include <memory>

#include <unicode/uspoof.h>
#include <unicode/uversion.h>

namespace Tertulia::Server::Lookalikes {

namespace {

struct CheckerCloser
{
    void operator()(USpoofChecker *checker) const { uspoof_close(checker); }
};

/// Not changed once it is made, and then of use to every thread (ICU's promise).
const USpoofChecker *checker()
{
    static const std::unique_ptr<USpoofChecker, CheckerCloser> made = [] {
        UErrorCode status = U_ZERO_ERROR;
        std::unique_ptr<USpoofChecker, CheckerCloser> fresh(uspoof_open(&status));
        uspoof_setRestrictionLevel(fresh.get(), USPOOF_HIGHLY_RESTRICTIVE);
        uspoof_setChecks(fresh.get(), USPOOF_RESTRICTION_LEVEL | USPOOF_INVISIBLE | USPOOF_MIXED_NUMBERS, &status);
        if (U_FAILURE(status))
            qCCritical(logStore, "names that look alike are not told: %s", u_errorName(status));
        return fresh;
    }();
    return made.get();
}

const UChar *utf16(const QString &text)
{
    return reinterpret_cast<const UChar *>(text.utf16());
}

} // namespace

QString skeleton(const QString &name)
{
    const QString plain = name.normalized(QString::NormalizationForm_KC);
    UErrorCode status = U_ZERO_ERROR;
    QString made(plain.size() * 2 + 8, Qt::Uninitialized);
    for (int tries = 0; tries < 2; ++tries) {
        status = U_ZERO_ERROR;
        const int32_t size = uspoof_getSkeleton(checker(), 0, utf16(plain), int32_t(plain.size()),
                                                reinterpret_cast<UChar *>(made.data()), int32_t(made.size()), &status);
        made.resize(size);
        if (status != U_BUFFER_OVERFLOW_ERROR)
            break;
    }
    // The case goes last: a capital I looks like l, a small one does not.
    return (U_SUCCESS(status) ? made : plain).toCaseFolded();
}

bool isMixed(const QString &name)
{
    UErrorCode status = U_ZERO_ERROR;
    return uspoof_check2(checker(), utf16(name), int32_t(name.size()), nullptr, &status) != 0 && U_SUCCESS(status);
}

int edition()
{
    constexpr int rule = 1; // our own part of it: NFKC before, the case after
    UVersionInfo icu{};
    u_getVersion(icu);
    return rule * 1000 + icu[0];
}

} // namespace Tertulia::Server::Lookalikes
