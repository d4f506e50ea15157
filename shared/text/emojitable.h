// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <vector>

namespace Tertulia {

/// The emoji of data/emoji.txt with their names and search words in the languages of the program.
class EmojiTable
{
public:
    struct Entry
    {
        QString emoji, english, german;
        int category = 0; ///< index of categories()
        QString words; ///< folded; each begins behind a space, those of the names before a bar
    };

    /// Read when it is first asked for: starting the program does not need it.
    [[nodiscard]] static const EmojiTable &instance();

    [[nodiscard]] const std::vector<Entry> &entries() const { return m_entries; }
    /// "smileys", "people" …; not for people to read.
    [[nodiscard]] const QStringList &categories() const { return m_categories; }
    /// Indexes of entries, the best first: all words of the query begin a name's or a search word's word.
    [[nodiscard]] std::vector<int> search(const QString &query) const;
    /// -1 when it is unknown.
    [[nodiscard]] int find(const QString &emoji) const;

private:
    EmojiTable();

    std::vector<Entry> m_entries;
    QStringList m_categories;
};

} // namespace Tertulia
