// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/timeline/emojimodel.h"

#include "text/emojitable.h"
#include "viewmodels/rolenames.h"
#include "viewmodels/settings/settingsviewmodel.h"

#include <QHash>
#include <QLocale>

namespace Tertulia::ViewModels {

using namespace Qt::StringLiterals;

EmojiModel::EmojiModel(SettingsViewModel &settings, QObject *parent)
    : QAbstractListModel(parent)
    , m_settings(settings)
{
    connect(&settings, &SettingsViewModel::languageApplied, this, &EmojiModel::retranslate);
}

const std::vector<EmojiModel::Row> &EmojiModel::rows() const
{
    if (!m_isFilled) {
        m_isFilled = true;
        m_rows = makeRows();
    }
    return m_rows;
}

std::vector<EmojiModel::Row> EmojiModel::makeRows() const
{
    const auto &table = EmojiTable::instance();
    std::vector<Row> rows;
    if (!m_search.trimmed().isEmpty()) {
        const auto found = table.search(m_search);
        for (const int entry : found)
            rows.push_back({entry, false});
        return rows;
    }
    const auto recent = m_settings.recentEmoji();
    for (const auto &emoji : recent) {
        if (const int entry = table.find(emoji); entry >= 0 && qsizetype(rows.size()) < mostRecent)
            rows.push_back({entry, true});
    }
    for (int entry = 0; entry < int(table.entries().size()); ++entry)
        rows.push_back({entry, false});
    return rows;
}

void EmojiModel::setSearch(const QString &search)
{
    if (m_search == search)
        return;
    m_search = search;
    refresh();
    Q_EMIT searchChanged();
}

void EmojiModel::refresh()
{
    beginResetModel();
    m_rows = makeRows();
    m_isFilled = true;
    endResetModel();
    Q_EMIT countChanged();
    Q_EMIT categoriesChanged();
}

void EmojiModel::use(const QString &emoji)
{
    auto recent = m_settings.recentEmoji();
    recent.removeAll(emoji);
    recent.prepend(emoji);
    m_settings.setRecentEmoji(recent.first(qMin(recent.size(), mostRecent)));
}

int EmojiModel::firstRow(int category) const
{
    if (!m_search.trimmed().isEmpty())
        return -1;
    const auto &all = rows();
    const bool hasRecent = !all.empty() && all.front().isRecent;
    if (hasRecent && category == 0)
        return 0;
    const auto &entries = EmojiTable::instance().entries();
    for (size_t row = 0; row < all.size(); ++row) {
        if (!all[row].isRecent && entries[size_t(all[row].entry)].category == category - (hasRecent ? 1 : 0))
            return int(row);
    }
    return -1;
}

QString EmojiModel::emojiAt(int row) const
{
    return row < 0 || row >= rowCount() ? QString() : data(index(row), EmojiRole).toString();
}

QString EmojiModel::categoryName(const QString &category)
{
    if (category == "smileys"_L1)
        return tr("Smileys", "a category of emoji");
    if (category == "people"_L1)
        return tr("People", "a category of emoji");
    if (category == "animals"_L1)
        return tr("Animals and nature", "a category of emoji");
    if (category == "food"_L1)
        return tr("Food and drink", "a category of emoji");
    if (category == "travel"_L1)
        return tr("Travel and places", "a category of emoji");
    if (category == "activities"_L1)
        return tr("Activities", "a category of emoji");
    if (category == "objects"_L1)
        return tr("Objects", "a category of emoji");
    if (category == "symbols"_L1)
        return tr("Symbols", "a category of emoji");
    return tr("Flags", "a category of emoji");
}

QStringList EmojiModel::categories() const
{
    QStringList names;
    if (!rows().empty() && rows().front().isRecent)
        names << tr("Recently used", "a category of emoji");
    for (const auto &category : EmojiTable::instance().categories())
        names << categoryName(category);
    return names;
}

QStringList EmojiModel::categoryEmoji() const
{
    QStringList emoji;
    if (!rows().empty() && rows().front().isRecent)
        emoji << u"🕒"_s;
    int category = -1;
    for (const auto &entry : EmojiTable::instance().entries()) {
        if (entry.category != category)
            emoji << entry.emoji;
        category = entry.category;
    }
    return emoji;
}

int EmojiModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(rows().size());
}

QVariant EmojiModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const auto &row = rows()[size_t(index.row())];
    const auto &table = EmojiTable::instance();
    const auto &entry = table.entries()[size_t(row.entry)];
    switch (role) {
    case EmojiRole:
        return entry.emoji;
    case Qt::DisplayRole:
    case NameRole:
        return QLocale().language() == QLocale::German ? entry.german : entry.english;
    case CategoryRole:
        return row.isRecent ? tr("Recently used", "a category of emoji")
                            : categoryName(table.categories().at(entry.category));
    case IsRecentRole:
        return row.isRecent;
    default:
        return {};
    }
}

QHash<int, QByteArray> EmojiModel::roleNames() const
{
    static const auto names = roleNamesOf(QMetaEnum::fromType<Role>());
    return names;
}

void EmojiModel::retranslate()
{
    if (!m_isFilled)
        return;
    Q_EMIT dataChanged(index(0), index(int(m_rows.size()) - 1), {NameRole, CategoryRole});
    Q_EMIT categoriesChanged();
}

} // namespace Tertulia::ViewModels
