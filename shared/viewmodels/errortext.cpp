// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/errortext.h"

#include "client/cache/storetrouble.h"
#include "client/limits.h"
#include "client/transport/networkreasons.h"

#include <QLatin1StringView>

#include <algorithm>

namespace Tertulia::ViewModels {

using namespace Qt::StringLiterals;
namespace Network = Client::NetworkReason;
namespace Probe = Client::ProbeReason;

namespace {
/// A code word of the contract or of shared/client, and its sentence.
struct Sentence
{
    QLatin1StringView reason;
    const char *text;
};

// Sentences of one form: what happened. What helps.
constexpr Sentence sentences[] = {
    {Network::hostNotFound,
     QT_TRANSLATE_NOOP("Tertulia::ViewModels::ErrorText", "The server's name is not known. Is the network there?")},
    {Network::connectionRefused,
     QT_TRANSLATE_NOOP("Tertulia::ViewModels::ErrorText", "The server does not answer. It may be down for a moment.")},
    {Network::connectionLost,
     QT_TRANSLATE_NOOP("Tertulia::ViewModels::ErrorText", "The connection broke off. Trying again may help.")},
    {Network::timeout,
     QT_TRANSLATE_NOOP("Tertulia::ViewModels::ErrorText",
                       "The server takes too long to answer. Trying again may help.")},
    {Network::certificate,
     QT_TRANSLATE_NOOP("Tertulia::ViewModels::ErrorText",
                       "The server's certificate is not valid, so nothing was sent. Ask whoever runs the server.")},
    {Network::tlsError,
     QT_TRANSLATE_NOOP("Tertulia::ViewModels::ErrorText",
                       "No encrypted connection to the server can be made, so nothing was sent.")},
    {Network::offline, QT_TRANSLATE_NOOP("Tertulia::ViewModels::ErrorText", "This computer is offline.")},
    {Network::redirected,
     QT_TRANSLATE_NOOP("Tertulia::ViewModels::ErrorText",
                       "The server sends us elsewhere. Sign in with its new address.")},
    {Network::badAnswer,
     QT_TRANSLATE_NOOP("Tertulia::ViewModels::ErrorText",
                       "The answer did not come from a Tertulia server. Does this network ask for a login first?")},
    {Network::answerTooLarge,
     QT_TRANSLATE_NOOP("Tertulia::ViewModels::ErrorText", "The server's answer is too large.")},
    {QLatin1StringView(Client::notKeptReason),
     QT_TRANSLATE_NOOP("Tertulia::ViewModels::ErrorText",
                       "This computer cannot keep the account: is there room on the disk, and may Tertulia's folder be "
                       "written?")},
    {"NOT_CONNECTED"_L1, QT_TRANSLATE_NOOP("Tertulia::ViewModels::ErrorText", "There is no connection to the server.")},
    {"SERVER_TIMEOUT"_L1,
     QT_TRANSLATE_NOOP("Tertulia::ViewModels::ErrorText", "The server has fallen silent. Trying again may help.")},
    {"CLOSED_BY_SERVER"_L1, QT_TRANSLATE_NOOP("Tertulia::ViewModels::ErrorText", "The server closed the connection.")},
    {"REFUSED_BY_SERVER"_L1,
     QT_TRANSLATE_NOOP("Tertulia::ViewModels::ErrorText", "The server refused the connection.")},
    {"NO_TRANSPORT"_L1,
     QT_TRANSLATE_NOOP("Tertulia::ViewModels::ErrorText",
                       "This version and the server do not understand each other. An update may help.")},
    {"PROTOCOL_ERROR"_L1,
     QT_TRANSLATE_NOOP("Tertulia::ViewModels::ErrorText", "The server's answer makes no sense. An update may help.")},
    {"SEND_BUFFER_FULL"_L1,
     QT_TRANSLATE_NOOP("Tertulia::ViewModels::ErrorText",
                       "The connection is too slow at present. Trying again may help.")},
    {"BLOCKED"_L1, QT_TRANSLATE_NOOP("Tertulia::ViewModels::ErrorText", "One of you has blocked the other.")},
    {"PRIVACY_RESTRICTED"_L1,
     QT_TRANSLATE_NOOP("Tertulia::ViewModels::ErrorText",
                       "This person takes no messages from people they do not know.")},
    {"BANNED"_L1,
     QT_TRANSLATE_NOOP("Tertulia::ViewModels::ErrorText",
                       "This account is switched off. Ask whoever runs the server.")},
    {"MUTED"_L1, QT_TRANSLATE_NOOP("Tertulia::ViewModels::ErrorText", "You cannot write here for now.")},
    {"RECIPIENT_DISABLED"_L1,
     QT_TRANSLATE_NOOP("Tertulia::ViewModels::ErrorText", "This person's account is switched off.")},
    {"BUSY"_L1, QT_TRANSLATE_NOOP("Tertulia::ViewModels::ErrorText", "This person is busy.")},
    {"ALREADY_IN_SESSION"_L1, QT_TRANSLATE_NOOP("Tertulia::ViewModels::ErrorText", "You are taking part already.")},
    {"EDIT_WINDOW_CLOSED"_L1,
     QT_TRANSLATE_NOOP("Tertulia::ViewModels::ErrorText", "It is too late to change this message.")},
    {"METHOD_NOT_ALLOWED"_L1,
     QT_TRANSLATE_NOOP("Tertulia::ViewModels::ErrorText", "The server cannot do this. It may be too old.")},
    {"MEDIA_SERVER_UNAVAILABLE"_L1,
     QT_TRANSLATE_NOOP("Tertulia::ViewModels::ErrorText",
                       "Calls do not work at present. Trying again later may help.")},
};
} // namespace

QString ErrorText::of(const Error &error, Context context)
{
    if (error.code == ErrorCode::Cancelled)
        return {};
    for (const auto &text : {ofContext(error, context), ofReason(error), ofCode(error)}) {
        if (!text.isEmpty())
            return text;
    }
    return {};
}

QString ErrorText::ofContext(const Error &error, Context context)
{
    switch (context) {
    case Context::CheckServer:
        return ofCheckServer(error);
    case Context::SignIn:
        return ofSignIn(error);
    case Context::Register:
        return ofRegister(error);
    case Context::Send:
        return ofSend(error);
    case Context::General:
    case Context::Load:
        break;
    }
    return {};
}

QString ErrorText::ofReason(const Error &error)
{
    const auto found = std::ranges::find_if(sentences, [&](const auto &known) { return error.reason == known.reason; });
    return found == std::end(sentences) ? QString() : tr(found->text);
}

QString ErrorText::ofCode(const Error &error)
{
    switch (error.code) {
    case ErrorCode::Invalid:
        return tr("The server did not accept this.");
    case ErrorCode::Unauthenticated:
        return tr("Your sign-in has ended. Sign in again.");
    case ErrorCode::Forbidden:
        return tr("You may not do this.");
    case ErrorCode::NotFound:
        return tr("This is not there any more.");
    case ErrorCode::Conflict:
        return tr("This has been changed in the meantime. Trying again may help.");
    case ErrorCode::Gone:
        return tr("This is no longer possible.");
    case ErrorCode::TooLarge:
        return tr("This is too large.");
    case ErrorCode::UnsupportedMediaType:
        return tr("The server does not take this kind of file.");
    case ErrorCode::RateLimited:
        return tr("That was too much at once.") + u' ' + later(error.retryAfterSeconds);
    case ErrorCode::Timeout:
        return tr("The server takes too long to answer. Trying again may help.");
    case ErrorCode::Unavailable:
        return tr("The server cannot do this at present.") + u' ' + later(error.retryAfterSeconds);
    case ErrorCode::Internal:
        return tr("Something went wrong that should not. Trying again may help.");
    case ErrorCode::Cancelled:
        break;
    }
    return {};
}

QString ErrorText::ofCheckServer(const Error &error)
{
    if (error.reason == Probe::badAddress)
        return tr("This is not an address. It looks like chat.example.org.");
    if (error.reason == Probe::noSuchHost || error.reason == Network::hostNotFound)
        return tr("There is no server of this name. Is it spelled right, and is the network there?");
    if (error.reason == Probe::refused || error.reason == Network::connectionRefused)
        return tr("The machine is there, but no server answers. Is the port right?");
    if (error.reason == Probe::certificate)
        return tr("The server's certificate is not valid, so it may not be the one it claims to be. "
                  "Ask whoever runs it.");
    if (error.reason == Probe::notTertulia || error.reason == Network::badAnswer)
        return tr("There is a server, but it is not a Tertulia server.");
    if (error.reason == Probe::timeout)
        return tr("The server does not answer in time. Is the address right?");
    if (error.reason == Probe::away)
        return tr("The server does not answer at present. Trying again later may help.");
    return {};
}

QString ErrorText::ofSignIn(const Error &error)
{
    if (error.code == ErrorCode::Unauthenticated)
        return tr("This name and this password do not go together.");
    if (error.code == ErrorCode::RateLimited)
        return tr("Too many attempts.") + u' ' + later(error.retryAfterSeconds);
    if (error.code == ErrorCode::NotFound)
        return tr("There is a server, but it is not a Tertulia server.");
    return {};
}

QString ErrorText::ofRegister(const Error &error)
{
    if (error.code == ErrorCode::Conflict)
        return tr("This name is taken. Choose another one.");
    if (error.code == ErrorCode::Forbidden && error.reason.isEmpty())
        return tr("This server does not let people register. Ask whoever runs it for an account.");
    if (error.code != ErrorCode::Invalid)
        return ofSignIn(error);
    if (error.field == "username"_L1)
        return tr("A username has 2 to 32 letters, digits, dots, dashes or underscores, and begins with a letter or a "
                  "digit.");
    if (error.field == "password"_L1)
        return tr("This password is too easy to guess. Take at least 8 characters, and nothing well known.");
    if (error.field == "fullName"_L1)
        return tr("Write your name as others shall see it.");
    return {};
}

QString ErrorText::ofSend(const Error &error)
{
    switch (error.code) {
    case ErrorCode::TooLarge:
        return tr("The message is too long. The limit is %n characters.", nullptr, Client::Limits::messageCharacters);
    case ErrorCode::NotFound:
        return tr("This conversation or this person is not there any more.");
    case ErrorCode::Forbidden:
        return error.reason.isEmpty() ? tr("You cannot write to this person.") : QString();
    case ErrorCode::Invalid:
        return tr("The server did not take the message.");
    default:
        return {};
    }
}

QString ErrorText::later(int seconds)
{
    if (seconds <= 0)
        return tr("Try again later.");
    if (seconds < 60)
        return tr("Try again in %n seconds.", nullptr, seconds);
    return tr("Try again in %n minutes.", nullptr, (seconds + 59) / 60);
}

} // namespace Tertulia::ViewModels
