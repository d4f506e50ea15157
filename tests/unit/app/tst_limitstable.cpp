// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// docs/admin/limits.md against the code: what it says is so, and nothing is missing from it.

#include "app/config.h"
#include "app/settingstable.h"
#include "support/testmain.h"

#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace Tertulia;
using namespace Tertulia::Server;
using namespace Qt::StringLiterals;

namespace {

struct Row
{
    QString what, ofWhom, setting, initial, beyond, test;
};

QString root()
{
    return QStringLiteral(SOURCE_FOLDER);
}

QString contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// The tables of the page. Code is in backticks; those of a code cell are taken off.
std::vector<Row> rows()
{
    std::vector<Row> found;
    const QString page = contentOf(root() + u"/docs/admin/limits.md"_s);
    // What follows is another's table, tst_besideahog's.
    for (const QString &line : page.left(page.indexOf(u"\n## What a hog costs"_s)).split(u'\n')) {
        if (!line.startsWith(u"| ") || line.startsWith(u"| what |"))
            continue;
        QStringList cells = line.mid(1, line.lastIndexOf(u'|') - 1).split(u'|');
        for (QString &cell : cells) {
            cell = cell.trimmed();
            if (cell.startsWith(u'`') && cell.count(u'`') == 2 && cell.endsWith(u'`'))
                cell = cell.mid(1, cell.size() - 2);
        }
        cells.resize(6);
        found.push_back({cells[0], cells[1], cells[2], cells[3], cells[4], cells[5]});
    }
    return found;
}

/// "tst_hostile" or "json.mjs"; the paths of all such files under tests/.
QStringList testFiles(const QString &name)
{
    const QString file = name.endsWith(u".mjs") ? name : name + u".cpp"_s;
    QStringList paths;
    QDirIterator below(root() + u"/tests"_s, {file}, QDir::Files, QDirIterator::Subdirectories);
    while (below.hasNext()) {
        const QString path = below.next();
        if (!path.contains(u"/node_modules/"))
            paths.append(path);
    }
    return paths;
}

/// A named bound that is no setting: "server/net/netsettings.h: maxUploadBytesInFlight".
bool isConstant(const QString &setting)
{
    return setting.contains(u'/');
}

} // namespace

class TestLimitsTable : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachRow_isWhole()
    {
        QVERIFY(rows().size() > 30);
        for (const Row &row : rows()) {
            for (const QString &cell : {row.what, row.ofWhom, row.setting, row.initial, row.beyond, row.test})
                QVERIFY2(!cell.isEmpty(), qPrintable(row.what));
        }
    }

    void eachSetting_existsWithThisDefault()
    {
        const Config defaults = Config::defaults();
        for (const Row &row : rows()) {
            if (isConstant(row.setting))
                continue;
            const Setting *const setting = findSetting(row.setting.section(u'.', 0, 0), row.setting.section(u'.', 1));
            QVERIFY2(setting, qPrintable(row.setting));
            QVERIFY2(setting->get(defaults) == QStringList{row.initial},
                     qPrintable(row.setting + u" is "_s + setting->get(defaults).join(u',')));
        }
    }

    void eachConstant_standsInItsFileWithThisValue()
    {
        for (const Row &row : rows()) {
            if (!isConstant(row.setting))
                continue;
            const QString file = row.setting.section(u": "_s, 0, 0);
            const QString name = row.setting.section(u": "_s, 1);
            const QRegularExpression definition(u"\\b%1( = |\\{)%2[;}]"_s.arg(QRegularExpression::escape(name),
                                                                              QRegularExpression::escape(row.initial)));
            QVERIFY2(contentOf(root() + u'/' + file).contains(definition), qPrintable(row.setting));
        }
    }

    void eachTest_exists()
    {
        for (const Row &row : rows()) {
            const QString file = row.test.section(u": "_s, 0, 0);
            const QString name = row.test.section(u": "_s, 1);
            QVERIFY2(!name.isEmpty(), qPrintable(row.what + u": write `file: name of the test`"_s));
            const QStringList paths = testFiles(file);
            QVERIFY2(std::any_of(paths.begin(), paths.end(),
                                 [&name](const QString &path) { return contentOf(path).contains(name); }),
                     qPrintable(row.test));
        }
    }

    /// A new limit needs a row: who is limited, what is said beyond it, and the test that shows it.
    void noLimit_isWithoutARow()
    {
        QSet<QString> named;
        for (const Row &row : rows())
            named.insert(row.setting);
        for (const Setting &setting : settingsTable()) {
            const QString name = setting.section + u'.' + setting.key;
            const bool isLimit =
                setting.section == u"limits" || (setting.section == u"hubs" && setting.type == u"number");
            if (isLimit)
                QVERIFY2(named.contains(name), qPrintable(name));
        }
    }
};

TERTULIA_TEST(tst_limitstable, TestLimitsTable)
#include "tst_limitstable.moc"
