// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/ids.h"
#include "protocol/user.h"
#include "viewmodels/enums.h"

#include <QAbstractListModel>
#include <QTimer>

#include <vector>

namespace Tertulia::Client {
class ConversationClient;
class PeopleClient;
class PresenceClient;
} // namespace Tertulia::Client

namespace Tertulia::ViewModels {

class ViewContext;

/// Ctrl+K: conversations and people in one list, the best match first. With an empty query: the latest conversations.
/// The list is made anew with each query and stands still in between, unless nothing was there yet.
class SwitcherModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Part of an account.")
    Q_PROPERTY(QString query READ query WRITE setQuery NOTIFY queryChanged)
    Q_PROPERTY(int count READ count NOTIFY countChanged)
    Q_PROPERTY(bool isSearching READ isSearching NOTIFY isSearchingChanged)

public:
    enum Role {
        KindRole = Qt::UserRole, ///< SwitcherKind
        TargetIdRole, ///< of the conversation or the person
        TitleRole,
        SubtitleRole,
        InitialsRole,
        ColorIndexRole,
        IsOnlineRole,
        UnreadCountRole,
        AccessibleTextRole,
    };
    Q_ENUM(Role)
    static constexpr int mostConversations = 30;
    static constexpr std::chrono::milliseconds pause{250}; ///< in the typing, before the server is asked

    SwitcherModel(Client::ConversationClient &conversations, Client::PresenceClient &presence,
                  Client::PeopleClient &people, ViewContext &context, QObject *parent = nullptr);

    void setQuery(const QString &query);
    /// When the switcher opens: the latest conversations, as they are now.
    Q_INVOKABLE void refresh();
    Q_INVOKABLE void activate(int row);

    [[nodiscard]] QString query() const { return m_query; }
    /// The server is being asked for people.
    [[nodiscard]] bool isSearching() const { return m_isSearching; }
    [[nodiscard]] int count() const { return rowCount(); }
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void queryChanged();
    void countChanged();
    void isSearchingChanged();
    void conversationChosen(const Tertulia::ConversationId &id);
    void personChosen(const Tertulia::UserId &user);

private:
    struct Row
    {
        SwitcherKind::Value kind = SwitcherKind::Value::Conversation;
        ConversationId conversation;
        UserId person;
        QString title, subtitle;
        int colorIndex = 0;
    };

    [[nodiscard]] std::vector<Row> conversationRows() const;
    void addPeople(std::vector<Row> &rows, const std::vector<UserCard> &people) const;
    /// Writes what the row says of people, as they are called now.
    void name(Row &row) const;
    /// The rows concerned say the new name, and stand still like all.
    void renamed(const UserId &user);
    void askServer();
    void show(std::vector<Row> rows);
    void setSearching(bool searching);

    Client::ConversationClient &m_conversations;
    Client::PresenceClient &m_presence;
    Client::PeopleClient &m_people;
    QTimer m_timer;
    QString m_query;
    std::vector<Row> m_rows;
    bool m_isAsked = false; ///< it was opened at least once
    bool m_isSearching = false;
    quint64 m_search = 0; ///< answers of earlier ones are dropped
};

} // namespace Tertulia::ViewModels
