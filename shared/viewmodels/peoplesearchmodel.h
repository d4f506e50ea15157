// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/enums.h"

#include <QAbstractListModel>

namespace Tertulia::ViewModels {

/// People on the server to begin a conversation with. Empty with an empty query; waits until the typing pauses.
class PeopleSearchModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Part of an account.")
    Q_PROPERTY(QString query READ query WRITE setQuery NOTIFY queryChanged)
    Q_PROPERTY(Tertulia::ViewModels::PageState::Value state READ state NOTIFY stateChanged)
    Q_PROPERTY(QString errorText READ errorText NOTIFY stateChanged)
    Q_PROPERTY(int count READ count NOTIFY countChanged)

public:
    enum Role {
        UserIdRole = Qt::UserRole,
        TitleRole,
        UsernameRole,
        InitialsRole,
        ColorIndexRole,
        AccessibleTextRole,
    };
    Q_ENUM(Role)

    explicit PeopleSearchModel(QObject *parent = nullptr);

    void setQuery(const QString &query);
    Q_INVOKABLE void retry();
    /// Opens the conversation with that person.
    Q_INVOKABLE void activate(int row);

    [[nodiscard]] QString query() const { return m_query; }
    /// Empty both before a search (empty query) and when nobody was found.
    [[nodiscard]] PageState::Value state() const { return PageState::Value::Empty; }
    [[nodiscard]] QString errorText() const { return {}; }
    [[nodiscard]] int count() const { return rowCount(); }
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void queryChanged();
    void stateChanged();
    void countChanged();

private:
    QString m_query;
};

} // namespace Tertulia::ViewModels
