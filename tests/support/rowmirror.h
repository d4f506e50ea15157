// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/conversations/timelinerows.h"

#include <QObject>
#include <QStringList>

#include <algorithm>

namespace Tertulia::Test {

/// Follows a timeline by its signals alone, as a model does, and finds where they do not fit what it holds.
class RowMirror : public QObject
{
    Q_OBJECT
public:
    explicit RowMirror(Client::Timeline &timeline)
        : m_timeline(timeline)
    {
        using Client::TimelineRows;
        const TimelineRows *rows = &timeline.rows();
        copy();
        connect(rows, &TimelineRows::rowsAboutToBeInserted, this, [this] { check("before an insertion"); });
        connect(rows, &TimelineRows::rowsInserted, this, [this](int first, int last) {
            for (int i = first; i <= last; ++i)
                m_ids.insert(m_ids.begin() + i, m_timeline.at(i).rowId);
            check("after an insertion");
        });
        connect(rows, &TimelineRows::rowsAboutToBeRemoved, this, [this] { check("before a removal"); });
        connect(rows, &TimelineRows::rowsRemoved, this, [this](int first, int last) {
            m_ids.erase(m_ids.begin() + first, m_ids.begin() + last + 1);
            check("after a removal");
        });
        connect(rows, &TimelineRows::rowAboutToBeMoved, this, [this] { check("before a move"); });
        connect(rows, &TimelineRows::rowMoved, this, [this](int from, int to) {
            const quint64 id = m_ids[size_t(from)];
            m_ids.erase(m_ids.begin() + from);
            m_ids.insert(m_ids.begin() + to, id);
            check("after a move");
        });
        connect(rows, &TimelineRows::rowsChanged, this, [this](int first, int last) {
            if (first < 0 || last < first || last >= m_timeline.count())
                m_faults.append(QStringLiteral("rows that are not there changed"));
            changes += last - first + 1;
        });
        connect(rows, &TimelineRows::wasReset, this, [this] {
            copy();
            ++resets;
        });
    }

    [[nodiscard]] QString faults() const { return m_faults.join(QStringLiteral("; ")); }

    int changes = 0; ///< rows
    int resets = 0;

private:
    void copy()
    {
        m_ids.clear();
        for (int i = 0; i < m_timeline.count(); ++i)
            m_ids.push_back(m_timeline.at(i).rowId);
    }
    void check(const char *when)
    {
        bool isSame = m_timeline.count() == int(m_ids.size());
        for (int i = 0; isSame && i < m_timeline.count(); ++i)
            isSame = m_timeline.at(i).rowId == m_ids[size_t(i)];
        if (!isSame)
            m_faults.append(QStringLiteral("not the same ") + QString::fromLatin1(when));
        for (int i = 1; i < m_timeline.count(); ++i) {
            const auto &newer = m_timeline.at(i - 1);
            const auto &older = m_timeline.at(i);
            if (!newer.isPending() && !(older.message.sequence < newer.message.sequence && !older.isPending()))
                m_faults.append(QStringLiteral("out of order ") + QString::fromLatin1(when));
        }
    }

    Client::Timeline &m_timeline;
    std::vector<quint64> m_ids;
    QStringList m_faults;
};

} // namespace Tertulia::Test
