// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/contacts/peopleclient.h"

#include "client/async.h"
#include "client/contacts/directory.h"
#include "client/conversations/intake.h"
#include "client/transport/apiclient.h"
#include "protocol/names.h"

#include <QUrlQuery>

#include <algorithm>

namespace Tertulia::Client {

using namespace Qt::StringLiterals;

class PeopleClient::Private
{
public:
    Private(const ClientParts &clientParts, const PeopleOptions &peopleOptions)
        : parts(clientParts)
        , options(peopleOptions)
    {
    }

    [[nodiscard]] std::vector<UserCard> admitted(const std::vector<UserCard> &people)
    {
        std::vector<UserCard> list;
        for (UserCard card : people) {
            if (card.id.isNull() || card.id == parts.self.id || list.size() >= size_t(options.limit))
                continue;
            admit(card);
            parts.directory.hear(card);
            list.push_back(std::move(card));
        }
        return list;
    }

    const ClientParts parts;
    const PeopleOptions options;
    Future<std::vector<UserCard>> underWay;
    std::optional<Promise<std::vector<UserCard>>> wanted; ///< of the search that is under way
    int generation = 0;
};

PeopleClient::PeopleClient(const ClientParts &parts, const PeopleOptions &options, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(parts, options))
{
}

PeopleClient::~PeopleClient()
{
    cancel();
}

Future<std::vector<UserCard>> PeopleClient::search(const QString &query)
{
    cancel();
    const QString text = query.simplified().left(d->options.queryCharacters);
    if (text.isEmpty())
        return answered<std::vector<UserCard>>(std::vector<UserCard>());
    d->wanted.emplace();
    auto future = d->wanted->future();
    const QUrlQuery parameters{{u"q"_s, QString::fromLatin1(QUrl::toPercentEncoding(text))},
                               {u"limit"_s, QString::number(d->options.limit)}};
    d->underWay = d->parts.api.get<std::vector<UserCard>>(QString(Routes::peopleSearch), parameters);
    whenAnswered<std::vector<UserCard>>(
        d->underWay, this, [this, generation = d->generation](const Result<std::vector<UserCard>> &people) {
            if (generation != d->generation || !d->wanted)
                return;
            auto wanted = std::move(*d->wanted);
            d->wanted.reset();
            if (people)
                wanted.finish(d->admitted(*people));
            else
                wanted.finish(failure(people.error()));
        });
    return future;
}

std::vector<UserCard> PeopleClient::searchStored(const QString &query) const
{
    auto people = d->parts.directory.search(query, d->options.limit + 1); // and perhaps oneself
    std::erase_if(people, [this](const UserCard &card) { return card.id == d->parts.self.id; });
    people.resize(std::min(people.size(), size_t(d->options.limit)));
    return people;
}

Directory &PeopleClient::directory() const
{
    return d->parts.directory;
}

void PeopleClient::cancel()
{
    ++d->generation;
    d->underWay.cancel();
    d->underWay = {};
    if (auto wanted = std::exchange(d->wanted, std::nullopt))
        wanted->finish(failure(Error::cancelled()));
}

} // namespace Tertulia::Client
