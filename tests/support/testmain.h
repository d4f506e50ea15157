// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QTest>

/// What ends a test that shares its program with others (tertulia_add_tests) where QTEST_GUILESS_MAIN would stand in
/// one with a program of its own: the function, called as the file, that the program's driver calls when it is told to.
/// Each process runs one test, so the application is still the test's own.
#define TERTULIA_TEST(file, Class) TERTULIA_TEST_WITH(QCoreApplication, file, Class)

/// The same in place of QTEST_MAIN; the file includes <QGuiApplication>.
#define TERTULIA_GUI_TEST(file, Class) TERTULIA_TEST_WITH(QGuiApplication, file, Class)

#define TERTULIA_TEST_WITH(Application, file, Class)                                                                   \
    int file(int argc, char **argv)                                                                                    \
    {                                                                                                                  \
        const Application application(argc, argv);                                                                     \
        Class test;                                                                                                    \
        return QTest::qExec(&test, argc, argv);                                                                        \
    }
