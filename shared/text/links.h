// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringView>

#include <optional>

// Addresses in what people write: where they are, what may be opened, and which of them pretend to be another.

namespace Tertulia {

/// An address that somebody wrote into a sentence.
struct BareLink
{
    qsizetype length = 0; ///< UTF-16 units; the sentence's own punctuation behind it is left out
    QString href; ///< empty: not let through; all of it is words, also what in it looks like another address
};

/// Whether one begins exactly there: `scheme://…` of any scheme, `www.…`, `somebody@host`. Hosts may be of any script,
/// and of one word (localhost).
[[nodiscard]] std::optional<BareLink> bareLinkAt(QStringView text, qsizetype position);
/// The address in the form that goes into href, all ASCII; empty when it is none that we let through: http, https and
/// mailto without a user or password for the host.
[[nodiscard]] QString safeLink(const QString &address);
/// Where an address of safeLink leads, for people: the host in ASCII, or the mail address.
[[nodiscard]] QString placeOf(const QString &href);
/// Whether a host's letters may be there to look like another's (UTS 39, cut down): letters of two scripts in one label
/// (those that Japanese, Korean and Chinese mix count as one), or only such letters of Cyrillic or Greek as look like
/// Latin ones, or Punycode, which nobody reads.
/// @param written the address as it was written
[[nodiscard]] bool isLookAlike(const QString &written, const QString &href);

} // namespace Tertulia
