// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <QStringView>

#include <vector>

namespace Tertulia {

/// One line of a paragraph, without the paragraph's own tags.
struct InlineLine
{
    QString html; ///< every tag that is opened in it is closed in it
    QString words; ///< without marks; what stands behind a link to say where it leads is in it
    QStringList links; ///< what its links lead to
};

/// What stands within lines: *italic*, _italic_, **bold**, ~~struck~~, `code`, [label](address), addresses. A mark
/// counts only where it is closed, and where it stands at the border of a word and not inside of one; everything else
/// is shown sign by sign as it was written. Bold and struck may run over lines.
/// @param text cleaned, lines ended by \n. Linear in it.
[[nodiscard]] std::vector<InlineLine> parseInline(QStringView text);

} // namespace Tertulia
