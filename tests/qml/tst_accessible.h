// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QQmlApplicationEngine>

class QQuickWindow;

// Walks the accessible tree of each page of the gallery, as a screen reader does.
class TestAccessible : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everyControl_hasAName_data();
    void everyControl_hasAName();
    void textField_isTold_butAPasswordAsDots();

private:
    QQmlApplicationEngine m_engine;
    QQuickWindow *m_window = nullptr;
    QObject *m_gallery = nullptr;
};
