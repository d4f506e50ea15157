#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 Tertulia contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes emoji.txt (the picker's table) and ../emojiproperties.h (which characters are emoji) from what Debian ships:
the packages unicode-data and unicode-cldr-core. Run it by hand when those have grown; the results are committed.

    shared/text/data/generate-emoji.py

Left out of the picker: skin tones (one row each would be five), the families (silhouettes in the font), and what has no
name in both of our languages.
"""
import pathlib
import re
import subprocess
import xml.etree.ElementTree as ElementTree

HERE = pathlib.Path(__file__).resolve().parent
UNICODE = pathlib.Path("/usr/share/unicode/emoji")
CLDR = pathlib.Path("/usr/share/unicode/cldr/common")
NOTICE = "Made by data/generate-emoji.py from the Unicode Character Database and the Unicode Common Locale Data " \
         "Repository,\n{0}© 1991-2022 Unicode, Inc., used under https://www.unicode.org/license.txt."
SKIN = range(0x1F3FB, 0x1F400)
GROUPS = {"Smileys & Emotion": "smileys", "People & Body": "people", "Animals & Nature": "animals",
          "Food & Drink": "food", "Travel & Places": "travel", "Activities": "activities", "Objects": "objects",
          "Symbols": "symbols", "Flags": "flags"}


def annotations(language):
    """Without the variation selector: that is how CLDR spells them."""
    names, words = {}, {}
    for folder in ("annotations", "annotationsDerived"):
        for entry in ElementTree.parse(CLDR / folder / f"{language}.xml").iter("annotation"):
            if entry.get("type") == "tts":
                names[entry.get("cp")] = entry.text
            else:
                words[entry.get("cp")] = [w.strip() for w in entry.text.split("|")]
    return names, words


def write_table():
    english, english_words = annotations("en")
    german, german_words = annotations("de")
    rows, group, subgroup = ["# " + NOTICE.format("# "), "# emoji|English name|German name|more English words|more German words"], "", ""
    for line in (UNICODE / "emoji-test.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("# group: "):
            group = GROUPS.get(line[9:])
            if group:
                rows.append(f"@{group}")
        elif line.startswith("# subgroup: "):
            subgroup = line[12:]
        elif "; fully-qualified" in line and group and subgroup != "family":
            codes = [int(c, 16) for c in line.split(";")[0].split()]
            key = "".join(map(chr, (c for c in codes if c != 0xFE0F)))
            if any(c in SKIN for c in codes) or key not in english or key not in german:
                continue

            def more(name, words):
                have = set(re.findall(r"\w+", name.lower()))
                return ",".join(w for w in words.get(key, []) if not set(re.findall(r"\w+", w.lower())) <= have)

            rows.append("|".join(["".join(map(chr, codes)), english[key], german[key],
                                  more(english[key], english_words), more(german[key], german_words)]))
    (HERE / "emoji.txt").write_text("\n".join(rows) + "\n", encoding="utf-8")


def ranges(name):
    found = []
    for line in (UNICODE / "emoji-data.txt").read_text(encoding="utf-8").splitlines():
        match = re.match(r"([0-9A-F]+)(?:\.\.([0-9A-F]+))?\s*; (\w+) ", line)
        if match and match[3] == name:
            found.append((int(match[1], 16), int(match[2] or match[1], 16)))
    merged = []
    for first, last in sorted(found):
        if merged and merged[-1][1] + 1 == first:
            merged[-1] = (merged[-1][0], last)
        else:
            merged.append((first, last))
    return merged


def write_properties():
    out = ["// SPDX-FileCopyrightText: 2026 Tertulia contributors", "// SPDX-License-Identifier: GPL-3.0-or-later",
           "// " + NOTICE.format("// "), "#pragma once", "",
           "#include <array>", "", "namespace Tertulia::EmojiProperties {", "",
           "struct Range", "{", "    char32_t first, last;", "};", ""]
    for name, comment, constant in (("Emoji", "Emoji, digits included.", "emoji"),
                                    ("Emoji_Presentation", "Those that are shown in colour without being asked.",
                                     "presentation")):
        values = ranges(name)
        out += [f"/// {comment}", f"inline constexpr std::array<Range, {len(values)}> {constant}{{{{"]
        out += ["    " + " ".join(f"{{0x{a:x}, 0x{b:x}}}," for a, b in values[i:i + 5]) for i in range(0, len(values), 5)]
        out += ["}};", ""]
    out += ["} // namespace Tertulia::EmojiProperties"]
    target = HERE.parent / "emojiproperties.h"
    target.write_text("\n".join(out) + "\n", encoding="utf-8")
    subprocess.run(["clang-format-14", "-i", str(target)], check=True)


write_table()
write_properties()
