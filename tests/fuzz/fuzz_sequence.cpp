// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Any sequence of what clients can do to hub connections, over real sockets to a server with three network threads:
// each answer is one that the model allows, and when all have gone nothing is left of them (tests/fuzz/sequence).
#include "fuzz/sequence/walk.h"

#include <QCoreApplication>

extern "C" int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    static QCoreApplication application(*argc, *argv);
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Tertulia::Walks::walk(QByteArrayView(data, qsizetype(std::min<size_t>(size, 1000))));
    return 0;
}
