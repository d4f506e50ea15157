// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/conversationviewmodel.h"

namespace Tertulia::ViewModels {

ConversationViewModel::ConversationViewModel(QObject *parent)
    : QObject(parent)
{
}

void ConversationViewModel::deleteConversation() { }

} // namespace Tertulia::ViewModels
