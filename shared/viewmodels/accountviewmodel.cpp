// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/accountviewmodel.h"

namespace Tertulia::ViewModels {

AccountViewModel::AccountViewModel(QObject *parent)
    : QObject(parent)
{
}

void AccountViewModel::retryNow() { }

void AccountViewModel::open(const QString &) { }

void AccountViewModel::openPerson(const QString &) { }

void AccountViewModel::closeConversation() { }

void AccountViewModel::openNext() { }

void AccountViewModel::openPrevious() { }

void AccountViewModel::signOut() { }

void AccountViewModel::signInAgain() { }

void AccountViewModel::dismissNotice() { }

} // namespace Tertulia::ViewModels
