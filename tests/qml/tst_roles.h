// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class TestRoles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void delegate_asksOnlyForRolesOfItsModel_data();
    void delegate_asksOnlyForRolesOfItsModel();
    void content_isAskedForItsFieldsAlone();
    void view_reusesRows_throughRowsAlone();
    void cannedViewModel_hasEveryProperty_data();
    void cannedViewModel_hasEveryProperty();
};
