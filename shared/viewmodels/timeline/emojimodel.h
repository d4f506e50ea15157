// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>
#include <QStringList>
#include <QtQmlIntegration>

#include <vector>

namespace Tertulia::ViewModels {

class SettingsViewModel;

/// The emoji picker: those used last, then all by category, or those that the search finds.
class EmojiModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Part of the application.")
    Q_PROPERTY(QString search READ search WRITE setSearch NOTIFY searchChanged)
    Q_PROPERTY(int count READ count NOTIFY countChanged)
    Q_PROPERTY(QStringList categories READ categories NOTIFY categoriesChanged)
    Q_PROPERTY(QStringList categoryEmoji READ categoryEmoji NOTIFY categoriesChanged)

public:
    enum Role {
        EmojiRole = Qt::UserRole,
        NameRole, ///< in the person's language, for the tool tip and the screen reader
        CategoryRole, ///< translated; a ListView's section
        IsRecentRole,
    };
    Q_ENUM(Role)
    static constexpr qsizetype mostRecent = 24;

    explicit EmojiModel(SettingsViewModel &settings, QObject *parent = nullptr);

    void setSearch(const QString &search);
    /// Puts it to the front of the recent ones; the rows move at the next refresh(), not under the pointer.
    Q_INVOKABLE void use(const QString &emoji);
    /// When the picker opens: without a search, with what was used last.
    Q_INVOKABLE void refresh();
    /// The first row of a category (an index of categories), for the tabs above; -1 while searching.
    Q_INVOKABLE [[nodiscard]] int firstRow(int category) const;
    Q_INVOKABLE [[nodiscard]] QString emojiAt(int row) const;

    [[nodiscard]] QString search() const { return m_search; }
    [[nodiscard]] int count() const { return rowCount(); }
    [[nodiscard]] QStringList categories() const;
    /// One emoji that stands for each category.
    [[nodiscard]] QStringList categoryEmoji() const;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void searchChanged();
    void countChanged();
    void categoriesChanged();

private:
    struct Row
    {
        int entry = 0; ///< of the table
        bool isRecent = false;
    };

    [[nodiscard]] const std::vector<Row> &rows() const;
    [[nodiscard]] std::vector<Row> makeRows() const;
    [[nodiscard]] static QString categoryName(const QString &category);
    void retranslate();

    SettingsViewModel &m_settings;
    QString m_search;
    // Filled when somebody looks: the table is not read at start.
    mutable std::vector<Row> m_rows;
    mutable bool m_isFilled = false;
};

} // namespace Tertulia::ViewModels
