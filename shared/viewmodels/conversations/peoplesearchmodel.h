// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "protocol/user.h"
#include "viewmodels/enums.h"

#include <QAbstractListModel>
#include <QTimer>

#include <vector>

namespace Tertulia::Client {
class PeopleClient;
}

namespace Tertulia::ViewModels {

class ViewContext;

/// People on the server to begin a conversation with. Empty with an empty query; waits until the typing pauses, and
/// shows meanwhile whom this machine knows.
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
        UsernameRole, ///< as it is shown: "@ana"
        InitialsRole,
        ColorIndexRole,
        AccessibleTextRole,
    };
    Q_ENUM(Role)
    static constexpr std::chrono::milliseconds pause{250}; ///< in the typing, before the server is asked

    PeopleSearchModel(Client::PeopleClient &people, ViewContext &context, QObject *parent = nullptr);

    void setQuery(const QString &query);
    Q_INVOKABLE void retry();
    /// Opens the conversation with that person.
    Q_INVOKABLE void activate(int row);

    [[nodiscard]] QString query() const { return m_query; }
    /// Empty both before a search (empty query) and when nobody was found.
    [[nodiscard]] PageState::Value state() const;
    /// Also beside a Content that only this machine knows.
    [[nodiscard]] QString errorText() const;
    [[nodiscard]] int count() const { return rowCount(); }
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void queryChanged();
    void stateChanged();
    void countChanged();
    void personChosen(const Tertulia::UserId &user);

private:
    void search();
    void show(const std::vector<UserCard> &people);
    /// They stay where they are: a row that goes from under the pointer would be the wrong one.
    void renamed(const UserId &user);

    Client::PeopleClient &m_people;
    QTimer m_timer;
    QString m_query;
    std::vector<UserId> m_rows;
    std::optional<Error> m_error;
    bool m_isSearching = false;
    quint64 m_search = 0; ///< answers of earlier ones are dropped
};

} // namespace Tertulia::ViewModels
