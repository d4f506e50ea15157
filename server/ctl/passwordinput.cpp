// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ctl/passwordinput.h"

#include "base/random.h"

#include <QFile>

#include <cstdio>
#include <termios.h>
#include <unistd.h>

namespace Tertulia::Server::Ctl {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 maxLine = 4096;
constexpr int randomBytes = 15; // 20 characters

/// Terminal without echo while this lives.
class QuietTerminal
{
public:
    QuietTerminal()
    {
        m_isChanged = ::tcgetattr(STDIN_FILENO, &m_before) == 0;
        termios quiet = m_before;
        quiet.c_lflag &= ~tcflag_t(ECHO);
        m_isChanged = m_isChanged && ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet) == 0;
    }
    QuietTerminal(const QuietTerminal &) = delete;
    QuietTerminal &operator=(const QuietTerminal &) = delete;
    ~QuietTerminal()
    {
        if (m_isChanged)
            ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &m_before);
    }

private:
    termios m_before = {};
    bool m_isChanged = false;
};

Result<QString> firstLine(QFile &file, const QString &name)
{
    QByteArray line = file.readLine(maxLine);
    while (line.endsWith('\n') || line.endsWith('\r'))
        line.chop(1);
    if (line.isEmpty())
        return failure(Error::invalid(u"password"_s, u"There is no password in %1."_s.arg(name)));
    return QString::fromUtf8(line);
}

Result<QString> ask(const char *prompt)
{
    std::fprintf(stderr, "%s", prompt);
    std::fflush(stderr);
    QFile input;
    if (!input.open(stdin, QIODevice::ReadOnly))
        return failure(Error::internal(u"Standard input cannot be read."_s));
    auto line = firstLine(input, u"the answer"_s);
    std::fprintf(stderr, "\n");
    return line;
}

} // namespace

Result<NewPassword> readPassword(const CommandLine &line)
{
    if (line.makePassword)
        return NewPassword{QString::fromLatin1(randomToken(randomBytes)), true};
    const auto plain = [](const QString &text) { return NewPassword{text, false}; };
    if (!line.passwordFile.isEmpty()) {
        QFile file(line.passwordFile);
        if (!file.open(QIODevice::ReadOnly)) {
            return failure(
                Error::invalid(u"password"_s, u"Cannot read %1: %2."_s.arg(line.passwordFile, file.errorString())));
        }
        return firstLine(file, line.passwordFile).map(plain);
    }
    if (line.passwordFromInput) {
        QFile input;
        if (!input.open(stdin, QIODevice::ReadOnly))
            return failure(Error::internal(u"Standard input cannot be read."_s));
        return firstLine(input, u"standard input"_s).map(plain);
    }
    if (::isatty(STDIN_FILENO) == 0) {
        return failure(Error::invalid(u"arguments"_s,
                                      u"There is no terminal to ask for the password: give --password-stdin, "
                                      "--password-file FILE or --random-password."_s));
    }
    const QuietTerminal quiet;
    auto once = ask("New password: ");
    if (!once)
        return failure(once.error());
    auto twice = ask("Once more: ");
    if (!twice)
        return failure(twice.error());
    if (*once != *twice)
        return failure(Error::invalid(u"password"_s, u"The two are not the same; nothing was changed."_s));
    return plain(*once);
}

} // namespace Tertulia::Server::Ctl
