// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/emojitable.h"

#include "text/searchwords.h"

#include <QFile>

#include <algorithm>

namespace Tertulia {

namespace {
constexpr auto tablePath = ":/tertulia/text/data/emoji.txt";

/// The smaller the better; -1 when a word is not there.
int rankOf(const EmojiTable::Entry &entry, const QStringList &query)
{
    const auto names = entry.words.indexOf(u'|');
    int rank = 0;
    for (const auto &word : query) {
        const auto at = entry.words.indexOf(u' ' + word);
        if (at < 0)
            return -1;
        const bool isWhole = at + 1 + word.size() < entry.words.size() && entry.words.at(at + 1 + word.size()) == u' ';
        rank += (at == 0 ? 0 : 2) + (at < names ? 0 : 4) + (isWhole ? 0 : 1);
    }
    return rank;
}
} // namespace

const EmojiTable &EmojiTable::instance()
{
    static const EmojiTable table;
    return table;
}

EmojiTable::EmojiTable()
{
    QFile file(QString::fromLatin1(tablePath));
    const bool isOpen = file.open(QIODevice::ReadOnly);
    Q_ASSERT(isOpen);
    if (!isOpen)
        return;
    const auto lines = QString::fromUtf8(file.readAll()).split(u'\n');
    for (const auto &line : lines) {
        if (line.startsWith(u'@')) {
            m_categories << line.mid(1);
            continue;
        }
        const auto fields = line.split(u'|');
        if (line.startsWith(u"# ") || fields.size() != 5)
            continue;
        Entry entry{fields.at(0), fields.at(1), fields.at(2), int(m_categories.size()) - 1, {}};
        entry.words =
            searchWords(fields.at(1) + u' ' + fields.at(2)) + u'|' + searchWords(fields.at(3) + u' ' + fields.at(4));
        m_entries.push_back(std::move(entry));
    }
}

std::vector<int> EmojiTable::search(const QString &query) const
{
    if (const int pasted = find(query.trimmed()); pasted >= 0)
        return {pasted};
    const auto wanted = queryWords(query);
    if (wanted.isEmpty())
        return {};
    std::vector<std::pair<int, int>> found; // rank, index
    for (int i = 0; i < int(m_entries.size()); ++i) {
        if (const int rank = rankOf(m_entries[size_t(i)], wanted); rank >= 0)
            found.emplace_back(rank, i);
    }
    std::ranges::stable_sort(found, {}, &std::pair<int, int>::first);
    std::vector<int> indexes;
    indexes.reserve(found.size());
    for (const auto &[rank, index] : found)
        indexes.push_back(index);
    return indexes;
}

int EmojiTable::find(const QString &emoji) const
{
    const auto found = std::ranges::find(m_entries, emoji, &Entry::emoji);
    return found == m_entries.end() ? -1 : int(found - m_entries.begin());
}

} // namespace Tertulia
