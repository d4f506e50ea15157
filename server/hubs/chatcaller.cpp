// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hubs/chatcaller.h"

#include "net/httpmessage.h"

namespace Tertulia::Server {

namespace {

class ChatPrincipal final : public Principal
{
public:
    explicit ChatPrincipal(const Actor &actor)
        : m_actor(actor)
    {
    }
    [[nodiscard]] const Actor &actor() const { return m_actor; }

private:
    const Actor m_actor;
};

} // namespace

Caller chatCaller(const Actor &actor, std::optional<Timestamp> until, const QByteArray &token)
{
    return {
        .user = actor.id,
        .session = actor.session,
        .until = until,
        .token = actor.foreignUntil ? token : QByteArray(), // each foreign token is a session of its own
        .principal = std::make_shared<const ChatPrincipal>(actor),
    };
}

const Actor &actorOf(const HubConnectionContext &connection)
{
    const auto *const principal = dynamic_cast<const ChatPrincipal *>(connection.caller().principal.get());
    Q_ASSERT(principal);
    return principal->actor();
}

Result<void> isNamedRightly(const Caller &caller, const RequestHead &head)
{
    const auto userId = head.queryValue("userId");
    if (!userId || userId->isEmpty())
        return {};
    const auto uuid = Uuid::parse(QByteArrayView(*userId));
    if (!uuid || UserId(*uuid) != caller.user)
        return failure(Error::forbidden(QStringLiteral("userId is not the caller's")));
    return {};
}

} // namespace Tertulia::Server
