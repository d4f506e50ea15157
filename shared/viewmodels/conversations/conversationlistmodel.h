// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/ids.h"
#include "viewmodels/enums.h"

#include <QAbstractListModel>
#include <QStringList>

#include <unordered_map>
#include <vector>

namespace Tertulia::Client {
class ConversationClient;
class PresenceClient;
struct ConversationEntry;
} // namespace Tertulia::Client

namespace Tertulia::ViewModels {

class ViewContext;

/// The conversations of one account, the latest first, by the words of the filter. One change is one row: never a reset
/// but for another filter. Without a filter the rows are the client's own, read when they are shown; with one they are
/// a list of ids.
class ConversationListModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Part of an account.")
    Q_PROPERTY(QString filter READ filter WRITE setFilter NOTIFY filterChanged)
    Q_PROPERTY(Tertulia::ViewModels::PageState::Value state READ state NOTIFY stateChanged)
    Q_PROPERTY(QString errorText READ errorText NOTIFY stateChanged)
    Q_PROPERTY(int count READ count NOTIFY countChanged)
    Q_PROPERTY(int currentRow READ currentRow NOTIFY currentRowChanged)

public:
    enum Role {
        ConversationIdRole = Qt::UserRole,
        TitleRole,
        InitialsRole,
        ColorIndexRole,
        IsOnlineRole,
        PreviewRole, ///< one line of plain text
        PreviewPrefixRole, ///< "You:" or "Draft:" or empty
        IsDraftRole,
        IsTypingRole,
        TypingTextRole,
        TimeTextRole,
        StatusRole, ///< DeliveryStatus, of the last message when it is one's own
        UnreadCountRole,
        IsMutedRole,
        IsCurrentRole,
        AccessibleTextRole, ///< the row as one sentence
    };
    Q_ENUM(Role)

    /// All of them outlive the model.
    ConversationListModel(Client::ConversationClient &conversations, Client::PresenceClient &presence,
                          ViewContext &context, QObject *parent = nullptr);

    void setFilter(const QString &filter);
    void setCurrent(const ConversationId &id);
    /// Asks the server again after an error.
    Q_INVOKABLE void retry();
    /// The conversation in that row, empty when there is none; for the keys that walk through the list.
    Q_INVOKABLE [[nodiscard]] QString conversationIdAt(int row) const;

    [[nodiscard]] QString filter() const { return m_filter; }
    [[nodiscard]] PageState::Value state() const;
    [[nodiscard]] QString errorText() const;
    [[nodiscard]] int count() const { return rowCount(); }
    /// The row of the open conversation, -1 when it is not in the list.
    [[nodiscard]] int currentRow() const { return m_currentRow; }
    [[nodiscard]] int rowOf(const ConversationId &id) const;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void filterChanged();
    void stateChanged();
    void countChanged();
    void currentRowChanged();

private:
    void follow();
    void inserted(int index);
    void aboutToBeRemoved(int index);
    void moved(int from, int to);
    void changed(int index);
    /// Who somebody is has changed: what the rows say of them, and whether they pass the filter.
    void renamed(const UserId &user);
    void afterRowsChanged();
    void touch(int row, const QList<int> &roles = {});
    void touchAll(const QList<int> &roles);
    void refill();
    [[nodiscard]] bool isFiltered() const { return !m_words.isEmpty(); }
    [[nodiscard]] bool isWanted(const Client::ConversationEntry &entry);
    [[nodiscard]] int insertionRow(const std::vector<ConversationId> &visible, int index) const;
    [[nodiscard]] const Client::ConversationEntry *entryAt(int row) const;
    [[nodiscard]] QVariant textOf(const Client::ConversationEntry &entry, int role) const;
    [[nodiscard]] QString accessibleText(const Client::ConversationEntry &entry) const;

    Client::ConversationClient &m_conversations;
    Client::PresenceClient &m_presence;
    ViewContext &m_context;
    QString m_filter;
    QStringList m_words; ///< of the filter
    std::vector<ConversationId> m_visible; ///< filtered only
    std::unordered_map<ConversationId, QString> m_searchWords; ///< made when a filter first needs them
    ConversationId m_current;
    int m_currentRow = -1;
    int m_count = 0; ///< as last told
};

} // namespace Tertulia::ViewModels
