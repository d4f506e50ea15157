// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "client/async.h"
#include "client/clientparts.h"

#include <QObject>

#include <memory>
#include <vector>

namespace Tertulia::Client {

struct PeopleOptions
{
    int limit = 30; ///< people of one answer
    int queryCharacters = 200; ///< the server takes no longer ones
};

/// Finds people to begin a conversation with.
class PeopleClient : public QObject
{
    Q_OBJECT
public:
    explicit PeopleClient(const ClientParts &parts, const PeopleOptions &options = {}, QObject *parent = nullptr);
    ~PeopleClient() override;

    /// One search at a time: the one before ends as Cancelled, its request is aborted. Best first, without oneself.
    /// An empty query finds nobody.
    [[nodiscard]] Future<std::vector<UserCard>> search(const QString &query);
    /// Those whom the directory knows, without the server: what can be shown while the answer is awaited, or offline.
    [[nodiscard]] std::vector<UserCard> searchStored(const QString &query) const;
    void cancel();
    [[nodiscard]] Directory &directory() const;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Tertulia::Client
