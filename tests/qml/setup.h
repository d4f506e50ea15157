// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractItemModel>
#include <QQmlContext>
#include <QQmlEngine>

namespace Tertulia {

// Lets every engine of a test program find our modules, and tests do (as `stage`) what QML cannot.
class QmlTestSetup : public QObject
{
    Q_OBJECT

public:
    /// The model says that it was reset.
    Q_INVOKABLE void reset(QAbstractItemModel *model)
    {
        struct Door : QAbstractItemModel
        {
            using QAbstractItemModel::beginResetModel;
            using QAbstractItemModel::endResetModel;
        };
        (model->*(&Door::beginResetModel))();
        (model->*(&Door::endResetModel))();
    }

    /// Whether views look at their rows by themselves.
    Q_INVOKABLE bool isDebug()
    {
#ifdef QT_NO_DEBUG
        return false;
#else
        return true;
#endif
    }

public Q_SLOTS:
    void qmlEngineAvailable(QQmlEngine *engine)
    {
        engine->addImportPath(QStringLiteral(":/qt/qml"));
        engine->rootContext()->setContextProperty(QStringLiteral("stage"), this);
    }
};

} // namespace Tertulia
