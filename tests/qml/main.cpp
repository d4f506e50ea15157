// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "setup.h"

#include <QtQuickTest>

QUICK_TEST_MAIN_WITH_SETUP(tertulia, Tertulia::QmlTestSetup)
