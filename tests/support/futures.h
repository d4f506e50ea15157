// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/async.h"

#include <QTest>

namespace Tertulia::Test {

/// The result of a future, waited for with a running event loop, at most 10 s. What never came is Internal.
template <class T> [[nodiscard]] Result<T> await(const Client::Future<T> &future)
{
    if (!QTest::qWaitFor([&] { return future.isAnswered(); }, 10'000))
        return failure(Error::internal(QStringLiteral("the future was not answered")));
    return future.result();
}

/// For QVERIFY2: the failure in words; empty when there is none.
template <class T> [[nodiscard]] QByteArray why(const Result<T> &result)
{
    return result ? QByteArray() : (codeWord(result.error()) + QStringLiteral(": ") + result.error().message).toUtf8();
}

} // namespace Tertulia::Test
