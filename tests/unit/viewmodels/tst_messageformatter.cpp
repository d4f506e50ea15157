// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/markdown.h"
#include "viewmodels/messageformatter.h"

#include <QElapsedTimer>
#include <QRegularExpression>
#include <QTest>
#include <QTextBlock>
#include <QTextDocument>

using namespace Tertulia::ViewModels;

namespace {
/// The rich text without what only makes it look right.
QString bare(const FormattedMessage &message)
{
    static const QRegularExpression style(QStringLiteral(" (style|dir)=\"[^\"]*\""));
    auto html = message.text;
    return html.remove(style);
}

QString p(const char *inner)
{
    return QStringLiteral("<p>") + QString::fromUtf8(inner) + QStringLiteral("</p>");
}
} // namespace

class TestMessageFormatter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void plainText_staysPlain_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *text :
             {"Hello", "1 < 2 && 3 > 2", "snake_case_name", "2 * 3 * 4", "a\nb\n\nc", "--", "Hi\n---\nBo",
              "Hi\n===", "# 1 on the list", "#hashtag", "***", "&amp; &lt;b&gt;", "50 %", "Well...",
              "<script>alert(1)</script>", "<img src=\"http://x/y.png\">", "a  b   c", "[x](", "* * *"})
            QTest::newRow(text) << QString::fromUtf8(text);
    }
    void plainText_staysPlain()
    {
        QFETCH(QString, text);
        QTextDocument document;
        document.setHtml(MessageFormatter::format(text).text);
        QCOMPARE(document.toPlainText(), text);
        for (auto block = document.begin(); block.isValid(); block = block.next()) {
            for (auto part = block.begin(); !part.atEnd(); ++part)
                QCOMPARE(part.fragment().charFormat(), QTextCharFormat());
        }
    }

    void marks_becomeRichText_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("html");
        QTest::newRow("bold") << QStringLiteral("a **b** c") << p("a <b>b</b> c");
        QTest::newRow("italic") << QStringLiteral("*a* _b_") << p("<i>a</i> <i>b</i>");
        QTest::newRow("struck") << QStringLiteral("~~a~~") << p("<s>a</s>");
        QTest::newRow("nested") << QStringLiteral("**a *b***") << p("<b>a <i>b</i></b>");
        QTest::newRow("across lines") << QStringLiteral("**a\nb**") << p("<b>a</b>") + p("<b>b</b>");
        QTest::newRow("code") << QStringLiteral("`a < **b**`") << p("<code>a &lt; **b**</code>");
        QTest::newRow("block of code") << QStringLiteral("```cpp\nif (a)\n    # b\n```")
                                       << QStringLiteral("<pre>if (a)\n    # b</pre>");
        QTest::newRow("quote") << QStringLiteral("> a\n\nb")
                               << QStringLiteral("<blockquote>") + p("a") + QStringLiteral("</blockquote>") + p("b");
        QTest::newRow("list") << QStringLiteral("- a\n- b") << QStringLiteral("<ul><li>a</li><li>b</li></ul>");
        QTest::newRow("numbers") << QStringLiteral("1. a\n2. b") << QStringLiteral("<ol><li>a</li><li>b</li></ol>");
        QTest::newRow("numbers from seven") << QStringLiteral("7. a\n8. b") << p("7. a") + p("8. b");
        QTest::newRow("empty line") << QStringLiteral("**a**\n\nb") << p("<b>a</b>") + p("<br>") + p("b");
        QTest::newRow("web") << QStringLiteral("see https://a.example/b?c=1&d")
                             << p("see <a href=\"https://a.example/b?c=1&amp;d\">https://a.example/b?c=1&amp;d</a>");
        QTest::newRow("www") << QStringLiteral("www.a.example")
                             << p("<a href=\"http://www.a.example\">www.a.example</a>");
        QTest::newRow("mail") << QStringLiteral("bo@a.example")
                              << p("<a href=\"mailto:bo@a.example\">bo@a.example</a>");
        QTest::newRow("label shows its host") << QStringLiteral("[the bank](https://evil.example/x)")
                                              << p("<a href=\"https://evil.example/x\">the bank</a> (evil.example)");
        QTest::newRow("lying label") << QStringLiteral("[https://bank.example](https://evil.example)")
                                     << p("<a href=\"https://evil.example\">https://bank.example</a> (evil.example)");
        QTest::newRow("picture is a link") << QStringLiteral("![cat](https://a.example/c.png)")
                                           << p("<a href=\"https://a.example/c.png\">cat</a> (a.example)");
        QTest::newRow("script") << QStringLiteral("[x](javascript:alert(1))") << p("x");
        QTest::newRow("file") << QStringLiteral("[x](file:///etc/passwd)") << p("x");
        QTest::newRow("user in the address") << QStringLiteral("[x](https://bank.example@evil.example/)") << p("x");
        QTest::newRow("quotes in the address") << QStringLiteral("[x](<https://a.example/\"onclick=\"y>)") << p("x");
        QTest::newRow("markup beside marks")
            << QStringLiteral("**a** <b onclick=x>") << p("<b>a</b> &lt;b onclick=x&gt;");
        QTest::newRow("emoji that needs its font") << QStringLiteral("I ❤️ it") << p("I <span>❤️</span> it");
    }
    void marks_becomeRichText()
    {
        QFETCH(QString, text);
        QTEST(bare(MessageFormatter::format(text)), "html");
    }

    void backslash_takesTheMarkAway() { QCOMPARE(bare(MessageFormatter::format(u"\\*a\\*")), p("*a*")); }

    void nothingIsEverLoaded()
    {
        // every tag that comes out is one of ours, whatever goes in
        static const QRegularExpression tag(QStringLiteral("<(/?)([a-z]+)[^>]*>"));
        static const QStringList allowed = QStringLiteral("p b i s code pre blockquote ul ol li a span br").split(u' ');
        const auto text = QStringLiteral("<img src=x> ![a](http://h/i.png) **b** <style>@import 'x'</style> [c][d]\n\n"
                                         "[d]: http://h/e\n<table background=x> `<iframe src=x>`\n> <link href=x>");
        const auto html = MessageFormatter::format(text).text;
        for (auto found = tag.globalMatch(html); found.hasNext();)
            QVERIFY2(allowed.contains(found.next().captured(2)), qPrintable(html));
        QVERIFY(!html.contains(QStringLiteral("src=x>")));
    }

    void eachLine_hasItsDirection_data()
    {
        constexpr auto left = Qt::LeftToRight, right = Qt::RightToLeft, document = Qt::LayoutDirectionAuto;
        QTest::addColumn<QString>("text");
        QTest::addColumn<QList<Qt::LayoutDirection>>("directions");
        const auto row = [](const char *name, const char *text, const QList<Qt::LayoutDirection> &directions) {
            QTest::newRow(name) << QString::fromUtf8(text) << directions;
        };
        row("plain", "Hello\nשלום\nمرحبا\nthere", {left, right, right, left});
        row("marked up", "**Hello**\nשלום, *Bo*", {left, right});
        row("without letters", "12:30\nשלום\n...", {document, right, document});
        row("empty line", "a\n\nב", {left, document, right});
        row("a name first, isolated", "\u2068שלום\u2069 is here", {left});
        row("list", "- one\n- שתיים", {left, right});
        row("list from seven", "7. שבע\n8. eight", {right, left});
        row("quote", "> שלום\n> there", {right, left});
        row("code", "```\nשלום = 1\n```", {left});
    }
    void eachLine_hasItsDirection()
    {
        QFETCH(const QString, text);
        QFETCH(const QList<Qt::LayoutDirection>, directions);
        QTextDocument document;
        document.setHtml(MessageFormatter::format(text).text);
        QList<Qt::LayoutDirection> found;
        for (auto block = document.begin(); block.isValid(); block = block.next())
            found << block.blockFormat().layoutDirection();
        QCOMPARE(found, directions);
    }

    void longLines_wrapInCode()
    {
        QTextDocument document;
        document.setHtml(MessageFormatter::format(QStringLiteral("```\n") + QString(500, u'x').replace(40, 1, u' ')
                                                  + QStringLiteral("\n  y\n```"))
                             .text);
        QVERIFY(!document.firstBlock().blockFormat().nonBreakableLines());
        QVERIFY(document.toPlainText().endsWith(QStringLiteral("  y")));
    }

    void emojiOnly_isSeen()
    {
        QVERIFY(MessageFormatter::format(u"😂👍").isEmojiOnly);
        QVERIFY(MessageFormatter::format(u" ❤️ ").isEmojiOnly);
        QVERIFY(!MessageFormatter::format(u"😂 ha").isEmojiOnly);
    }

    void tenMegabytes_areCutWithAMark()
    {
        const QString huge = QStringLiteral("**word** ").repeated(10'000'000 / 9);
        QElapsedTimer timer;
        timer.start();
        const auto message = MessageFormatter::format(huge);
        QVERIFY(message.text.size() < 10 * MessageFormatter::longestShown);
        QVERIFY(message.text.contains(u'…'));
        QVERIFY(MessageFormatter::plain(huge).size() < MessageFormatter::longestShown + 200);
        QVERIFY(MessageFormatter::preview(huge).size() <= 161);
        qInfo("%lld ms", timer.elapsed());
    }

    void hostileNesting_staysSmall_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("quotes") << QString(20'000, u'>') + u'a';
        QTest::newRow("brackets") << QString(20'000, u'[');
        QTest::newRow("stars") << QStringLiteral("*a **").repeated(4'000);
        QTest::newRow("stars and lines") << QStringLiteral("**a\n_b\n").repeated(2'500);
        QTest::newRow("ticks") << QStringLiteral("`` ` ").repeated(4'000);
        QTest::newRow("lists") << [] {
            QString text;
            for (int depth = 0; depth < 150; ++depth)
                text += QString(2 * depth, u' ') + QStringLiteral("- a\n");
            return text;
        }();
        QTest::newRow("links") << QStringLiteral("[a](http://b ").repeated(1'500);
        QTest::newRow("emoji") << QStringLiteral("❤️a").repeated(6'000);
    }
    void hostileNesting_staysSmall()
    {
        QFETCH(QString, text);
        const auto message = MessageFormatter::format(text);
        QVERIFY2(message.text.size() < 2'000'000, qPrintable(QString::number(message.text.size())));
        QVERIFY(message.text.count(QStringLiteral("<blockquote")) <= 6);
    }

    void preview_hasTheWordsAlone_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("preview");
        QTest::newRow("bold") << QStringLiteral("a **b**\nc") << QStringLiteral("a b c");
        QTest::newRow("list") << QStringLiteral("- a\n- b") << QStringLiteral("• a • b");
        QTest::newRow("quote") << QStringLiteral("> a\n\nb") << QStringLiteral("a b");
        QTest::newRow("code") << QStringLiteral("```\nx = 1\n```") << QStringLiteral("x = 1");
        QTest::newRow("link") << QStringLiteral("[a](http://b.example)") << QStringLiteral("a (b.example)");
    }
    void preview_hasTheWordsAlone()
    {
        QFETCH(QString, text);
        QTEST(MessageFormatter::preview(text), "preview");
    }

    void links_areLookedAt()
    {
        QCOMPARE(safeLink(QStringLiteral("https://bücher.example/ä")),
                 QStringLiteral("https://xn--bcher-kva.example/%C3%A4"));
        for (const char *bad : {"javascript:alert(1)", "data:text/html,x", "http://", "https://a:b@c", "ftp://a",
                                "mailto:x", "vbscript:x", "//a.example", "smb://a/b", ""})
            QVERIFY2(safeLink(QString::fromUtf8(bad)).isEmpty(), bad);
    }
};

QTEST_MAIN(TestMessageFormatter)
#include "tst_messageformatter.moc"
