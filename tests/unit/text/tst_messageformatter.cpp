// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testmain.h"
#include "text/links.h"
#include "text/markdown.h"
#include "text/messageformatter.h"

#include <QElapsedTimer>
#include <QGuiApplication>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QTest>
#include <QTextBlock>
#include <QTextDocument>

using namespace Tertulia;
using namespace Qt::StringLiterals;

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
             {"Hello", "1 < 2 && 3 > 2", "snake_case_name", "2 * 3 * 4", "a\nb\n\nc", "a\n\n\nb", "--", "Hi\n---\nBo",
              "Hi\n===", "# 1 on the list", "#hashtag", "***", "&amp; &lt;b&gt;", "50 %", "Well...",
              "<script>alert(1)</script>", "<img src=\"http:/x/y.png\">", "a  b   c", "[x](", "* * *",
              // arithmetic, numbers, dates
              "2*3*4", "2**10**2", "a*b*c = c*b*a", "10. May would suit me", "10. May\n11. May", "1986. What a year!",
              "007. Bond", "1) tea\n2) coffee", "1. first\n3. third", "- 5", "- 5\n- 6", "+ 1", "+ a\n+ b", "> 5",
              "> 5 people came\n> 3 stayed", "~5 or ~6", "5~6~7", "about ~5~", "3*", "* only today\nand ** tomorrow",
              // programs
              "__init__", "__init__.py and __main__.py", "_private", "f(*args, **kwargs)", "char **argv, **envp",
              "*p = *q;", "/* a */ and /* b */", "*.txt and *.doc", "a.*b.*c", "C:\\*.txt", "\\*a\\*", "a \\n b",
              "array[0](1)", "[1]: see above", "[x](javascript:alert(1))", "[x](file:///etc/passwd)", "[](x)",
              "[x](https://bank.example@evil.example/)", "ls -l | grep `", "```", "```\nnever closed", "~~~ ~~~",
              "~/bin:~/lib", "x_1 + x_2", "-- a _b --", "a__b__c", "cd ..\nls", "   indented\n  less",
              // faces and figures
              ":)", "> :(", ">_<", ">.< and >.<", "^_^ and ^_^", "-_- oh -_-", "*_* look *_*", "(*_*) and (*_*)",
              "\u00AF\\_(\u30C4)_/\u00AF", "T_T", "o_O", "._.", "8) cool", "<3", "*<|:-)", "\\o/ \\o/",
              // as people write
              "don`t and can`t", "* see the small print", "It costs 5* and 6*", "_____", "Name: ______ Date: ______",
              "***** 5 stars", "**** me", "Look![here]", "a * b", "** hi **", "Mr. *", "well_done_you", "100% *",
              "- one thing only", "* one thing only", "1. one thing only", ">quoted?", "\"*\" and \"*\"", "a@b", "@bo",
              "me @ home", "12:30", "a:b:c", "and/or", "Re: [urgent] (today)", "mailto:", "http://"})
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
        QTest::newRow("in a sentence") << QStringLiteral("It is (**so** _nice_), \"*really*\"!")
                                       << p("It is (<b>so</b> <i>nice</i>), &quot;<i>really</i>&quot;!");
        QTest::newRow("without spaces") << QStringLiteral("\u8FD9\u662F**\u7C97\u4F53**\u5B57")
                                        << p("\u8FD9\u662F<b>\u7C97\u4F53</b>\u5B57");
        QTest::newRow("three") << QStringLiteral("***a***") << p("<b><i>a</i></b>");
        QTest::newRow("one within a word") << QStringLiteral("*snake_case* 2*3") << p("<i>snake_case</i> 2*3");
        QTest::newRow("half of it") << QStringLiteral("*a **b**") << p("*a <b>b</b>");
        QTest::newRow("quote") << QStringLiteral("> a\n\nb")
                               << QStringLiteral("<blockquote>") + p("a") + QStringLiteral("</blockquote>") + p("b");
        QTest::newRow("quote and answer")
            << QStringLiteral("> a\n>\n> b\nc")
            << QStringLiteral("<blockquote>") + p("a") + p("<br>") + p("b") + QStringLiteral("</blockquote>") + p("c");
        QTest::newRow("list in a list") << QStringLiteral("- a\n  - *b*\n  more\n- c")
                                        << QStringLiteral(
                                               "<ul><li>a<ul><li><i>b</i><br>more</li></ul></li><li>c</li></ul>");
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
        QTest::newRow("international") << QStringLiteral("https://b\u00FCcher.example/\u00E4, or")
                                       << p("<a href=\"https://xn--bcher-kva.example/%C3%A4\">"
                                            "https://b\u00FCcher.example/\u00E4</a>, or");
        QTest::newRow("this machine") << QStringLiteral("(http://localhost:8080/a_b_c)")
                                      << p("(<a href=\"http://localhost:8080/a_b_c\">http://localhost:8080/a_b_c</a>)");
        QTest::newRow("escaped by a program")
            << QStringLiteral("https://a.example/?b=1&amp;c=2")
            << p("<a href=\"https://a.example/?b=1&amp;amp;c=2\">https://a.example/?b=1&amp;amp;c=2</a>");
        QTest::newRow("in emphasis") << QStringLiteral("*https://a.example/x_y_z*")
                                     << p("<i><a href=\"https://a.example/x_y_z\">https://a.example/x_y_z</a></i>");
        QTest::newRow("brackets of its own") << QStringLiteral("https://a.example/b_(c)")
                                             << p("<a href=\"https://a.example/b_(c)\">https://a.example/b_(c)</a>");
        QTest::newRow("in angles") << QStringLiteral("<https://a.example>.")
                                   << p("&lt;<a href=\"https://a.example\">https://a.example</a>&gt;.");
        QTest::newRow("with a password") << QStringLiteral("https://user:pw@host.example/a")
                                         << p("https://user:pw@host.example/a");
        QTest::newRow("other schemes") << QStringLiteral("ssh://git@host.example/a or git@host.example:a/b")
                                       << p("ssh://git@host.example/a or git@host.example:a/b");
        QTest::newRow("two scripts") // the first letter is Cyrillic
            << QStringLiteral("https://\u0430pple.example")
            << p("<a href=\"https://xn--pple-43d.example\">https://\u0430pple.example</a> \u26A0 "
                 "(xn--pple-43d.example)");
        QTest::newRow("all of another script") // all letters are Cyrillic
            << QStringLiteral("http://\u0430\u0440\u0440\u04CF\u0435.com")
            << p("<a href=\"http://xn--80ak6aa92e.com\">http://\u0430\u0440\u0440\u04CF\u0435.com</a> \u26A0 "
                 "(xn--80ak6aa92e.com)");
        QTest::newRow("Punycode") << QStringLiteral("http://xn--80ak6aa92e.com")
                                  << p("<a href=\"http://xn--80ak6aa92e.com\">http://xn--80ak6aa92e.com</a> \u26A0");
        QTest::newRow("Punycode behind a label")
            << QStringLiteral("[shop](http://xn--80ak6aa92e.com/x)")
            << p("<a href=\"http://xn--80ak6aa92e.com/x\">shop</a> \u26A0 (xn--80ak6aa92e.com)");
        QTest::newRow("one script") << QStringLiteral("http://\u043F\u0440\u0430\u0432\u0434\u0430.example")
                                    << p("<a href=\"http://xn--80aafi6cg.example\">"
                                         "http://\u043F\u0440\u0430\u0432\u0434\u0430.example</a>");
        QTest::newRow("mail of two scripts")
            << QStringLiteral("bo@\u0430pple.example")
            << p("<a href=\"mailto:bo@xn--pple-43d.example\">bo@\u0430pple.example</a> \u26A0 "
                 "(bo@xn--pple-43d.example)");
        QTest::newRow("markup beside marks")
            << QStringLiteral("**a** <b onclick=x>") << p("<b>a</b> &lt;b onclick=x&gt;");
    }
    void marks_becomeRichText()
    {
        QFETCH(QString, text);
        QTEST(bare(MessageFormatter::format(text)), "html");
    }

    void everySignThatIsGone_belongsToAClosedMark()
    {
        // Any line of signs and words: what is shown is what was written without the marks, and there are as many of
        // them missing as the rich text has of their tags.
        static const QStringList parts =
            QStringLiteral("* ** *** _ __ ~ ~~ ` a b2 é 字 . , ( ) [ ] ! \\ / - > & < : \" 5").split(u' ')
            << u" "_s << u" "_s;
        static const QRegularExpression tags(QStringLiteral("<(b|i|s|code)>"));
        QRandomGenerator random(14);
        for (int round = 0; round < 20'000; ++round) {
            QString text = u"x"_s;
            for (int i = 0; i < 14; ++i)
                text += parts.at(random.bounded(int(parts.size())));
            text += u'x'; // spaces at the end go
            const auto html = bare(MessageFormatter::format(text));
            qsizetype marks = 0;
            for (auto tag = tags.globalMatch(html); tag.hasNext();) {
                const auto name = tag.next().captured(1);
                marks += name == u"i" ? 2 : name == u"code" ? 0 : 4;
            }
            QTextDocument document;
            document.setHtml(MessageFormatter::format(text).text);
            const auto shown = document.toPlainText();
            const auto isMark = [](QChar c) { return QStringView(u"*_~`").contains(c); };
            const auto withoutMarks = [&isMark](QString words) { return words.removeIf(isMark); };
            QCOMPARE(withoutMarks(shown), withoutMarks(text));
            const auto ticks = text.count(u'`') - shown.count(u'`');
            QVERIFY2(text.size() - shown.size() - ticks == marks, qPrintable(text + u'\n' + html));
            QVERIFY2((ticks > 0) == html.contains(u"<code>"), qPrintable(text + u'\n' + html));
        }
    }

    void nothingIsEverLoaded()
    {
        // every tag that comes out is one of ours, whatever goes in
        static const QRegularExpression tag(QStringLiteral("<(/?)([a-z]+)[^>]*>"));
        static const QStringList allowed = QStringLiteral("p b i s code pre blockquote ul ol li a br").split(u' ');
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

    void thousandsOfEmoji_areCutWithAMark()
    {
        const auto family = QStringLiteral("👨‍👩‍👧‍👦");
        const auto most = family.repeated(MessageFormatter::mostEmoji);
        QCOMPARE(MessageFormatter::plain(most), most);
        const auto shown = MessageFormatter::plain(QStringLiteral("Hi ") + most + family);
        QCOMPARE(shown.section(u'\n', 0, 0), QStringLiteral("Hi ") + most);
        QVERIFY(shown.section(u'\n', 1).startsWith(u'…'));
    }

    void hostileNesting_staysSmall_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("quotes") << QString(20'000, u'>') + u'a';
        QTest::newRow("brackets") << QString(20'000, u'[');
        QTest::newRow("stars") << QStringLiteral("*a **").repeated(4'000);
        QTest::newRow("stars and lines") << QStringLiteral("**a\n_b\n").repeated(2'500);
        QTest::newRow("fences") << QStringLiteral("```a\n~~~b\n").repeated(2'000);
        QTest::newRow("mails") << QStringLiteral("a.b@").repeated(5'000);
        QTest::newRow("labels") << QStringLiteral("[a](").repeated(5'000);
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

    void eachSign_isLookedAtAFewTimesOnly_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("lists that are none") << QStringLiteral("- 5\n").repeated(500'000);
        QTest::newRow("numbers without a first") << QStringLiteral("2. a\n").repeated(500'000);
        QTest::newRow("rows of marks") << QStringLiteral("__~~").repeated(500'000);
    }
    void eachSign_isLookedAtAFewTimesOnly()
    {
        // A hundred times what is shown at most: who looked at all of it again and again would not come to an end.
        QFETCH(QString, text);
        QCOMPARE(parseMarkdown(text).words, text);
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

    void links_areSoManyAtMost()
    {
        QString text;
        for (int i = 0; i < 100; ++i)
            text += u"https://example.org/%1 "_s.arg(i);
        const auto links = MessageFormatter::links(text);
        QCOMPARE(links.size(), MessageFormatter::mostLinks);
        QCOMPARE(links.last(), u"https://example.org/19"_s);
    }

    void links_areTold()
    {
        QCOMPARE(
            MessageFormatter::links(u"see www.a.example, [b](https://b.example/x)\n- bo@a.example\n- www.a.example"),
            (QStringList{u"http://www.a.example"_s, u"https://b.example/x"_s, u"mailto:bo@a.example"_s}));
        QVERIFY(MessageFormatter::links(u"https://user:pw@a.example `http://code.example`").isEmpty());
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

TERTULIA_GUI_TEST(tst_messageformatter, TestMessageFormatter)
#include "tst_messageformatter.moc"
