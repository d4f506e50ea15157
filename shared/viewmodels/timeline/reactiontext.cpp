// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/timeline/reactiontext.h"

#include "client/contacts/directory.h"
#include "text/plaintext.h"

#include <QLocale>

#include <algorithm>

namespace Tertulia::ViewModels {

namespace {

constexpr int mostShown = 4;
constexpr qsizetype longest = 32; // UTF-16 units; servers take no more bytes

} // namespace

QString ReactionText::shown(const std::vector<Reaction> &reactions)
{
    QStringList texts;
    for (const Reaction &one : reactions) {
        const QString text = oneLine(one.reaction, longest);
        if (!text.isEmpty() && !texts.contains(text) && texts.size() < mostShown)
            texts << text;
    }
    if (reactions.size() > 1)
        texts << QLocale().toString(qulonglong(reactions.size()));
    return texts.join(QChar(QChar::Nbsp));
}

QString ReactionText::by(const std::vector<Reaction> &reactions, const UserId &self, Client::Directory &directory,
                         QChar between)
{
    QStringList lines;
    for (const Reaction &one : reactions) {
        const UserCard card = directory.card(one.userId);
        QString name =
            one.userId == self ? tr("You", "who reacts to a message") : cleanName(card.fullName, card.username);
        if (name.isEmpty())
            name = tr("Somebody", "who reacts to a message, and is not in the conversation any more");
        lines << tr("%1: %2", "a person and an emoji").arg(isolated(name), oneLine(one.reaction, longest));
    }
    return lines.join(between);
}

QString ReactionText::own(const std::vector<Reaction> &reactions, const UserId &self)
{
    const auto found =
        std::find_if(reactions.begin(), reactions.end(), [&self](const Reaction &one) { return one.userId == self; });
    return found == reactions.end() ? QString() : found->reaction;
}

} // namespace Tertulia::ViewModels
