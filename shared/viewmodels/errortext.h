// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <QCoreApplication>
#include <QString>

namespace Tertulia::ViewModels {

/// Failures in the words of people: what happened and what can be done. The one place where an Error becomes a
/// sentence; Error::message is never shown.
class ErrorText
{
    Q_DECLARE_TR_FUNCTIONS(Tertulia::ViewModels::ErrorText)

public:
    /// What was being done when it happened.
    enum class Context {
        General,
        CheckServer, ///< looking for a server at an address
        SignIn,
        Register,
        Send, ///< of one message
        Load, ///< of a page
    };

    /// Never empty, but for Cancelled: nobody is told what he did himself.
    [[nodiscard]] static QString of(const Error &error, Context context = Context::General);

private:
    [[nodiscard]] static QString ofContext(const Error &error, Context context);
    [[nodiscard]] static QString ofReason(const Error &error);
    [[nodiscard]] static QString ofCode(const Error &error);
    [[nodiscard]] static QString ofSignIn(const Error &error);
    [[nodiscard]] static QString ofRegister(const Error &error);
    [[nodiscard]] static QString ofCheckServer(const Error &error);
    [[nodiscard]] static QString ofSend(const Error &error);
    [[nodiscard]] static QString later(int seconds);
};

} // namespace Tertulia::ViewModels
