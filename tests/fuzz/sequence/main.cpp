// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The sequence fuzzer without libFuzzer: for the thread sanitizer, which it does not go with, for ctest, and to look at
// one walk again.
//   sequence [--seed number] [--seconds time] [file…]
// With files those walks only. The walk under way is kept in sequence-last in the working directory.
#include "fuzz/sequence/walk.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>

#include <cstdio>
#include <random>

namespace {

void keep(const QByteArray &decisions)
{
    QFile last(QStringLiteral("sequence-last"));
    if (last.open(QIODevice::WriteOnly))
        last.write(decisions);
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOption({QStringLiteral("seed"), QStringLiteral("Of the first walk."), QStringLiteral("number"),
                      QString::number(std::random_device{}() % 1'000'000)});
    parser.addOption({QStringLiteral("seconds"), QStringLiteral("How long; walks are not broken off."),
                      QStringLiteral("time"), QStringLiteral("10")});
    parser.addPositionalArgument(QStringLiteral("file"), QStringLiteral("Walks to be done."),
                                 QStringLiteral("[file…]"));
    parser.process(application);

    for (const QString &name : parser.positionalArguments()) {
        QFile file(name);
        if (!file.open(QIODevice::ReadOnly)) {
            std::fprintf(stderr, "%s cannot be read\n", qPrintable(name));
            return 2;
        }
        Tertulia::Walks::walk(file.readAll());
    }
    if (!parser.positionalArguments().isEmpty())
        return 0;

    unsigned seed = parser.value(QStringLiteral("seed")).toUInt();
    std::printf("first seed: %u\n", seed);
    std::fflush(stdout);
    const qint64 until = parser.value(QStringLiteral("seconds")).toLongLong() * 1000;
    int walks = 0;
    QElapsedTimer passed;
    for (passed.start(); passed.elapsed() < until; ++seed, ++walks) {
        std::mt19937 random(seed);
        QByteArray decisions(qsizetype(random() % 600), Qt::Uninitialized);
        for (char &decision : decisions)
            decision = char(random());
        keep(decisions);
        Tertulia::Walks::walk(decisions);
    }
    std::printf("%d walks, last seed: %u\n", walks, seed - 1);
    return 0;
}
