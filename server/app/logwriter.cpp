// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/logwriter.h"

#include "base/clock.h"
#include "protocol/json.h"

#include <QLoggingCategory>

#include <unistd.h>

#include <mutex>

namespace Tertulia::Server {

namespace {

LogFormat chosenFormat = LogFormat::Text;
bool isJournal = false;

struct Budgets
{
    std::mutex mutex;
    LogBudget warnings{1};
    LogBudget others{1};
};
Budgets *budgets = nullptr; // of the process, from the installation on

struct Level
{
    const char *name;
    char priority; ///< of syslog(3)
};

Level levelOf(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg:
        return {"debug", '7'};
    case QtInfoMsg:
        return {"info", '6'};
    case QtWarningMsg:
        return {"warning", '4'};
    case QtCriticalMsg:
        return {"error", '3'};
    case QtFatalMsg:
        break;
    }
    return {"fatal", '2'};
}

void writeLine(QtMsgType type, const char *category, const QString &message)
{
    const QByteArray time = toIso8601(SystemClock().now());
    const QByteArray line = logLine(chosenFormat, isJournal, type, category, message, time) + '\n';
    // One call for one line, so that lines of several threads do not mix. There is nowhere to report a failure.
    std::ignore = ::write(STDERR_FILENO, line.constData(), size_t(line.size()));
}

void write(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    const auto now = SystemClock().steadyNow();
    bool isTaken = true;
    int leftOut = 0;
    if (type != QtFatalMsg) {
        const std::lock_guard lock(budgets->mutex);
        LogBudget &budget = type == QtDebugMsg || type == QtInfoMsg ? budgets->others : budgets->warnings;
        isTaken = budget.take(now);
        leftOut = budget.takeLeftOut(now);
    }
    if (leftOut > 0)
        writeLine(QtWarningMsg, context.category,
                  QStringLiteral("%1 lines are left out: log.lines_per_second").arg(leftOut));
    if (isTaken)
        writeLine(type, context.category, message);
    if (type == QtFatalMsg)
        abort();
}

} // namespace

void LogBudget::turn(Time now)
{
    if (now - m_second < std::chrono::seconds(1))
        return;
    m_second = now;
    m_lines = 0;
    m_leftOut += std::exchange(m_refused, 0);
}

bool LogBudget::take(Time now)
{
    turn(now);
    const bool isTaken = m_lines < m_limit;
    ++(isTaken ? m_lines : m_refused);
    return isTaken;
}

int LogBudget::takeLeftOut(Time now)
{
    turn(now);
    return std::exchange(m_leftOut, 0);
}

QByteArray logLine(LogFormat format, bool forJournal, QtMsgType type, QByteArrayView category, const QString &message,
                   const QByteArray &time)
{
    const Level level = levelOf(type);
    if (format == LogFormat::Json) {
        JsonWriter writer;
        writer.beginObject();
        writer.key("time");
        writer.utf8({time.constData(), size_t(time.size())});
        writer.key("level");
        writer.utf8(level.name);
        writer.key("category");
        writer.utf8({category.data(), size_t(category.size())});
        writer.key("message");
        writer.string(message);
        writer.endObject();
        return writer.take();
    }
    // A line break in a message would let its text pose as a line of ours.
    QByteArray text = message.toUtf8();
    for (char &c : text) {
        if (static_cast<unsigned char>(c) < ' ')
            c = ' ';
    }
    const QByteArray body = category.toByteArray() + ": " + text;
    return forJournal ? QByteArray("<") + level.priority + '>' + body : time + ' ' + level.name + ' ' + body;
}

void installLogWriter(LogFormat format, const QString &level, int linesPerSecond)
{
    static Budgets installed{{}, LogBudget(linesPerSecond), LogBudget(linesPerSecond)};
    budgets = &installed;
    chosenFormat = format;
    isJournal = qEnvironmentVariableIsSet("JOURNAL_STREAM");
    const QString rules = level == QLatin1StringView("debug") ? QStringLiteral("tertulia.*.debug=true")
        : level == QLatin1StringView("warning")               ? QStringLiteral("tertulia.*.info=false")
                                                              : QString();
    QLoggingCategory::setFilterRules(rules);
    qInstallMessageHandler(write);
}

} // namespace Tertulia::Server
