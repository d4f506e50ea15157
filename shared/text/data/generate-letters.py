#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 Tertulia contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes ../letters.h: which characters nobody can see, and which letters are plain ones with something added that does
not come off by decomposition (ß, ø, ł, ı …). From what Debian ships: the packages unicode-data and unicode-cldr-core.
Run it by hand when those have grown; the result is committed.

    shared/text/data/generate-letters.py [FOLDER]

FOLDER is where the two are, /usr/share/unicode otherwise.
"""
import pathlib
import re
import sys
import unicodedata

HERE = pathlib.Path(__file__).resolve().parent
UNICODE = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "/usr/share/unicode")
HEAD = """// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Made by data/generate-letters.py from the Unicode Character Database ({version}) and the Unicode Common Locale Data
// Repository, © 1991-2022 Unicode, Inc., used under https://www.unicode.org/license.txt.
#pragma once

// clang-format off

namespace Tertulia::Letters {{
"""
# Glyphs without a mark on the paper that Unicode does not class as ignorable: it tells of them by their names alone.
EMPTY = re.compile(r"^BRAILLE PATTERN BLANK$|\b(FULL|HALF) BLANK$|\bNULL NOTEHEAD$|\bSCRIPT FILLER$")


def characters(line):
    first, _, last = line.split(";")[0].strip().partition("..")
    return range(int(first, 16), int(last or first, 16) + 1)


def with_property(file, name):
    lines = (UNICODE / file).read_text(encoding="utf-8").splitlines()
    return {c for line in lines if re.search(rf";\s*{name}\b", line.split("#")[0]) for c in characters(line)}


def unseen():
    codes = with_property("DerivedCoreProperties.txt", "Default_Ignorable_Code_Point")
    drawn = with_property("PropList.txt", "Prepended_Concatenation_Mark")
    for line in (UNICODE / "UnicodeData.txt").read_text(encoding="utf-8").splitlines():
        code, name, category = line.split(";")[:3]
        if EMPTY.search(name) or (category == "Cf" and int(code, 16) not in drawn):
            codes.add(int(code, 16))
    ranges = []
    for code in sorted(codes):
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return ranges


def is_plain(letter):
    """Neither decomposition nor simple case folding changes it: the program does those before it looks here."""
    return unicodedata.normalize("NFKD", letter) == letter and letter == letter.lower()


def folds():
    found = {}
    transform = (UNICODE / "cldr/common/transforms/Latin-ASCII.xml").read_text(encoding="utf-8")
    for letter, plain in re.findall(r"^(\S) → ([A-Za-z]+) ;", transform, re.MULTILINE):
        if is_plain(letter) and unicodedata.category(letter) == "Ll":
            found[letter] = plain.lower()
    for line in (UNICODE / "CaseFolding.txt").read_text(encoding="utf-8").splitlines():
        fields = [field.strip() for field in line.split(";")]
        if len(fields) > 2 and fields[1] == "F" and is_plain(chr(int(fields[0], 16))):
            found[chr(int(fields[0], 16))] = "".join(chr(int(code, 16)) for code in fields[2].split())
    return sorted(found.items())


def rows(items, width):
    return "\n".join("    " + " ".join(items[i:i + width]) for i in range(0, len(items), width))


def write():
    version = (UNICODE / "DerivedCoreProperties.txt").read_text(encoding="utf-8").splitlines()[0]
    text = HEAD.format(version=re.search(r"[\d.]+\d", version).group())
    text += """
struct Range
{
    char32_t first, last;
};

/// Default_Ignorable_Code_Point, format characters but those that are drawn before digits, and empty glyphs; rising.
inline constexpr Range unseen[] = {
"""
    text += rows([f"{{{first:#x}, {last:#x}}}," for first, last in unseen()], 5)
    text += """
};

struct Fold
{
    char16_t letter;
    char16_t plain[3]; ///< ends with 0
};

/// Small letters that neither decompose nor fold to what people type for them; rising.
inline constexpr Fold folds[] = {
"""
    items = []
    for letter, plain in folds():
        assert ord(letter) < 0x10000 and len(plain) < 3, letter
        items.append(f'{{{ord(letter):#x}, u"{plain}"}},')
    text += rows(items, 6)
    text += "\n};\n\n} // namespace Tertulia::Letters\n"
    (HERE.parent / "letters.h").write_text(text, encoding="utf-8")


write()
