// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QUrl>

namespace Tertulia::Test {

/// What is on a server with demo data before somebody photographs it: more people, and each kind of message.
struct SampleTalk
{
    inline static const QString password = QStringLiteral("tertulia-demo"); ///< everybody's
    /// The last that Ben writes to Ada; longer than what is told of an address before it is opened.
    inline static const QString address =
        QStringLiteral("https://example.org/a-page/that-has-a-long-name/and-lies-deep/in?many=folders&so=on#here");

    /// Everybody's words, one after the other. False when the server does not take them.
    [[nodiscard]] static bool write(const QUrl &server);
};

} // namespace Tertulia::Test
