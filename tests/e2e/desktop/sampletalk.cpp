// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "e2e/desktop/sampletalk.h"

#include "e2e/support/restclient.h"

namespace Tertulia::Test {

using namespace Qt::StringLiterals;

namespace {

struct Person
{
    QString username, fullName, says;
};

/// A list that is longer than the window, with names that are long, run from right to left, or are short.
const Person others[] = {{u"daniel"_s, u"דניאל לוי"_s, u"שלום לך"_s},
                         {u"wolkenstein"_s, u"Maximiliane Papadopoulou-Wolkenstein of the Northern Hills"_s,
                          u"And a sentence that is much too long for the line that it has in the list"_s},
                         {u"emil"_s, u"emil"_s, u"👍"_s},
                         {u"farah"_s, u"Farah Haddad"_s, u"1. first\n2. second"_s},
                         {u"goran"_s, u"Goran Ilić"_s, u"`make -j2`"_s},
                         {u"hana"_s, u"Hana Nováková"_s, u"See you there"_s},
                         {u"ivo"_s, u"Ivo"_s, u"**No!**"_s},
                         {u"june"_s, u"June Park"_s, u"Good night"_s}};

struct Line
{
    bool isAdas;
    QString text;
};

/// What a message can look like.
const Line talk[] = {
    {false, u"Everything that can be written: **bold**, *italic*, ~~gone~~, `code`, and https://example.org/page"_s},
    {true, u"> quoted by somebody\n> on two lines\n\nand answered, 👍🏽 with an emoji"_s},
    {false,
     u"1. first\n2. second, which is so long that it needs more than the one line that the bubble has for it\n"
     u"3. third"_s},
    {true, u"- one\n- two"_s},
    {false, u"👍🎉"_s},
    {true, u"```\nint main()\n{\n    return 0;\n}\n```"_s},
    {false, u"שלום לך, מה שלומך?"_s},
    {true,
     u"A long one, that goes on and on until it needs more than one line in the bubble that it gets, and then goes "
     u"on for yet another line, so that one sees how wide a bubble gets and where the time is"_s},
    {false, SampleTalk::address}};

} // namespace

bool SampleTalk::write(const QUrl &server)
{
    RestClient ada(server), ben(server), chloe(server);
    const QString adasId = ada.signIn(u"ada"_s, password), bensId = ben.signIn(u"ben"_s, password);
    bool isOk = !adasId.isEmpty() && !bensId.isEmpty() && !chloe.signIn(u"chloe"_s, password).isEmpty();
    const auto says = [&isOk](RestClient &from, const QString &to, const QString &text) {
        isOk = isOk && from.post(u"/api/Chat/messages"_s, {{u"recipientId"_s, to}, {u"content"_s, text}}).isOk();
    };
    for (const Person &person : others) {
        RestClient client(server);
        const QJsonObject wish{
            {u"username"_s, person.username}, {u"password"_s, password}, {u"fullName"_s, person.fullName}};
        isOk = isOk && client.post(u"/api/Authentication/register"_s, wish).isOk()
            && !client.signIn(person.username, password).isEmpty();
        says(client, adasId, person.says);
    }
    for (int i = 1; i <= 40; ++i)
        says(chloe, adasId, u"news number %1"_s.arg(i));
    for (const Line &line : talk)
        says(line.isAdas ? ada : ben, line.isAdas ? bensId : adasId, line.text);
    return isOk;
}

} // namespace Tertulia::Test
