// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "e2e/desktop/sight.h"

#include <map>

namespace Tertulia::Test {

using namespace Qt::StringLiterals;

namespace {

/// The rows in sight of the list that begins here, from the top. They are found in the order in which they were made,
/// and a view has some more beyond its edges.
QStringList rowsIn(const std::vector<AccessibleNode> &nodes, size_t list)
{
    std::map<int, QString> rows;
    for (size_t i = list + 1; i < nodes.size() && nodes[i].depth > nodes[list].depth; ++i) {
        if (nodes[i].isShowing && nodes[i].role == u"list item"_s && nodes[i].place.intersects(nodes[list].place))
            rows.emplace(nodes[i].place.y(), nodes[i].name);
    }
    QStringList names;
    for (const auto &[y, name] : rows)
        names += name;
    return names;
}

} // namespace

Sight Sight::of(const std::vector<AccessibleNode> &nodes)
{
    static const QString accountButton = u"Accounts and settings of "_s;
    Sight sight;
    for (size_t i = 0; i < nodes.size(); ++i) {
        const AccessibleNode &node = nodes[i];
        if (node.role == u"frame"_s && sight.title.isEmpty())
            sight.title = node.name;
        if (node.isFocused && node.role != u"frame"_s)
            sight.focus = node.name.isEmpty() ? node.role : node.name;
        if (node.name.startsWith(accountButton) && sight.account.isEmpty())
            sight.account = node.name.sliced(accountButton.size()).section(u',', 0, 0);
        if (!node.isShowing)
            continue;
        if (node.role == u"list"_s && node.name == u"Messages"_s)
            sight.messages = rowsIn(nodes, i);
        if (node.role == u"list"_s && node.name == u"Conversations"_s)
            sight.conversations = rowsIn(nodes, i);
        if (node.role == u"heading"_s && sight.heading.isEmpty())
            sight.heading = node.name;
        sight.isMarkingOffered = sight.isMarkingOffered || node.name == u"Mark all as read"_s;
        sight.isAtEnd = sight.isAtEnd && !node.name.startsWith(u"Go to the latest"_s);
        sight.isSigningIn = sight.isSigningIn || node.name == u"Server address"_s || node.name == u"User name"_s;
        sight.isAskedToSignOut = sight.isAskedToSignOut || node.name.startsWith(u"Sign out "_s);
    }
    return sight;
}

} // namespace Tertulia::Test
