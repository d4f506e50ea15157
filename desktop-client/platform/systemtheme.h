// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDBusConnection>
#include <QDBusVariant>
#include <QObject>

namespace Tertulia::Desktop {

/// Whether the desktop wants dark windows: what the settings portal says, else what the palette looks like.
class SystemTheme : public QObject
{
    Q_OBJECT

public:
    /// @param configDir the last answer is kept there, so that the next start does not flash in the wrong colours
    SystemTheme(const QDBusConnection &bus, const QString &configDir, QObject *parent = nullptr);

    /// Asks the portal; changed() follows when the answer differs from what was assumed.
    void start();
    [[nodiscard]] bool isDark() const { return m_isDark; }

Q_SIGNALS:
    void changed(bool isDark);

private Q_SLOTS:
    void takeChange(const QString &space, const QString &key, const QDBusVariant &value);

private:
    void ask();
    void take(const QVariant &scheme);
    void set(bool isDark);
    [[nodiscard]] static bool isPaletteDark();

    QDBusConnection m_bus;
    QString m_file;
    bool m_isDark = false;
    bool m_wasTold = false; ///< by the portal, without being asked
};

} // namespace Tertulia::Desktop
