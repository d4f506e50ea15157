// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "unit/viewmodels/viewstage.h"
#include "viewmodels/timeline/composerviewmodel.h"
#include "viewmodels/timeline/conversationviewmodel.h"
#include "viewmodels/timeline/emojimodel.h"

#include <QClipboard>
#include <QDropEvent>
#include <QGuiApplication>
#include <QMimeData>
#include <QQmlComponent>
#include <QQmlEngine>
#include <QQuickItem>
#include <QQuickView>
#include <QTest>

using namespace Tertulia;
using namespace Tertulia::Test;
using namespace Tertulia::ViewModels;
using namespace Qt::StringLiterals;

namespace {

const UserCard bo = person(u"bo"_s);
const ConversationId talk = ViewStage::talkWith(bo);
QStringList warnings;

void keepWarnings(QtMsgType type, const QMessageLogContext &, const QString &text)
{
    if (type == QtWarningMsg)
        warnings << text;
}

QMimeData *html(const QString &text)
{
    auto *const data = new QMimeData;
    data->setHtml(text);
    return data;
}

} // namespace

/// The page's composer on the real view model: what keys, clipboard and mouse do to the text.
class TestWriting : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        qInstallMessageHandler(keepWarnings);
        warnings.clear();
        m_stage.emplace();
        m_stage->addTalk(bo, 1);
        m_stage->open();
        m_emoji.emplace(m_stage->settings);
        enter();
    }
    void cleanup()
    {
        leave();
        m_emoji.reset();
        m_stage.reset();
        qInstallMessageHandler(nullptr);
        QVERIFY2(warnings.isEmpty(), qPrintable(warnings.join(u'\n')));
    }

    void pastedControls_becomeLineBreaks_orGo()
    {
        type(u"<>"_s);
        setCursor(1);
        paste(u"line\vafter a soft break \u001b[31mred\u001b[0m"_s);
        QCOMPARE(text(), u"<line\nafter a soft break [31mred[0m>"_s);
        QCOMPARE(composer().text(), text());
        QCOMPARE(cursor(), int(text().size()) - 1);
        QTest::keySequence(m_view.get(), QKeySequence::Undo);
        QCOMPARE(text(), u"<>"_s);
        QTest::keySequence(m_view.get(), QKeySequence::Redo);
        QCOMPARE(text(), u"<line\nafter a soft break [31mred[0m>"_s);
    }

    void nothingButControls_isNothing()
    {
        type(u"ab"_s);
        setCursor(1);
        paste(u"\u001b\u0007"_s);
        QCOMPARE(text(), u"ab"_s);
        QCOMPARE(cursor(), 1);
    }

    void htmlAlone_isPastedAsItsWords()
    {
        type(u"see that"_s);
        select(4, 8);
        QGuiApplication::clipboard()->setMimeData(html(u"<p>a <b>bold</b> word &amp;<img src=x><br>more</p>"_s));
        QTest::keySequence(m_view.get(), QKeySequence::Paste);
        QCOMPARE(text(), u"see a bold word &\nmore"_s);
        QCOMPARE(composer().text(), text());
        QCOMPARE(cursor(), int(text().size()));
        QTest::keySequence(m_view.get(), QKeySequence::Undo);
        QCOMPARE(text(), u"see that"_s);
    }

    void textBesideHtml_isWhatIsPasted()
    {
        auto *const both = html(u"<b>styled</b>"_s);
        both->setText(u"plain"_s);
        QGuiApplication::clipboard()->setMimeData(both);
        QTest::keySequence(m_view.get(), QKeySequence::Paste);
        QCOMPARE(text(), u"plain"_s);
    }

    void dropped_isTakenWhereItFalls_clean()
    {
        type(u"ab"_s);
        QVERIFY(area()->flags().testFlag(QQuickItem::ItemAcceptsDrops));
        QRectF second;
        QMetaObject::invokeMethod(area(), "positionToRectangle", Q_RETURN_ARG(QRectF, second), Q_ARG(int, 1));
        const std::unique_ptr<QMimeData> data(html(u"<i>x</i>\u0007<br>y"_s));
        QDropEvent drop(second.center(), Qt::CopyAction, data.get(), Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(area(), &drop);
        QVERIFY(drop.isAccepted());
        QCOMPARE(text(), u"ax\nyb"_s);
        QCOMPARE(cursor(), 4);
    }

    void beyondTheLimit_theCursorStaysAndThePersonIsTold()
    {
        type(u"ab"_s);
        setCursor(1);
        paste(QString(5'100, u'x'));
        QCOMPARE(cursor(), 5'101);
        QVERIFY(composer().isTooLong());
        QCOMPARE(text().size(), 5'102);
        setCursor(1);
        paste(QString(200'000, u'y'));
        QVERIFY(text().startsWith(u"ay"_s));
        QVERIFY(text().endsWith(u"y"_s + QString(5'100, u'x') + u'b'));
        QCOMPARE(cursor(), int(text().size()) - 5'101);
        QVERIFY(!composer().errorText().isEmpty());
        QCOMPARE(composer().text(), text());
        QTest::keySequence(m_view.get(), QKeySequence::Undo);
        QCOMPARE(text(), u'a' + QString(5'100, u'x') + u'b');
    }

    void emoji_replacesTheSelection_andCanBeTakenBack()
    {
        type(u"well done!"_s);
        select(5, 9);
        pick(u"\U0001F44D"_s);
        QCOMPARE(text(), u"well \U0001F44D!"_s);
        QCOMPARE(cursor(), 7);
        QCOMPARE(composer().text(), text());
        pick(u"\U0001F44D"_s);
        QCOMPARE(text(), u"well \U0001F44D\U0001F44D!"_s);
        area()->forceActiveFocus();
        QTest::keySequence(m_view.get(), QKeySequence::Undo);
        QTest::keySequence(m_view.get(), QKeySequence::Undo);
        QCOMPARE(text(), u"well done!"_s);
    }

    void shiftAndArrows_select()
    {
        type(u"well done!"_s);
        QTest::keyClick(m_view.get(), Qt::Key_Left);
        for (int i = 0; i < 4; ++i)
            QTest::keyClick(m_view.get(), Qt::Key_Left, Qt::ShiftModifier);
        QCOMPARE(area()->property("selectedText").toString(), u"done"_s);
    }

    void draft_hasItsCursor_afterARestart()
    {
        type(u"Dear Bo"_s);
        setCursor(4);
        leave();
        m_stage->open(); // the store is what remains
        enter();
        QCOMPARE(text(), u"Dear Bo"_s);
        QCOMPARE(cursor(), 4);
        type(u"est"_s);
        QCOMPARE(composer().text(), u"Dearest Bo"_s);
    }

    void nothing_warns()
    {
        type(u"one"_s);
        for (int i = 0; i < 30; ++i)
            QTest::keyClick(m_view.get(), Qt::Key_Return, Qt::ShiftModifier);
        for (const int width : {900, 360, 240, 700, 360}) {
            m_view->resize(width, 400);
            QTest::qWait(0);
            QTest::keySequence(m_view.get(), QKeySequence::Undo);
            type(u"a long line that has to be broken somewhere when the window is narrow"_s);
        }
        for (const double scale : {1.5, 0.8, 1.0}) {
            QVERIFY(setTextScale(scale));
            QTest::qWait(0);
        }
        QTest::keySequence(m_view.get(), QKeySequence::SelectAll);
        paste(u"words "_s.repeated(12'000)); // with the notice that it is too much
        for (const int width : {500, 200, 600}) {
            m_view->resize(width, 400);
            QTest::qWait(0);
        }
        QTest::keySequence(m_view.get(), QKeySequence::SelectAll);
        QTest::keyClick(m_view.get(), Qt::Key_Delete);
        QTest::keySequence(m_view.get(), QKeySequence::Undo);
        QTest::keySequence(m_view.get(), QKeySequence::SelectAll);
        paste(u"x\n"_s.repeated(40));
        QTest::keyClick(m_view.get(), Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(text(), QString());
    }

private:
    void enter()
    {
        m_conversation =
            ConversationViewModel::open(talk, *m_stage->conversations, *m_stage->presence, m_stage->context);
        m_view = std::make_unique<QQuickView>();
        m_view->engine()->addImportPath(u":/qt/qml"_s);
        m_view->setResizeMode(QQuickView::SizeRootObjectToView);
        m_view->setInitialProperties({{u"composer"_s, QVariant::fromValue(m_conversation->composer())},
                                      {u"emoji"_s, QVariant::fromValue(&*m_emoji)}});
        m_view->setSource(QUrl(u"qrc:/qt/qml/Tertulia/Timeline/Composer.qml"_s));
        m_view->resize(600, 400);
        m_view->show();
        QVERIFY(QTest::qWaitForWindowActive(m_view.get()));
        m_view->rootObject()->forceActiveFocus();
        QVERIFY(area());
    }
    void leave()
    {
        m_view.reset();
        m_conversation.reset();
    }
    [[nodiscard]] ComposerViewModel &composer() { return *m_conversation->composer(); }
    [[nodiscard]] bool setTextScale(double scale)
    {
        QQmlComponent component(m_view->engine());
        component.setData("import QtQml; import Tertulia.Theme; QtObject { property QtObject theme: Theme }", {});
        const std::unique_ptr<QObject> holder(component.create());
        return holder && holder->property("theme").value<QObject *>()->setProperty("textScale", scale);
    }
    /// The field to write in: what has the keys after the composer got them.
    [[nodiscard]] QQuickItem *area()
    {
        if (!m_view->rootObject()->hasActiveFocus())
            m_view->rootObject()->forceActiveFocus();
        return m_view->activeFocusItem();
    }
    [[nodiscard]] QString text() { return area()->property("text").toString(); }
    [[nodiscard]] int cursor() { return area()->property("cursorPosition").toInt(); }
    void setCursor(int position) { area()->setProperty("cursorPosition", position); }
    void select(int start, int end) { QMetaObject::invokeMethod(area(), "select", Q_ARG(int, start), Q_ARG(int, end)); }
    void type(const QString &typed)
    {
        for (const auto c : typed)
            QTest::keyClick(m_view.get(), c.toLatin1());
    }
    void paste(const QString &pasted)
    {
        QGuiApplication::clipboard()->setText(pasted);
        QTest::keySequence(m_view.get(), QKeySequence::Paste);
    }
    /// As the picker does, which takes the keys away from the field while it is open.
    void pick(const QString &emoji)
    {
        auto *const picker = openPicker();
        QVERIFY(picker);
        QMetaObject::invokeMethod(picker, "picked", Q_ARG(QString, emoji));
        QMetaObject::invokeMethod(picker, "close");
        QTRY_VERIFY(!picker->property("visible").toBool());
    }
    [[nodiscard]] QObject *openPicker()
    {
        QMetaObject::invokeMethod(m_view->rootObject(), "openEmoji");
        for (auto *const child : m_view->rootObject()->findChildren<QObject *>()) {
            if (QByteArray(child->metaObject()->className()).startsWith("EmojiPicker"))
                return QTest::qWaitFor([child] { return child->property("opened").toBool(); }) ? child : nullptr;
        }
        return nullptr;
    }

    std::optional<ViewStage> m_stage;
    std::optional<EmojiModel> m_emoji;
    std::unique_ptr<ConversationViewModel> m_conversation;
    std::unique_ptr<QQuickView> m_view;
};

QTEST_MAIN(TestWriting)
#include "tst_writing.moc"
