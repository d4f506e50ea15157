// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
import Tertulia.Theme
import Tertulia.ViewModels

// The gallery chooses the looks itself: what the page would set follows it.
SettingsViewModel {
    theme: Theme.dark ? ThemeChoice.Dark : ThemeChoice.Light
    accentIndex: Theme.accentIndex
    textScale: Theme.textScale
    density: Theme.compact ? Density.Compact : Density.Comfortable
}
