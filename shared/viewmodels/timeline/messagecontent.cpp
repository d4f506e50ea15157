// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/timeline/messagecontent.h"

#include <QMetaProperty>

namespace Tertulia::ViewModels {

QVariantMap MessageContents::of(const QVariantMap &given)
{
    static const MessageContent blank;
    const QMetaObject &fields = MessageContent::staticMetaObject;
    QVariantMap content = given;
    for (int i = 0; i < fields.propertyCount(); ++i) {
        const QMetaProperty field = fields.property(i);
        const QString name = QString::fromLatin1(field.name());
        if (!content.contains(name))
            content.insert(name, field.readOnGadget(&blank));
    }
    if (content.size() > fields.propertyCount())
        qWarning("a MessageContent has no such fields: %s", qUtf8Printable(given.keys().join(u' ')));
    return content;
}

} // namespace Tertulia::ViewModels
