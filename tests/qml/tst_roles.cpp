// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tst_roles.h"

#include "viewmodels/shell/applicationviewmodel.h"
#include "viewmodels/timeline/messagecontent.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QMetaEnum>
#include <QRegularExpression>
#include <QTest>

using namespace Tertulia;
using namespace Tertulia::ViewModels;

namespace {

QString read(const QString &path)
{
    QFile file(QStringLiteral(TERTULIA_SOURCE_FOLDER "/qml/") + path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

QStringList matches(const QString &text, const QString &pattern)
{
    QStringList found;
    for (auto it = QRegularExpression(pattern, QRegularExpression::MultilineOption).globalMatch(text); it.hasNext();)
        found << it.next().captured(1);
    return found;
}

/// What a delegate asks of its model: its own required properties and those it inherits.
QStringList required(const QString &file)
{
    const QString text = read(file);
    QStringList names = matches(text, QStringLiteral(R"(^    required (?:property [\w<>]+ )?(\w+)(?: |$))"));
    static const QHash<QString, QString> parents{
        {QStringLiteral("ListRow"), QStringLiteral("controls/ListRow.qml")},
        {QStringLiteral("PersonRow"), QStringLiteral("conversations/PersonRow.qml")}};
    for (const QString &root : matches(text, QStringLiteral(R"(^(\w+) \{)"))) {
        if (const auto parent = parents.constFind(root); parent != parents.cend())
            names << required(*parent);
    }
    names.removeDuplicates();
    return names;
}

QStringList rolesOf(const QMetaObject &model)
{
    const QMetaEnum roles = model.enumerator(model.indexOfEnumerator("Role"));
    QStringList names{QStringLiteral("index")};
    for (int i = 0; i < roles.keyCount(); ++i) {
        QString name = QString::fromLatin1(roles.key(i));
        name.chop(4);
        names << name.at(0).toLower() + name.mid(1);
    }
    return names;
}

} // namespace

void TestRoles::delegate_asksOnlyForRolesOfItsModel_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QStringList>("roles");
    const auto row = [](const char *file, const QMetaObject &model) {
        QTest::newRow(file) << QString::fromLatin1(file) << rolesOf(model);
    };
    row("conversations/ConversationRow.qml", ConversationListModel::staticMetaObject);
    row("conversations/FoundPerson.qml", PeopleSearchModel::staticMetaObject);
    row("conversations/SwitcherRow.qml", SwitcherModel::staticMetaObject);
    row("timeline/MessageRow.qml", TimelineModel::staticMetaObject);
    row("timeline/EmojiCell.qml", EmojiModel::staticMetaObject);
    row("shell/AccountRow.qml", AccountListModel::staticMetaObject);
}

void TestRoles::delegate_asksOnlyForRolesOfItsModel()
{
    QFETCH(const QString, file);
    QFETCH(const QStringList, roles);
    const QStringList names = required(file);
    QVERIFY(names.size() > 2);
    for (const QString &name : names) {
        const bool isGiven =
            file.contains(QLatin1StringView("AccountRow")) && name == QLatin1StringView("accessibleText");
        QVERIFY2(isGiven || roles.contains(name), qPrintable(file + QStringLiteral(" asks for ") + name));
    }
}

// QML would take a name that is not there for nothing at all.
void TestRoles::content_isAskedForItsFieldsAlone()
{
    QStringList fields;
    for (int i = 0; i < MessageContent::staticMetaObject.propertyCount(); ++i)
        fields << QString::fromLatin1(MessageContent::staticMetaObject.property(i).name());
    int asked = 0;
    for (const QString &name :
         QDir(QStringLiteral(TERTULIA_SOURCE_FOLDER "/qml/timeline")).entryList({QStringLiteral("*.qml")})) {
        for (const QString &field :
             matches(read(QStringLiteral("timeline/") + name), QStringLiteral(R"(\bcontent\.(\w+))"))) {
            QVERIFY2(fields.contains(field), qPrintable(name + QStringLiteral(" asks for ") + field));
            ++asked;
        }
    }
    QVERIFY(asked > 10);
}

// Rows that wait must not meet another model (qml/controls/rows.h).
void TestRoles::view_reusesRows_throughRowsAlone()
{
    int views = 0;
    QDirIterator files(QStringLiteral(TERTULIA_SOURCE_FOLDER "/qml"), {QStringLiteral("*.qml")}, QDir::Files,
                       QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString path = files.next().mid(qsizetype(sizeof TERTULIA_SOURCE_FOLDER "/qml/") - 1);
        const QString text = read(path);
        QVERIFY2(!text.contains(QLatin1StringView("reuseItems")), qPrintable(path));
        views += int(text.count(QLatin1StringView("Rows.model: ")));
    }
    QVERIFY(views >= 6);
}

void TestRoles::cannedViewModel_hasEveryProperty_data()
{
    QTest::addColumn<const QMetaObject *>("real");
    for (const QMetaObject *real :
         {&AccountViewModel::staticMetaObject, &ApplicationViewModel::staticMetaObject,
          &ComposerViewModel::staticMetaObject, &ConversationListModel::staticMetaObject,
          &ConversationViewModel::staticMetaObject, &EmojiModel::staticMetaObject, &PeopleSearchModel::staticMetaObject,
          &SettingsViewModel::staticMetaObject, &SignInViewModel::staticMetaObject, &SwitcherModel::staticMetaObject,
          &TimelineModel::staticMetaObject})
        QTest::newRow(real->className()) << real;
}

// What the pages bind to must be in the gallery too, or its pictures lie.
void TestRoles::cannedViewModel_hasEveryProperty()
{
    QFETCH(const QMetaObject *, real);
    const QString type = QString::fromLatin1(real->className()).section(QStringLiteral("::"), -1);
    const QString text = read(QStringLiteral("gallery/viewmodels/%1.qml").arg(type));
    QVERIFY(!text.isEmpty());
    QStringList canned = matches(text, QStringLiteral(R"(^    property [\w<>]+ (\w+))"));
    canned << QStringLiteral("count"); // of every ListModel
    for (int i = real->propertyOffset(); i < real->propertyCount(); ++i) {
        const QString name = QString::fromLatin1(real->property(i).name());
        QVERIFY2(canned.contains(name), qPrintable(type + QStringLiteral(" of the gallery lacks ") + name));
    }
    const QStringList functions = matches(text, QStringLiteral(R"(^    function (\w+)\()"));
    for (int i = real->methodOffset(); i < real->methodCount(); ++i) {
        const QMetaMethod method = real->method(i);
        if (method.methodType() == QMetaMethod::Method)
            QVERIFY2(functions.contains(QString::fromLatin1(method.name())),
                     qPrintable(type + QStringLiteral(" of the gallery lacks ") + QString::fromLatin1(method.name())));
    }
}

QTEST_GUILESS_MAIN(TestRoles)
