"""Makes the fonts of the jar from Debian's fonts-noto packages; see README.md beside.

usage: subset.py SOURCE TARGET, two folders: where the packages are unpacked, and where the
subsets go.
"""

import sys
from pathlib import Path

from fontTools import subset
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable

source, target = Path(sys.argv[1]), Path(sys.argv[2])

SPACE = [0x20, 0xA0]
JOINERS = [0x200C, 0x200D, 0x25CC]
INDIC = [*SPACE, *JOINERS, 0x0964, 0x0965]
EAST_ASIAN_SETS = ["gb2312", "shift_jis", "euc_kr"]

# Name of the Noto Sans font: the characters that are taken from it; None takes all.
FONTS = {
    "Math": [*range(0x2190, 0x2300), *range(0x25A0, 0x2600), 0x266D, 0x266E, 0x266F],
    "Symbols": [*range(0x2669, 0x2670)],
    "Symbols2": [*range(0x2600, 0x27C0)],
    "Devanagari": [*INDIC, *range(0x0900, 0x0980), *range(0xA8E0, 0xA900), *range(0x1CD0, 0x1D00)],
    "Gurmukhi": [*INDIC, *range(0x0A00, 0x0A80)],
    "Gujarati": [*INDIC, *range(0x0A80, 0x0B00)],
    "Oriya": [*INDIC, *range(0x0B00, 0x0B80)],
    "Tamil": [*INDIC, *range(0x0B80, 0x0C00)],
    "Telugu": [*INDIC, *range(0x0C00, 0x0C80)],
    "Kannada": [*INDIC, *range(0x0C80, 0x0D00)],
    "Malayalam": [*INDIC, *range(0x0D00, 0x0D80)],
    "Sinhala": [*INDIC, *range(0x0D80, 0x0E00)],
    "Thai": [*SPACE, *JOINERS, *range(0x0E00, 0x0E80)],
    "Lao": [*SPACE, *JOINERS, *range(0x0E80, 0x0F00)],
    "Myanmar": [*SPACE, *JOINERS, *range(0x1000, 0x10A0)],
    "Khmer": [*SPACE, *JOINERS, *range(0x1780, 0x1800)],
    "Arabic": [
        *SPACE,
        *JOINERS,
        *range(0x0600, 0x0700),
        *range(0x0750, 0x0780),
        *range(0x08A0, 0x0900),
        *range(0xFB50, 0xFE00),
        *range(0xFE70, 0xFEFF),
    ],
    "Hebrew": [*SPACE, *JOINERS, *range(0x0590, 0x0600), *range(0xFB1D, 0xFB50)],
    "Armenian": [*SPACE, *range(0x0530, 0x0590)],
    "Georgian": [*SPACE, *range(0x10A0, 0x1100), *range(0x1C90, 0x1CC0)],
    "Ethiopic": [*SPACE, *range(0x1200, 0x13A0)],
}


def east_asian():
    """The characters of the national standards, and all of Hangul that EUC-KR has."""
    wanted = set(SPACE) | set(range(0x3000, 0x3200)) | set(range(0xFF00, 0xFFF0))
    for code in range(0x3400, 0x30000):
        for codec in EAST_ASIAN_SETS:
            try:
                chr(code).encode(codec)
            except UnicodeError:
                continue
            wanted.add(code)
    for high in range(0xA4, 0xC7):
        for low in [*range(0x40, 0x7F), *range(0xA1, 0xFF)]:
            try:
                wanted.add(ord(bytes([high, low]).decode("big5")))
            except UnicodeError:
                continue
    return sorted(wanted)


def quadratic(font):
    """Replaces cubic outlines, which PDFBox cannot embed, by quadratic ones within a unit of them."""
    glyph_set = font.getGlyphSet()
    glyphs = {}
    for name in font.getGlyphOrder():
        pen = TTGlyphPen(glyph_set)
        glyph_set[name].draw(Cu2QuPen(pen, 1.0, reverse_direction=True))
        glyphs[name] = pen.glyph()
    for table in ["CFF ", "VORG"]:
        if table in font:
            del font[table]
    font["loca"] = newTable("loca")
    font["glyf"] = newTable("glyf")
    font["glyf"].glyphOrder = font.getGlyphOrder()
    font["glyf"].glyphs = glyphs
    font["glyf"].compile(font)
    font["post"].formatType = 3.0
    maxima = font["maxp"]
    maxima.tableVersion = 0x00010000
    maxima.maxZones = 1
    for name in [
        "maxTwilightPoints",
        "maxStorage",
        "maxFunctionDefs",
        "maxInstructionDefs",
        "maxStackElements",
        "maxSizeOfInstructions",
        "maxComponentElements",
    ]:
        setattr(maxima, name, 0)
    font.sfntVersion = "\000\001\000\000"


def write(font, characters, name, features):
    options = subset.Options(
        hinting=False, layout_features=features, name_IDs=[0, 1, 2, 4, 5, 6, 13, 14], notdef_outline=True
    )
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters or font.getBestCmap().keys())
    subsetter.subset(font)
    # Selectors of variants, which neither Java nor PDFBox follows.
    font["cmap"].tables = [table for table in font["cmap"].tables if table.format != 14]
    if "CFF " in font:
        quadratic(font)
    # The time of saving would make each build another file.
    font.recalcTimestamp = False
    font.save(target / name)
    print(name, (target / name).stat().st_size, len(font.getBestCmap()))


def main():
    noto = source / "usr/share/fonts/truetype/noto"
    for weight in ["Regular", "SemiBold"]:
        name = f"NotoSans-{weight}.ttf"
        write(TTFont(noto / name), None, name, ["*"])
    for script, characters in FONTS.items():
        name = f"NotoSans{script}-Regular.ttf"
        write(TTFont(noto / name), characters, name, ["*"])
    cjk = source / "usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
    simplified_chinese = 2
    font = TTFont(cjk, fontNumber=simplified_chinese)
    write(font, east_asian(), "NotoSansCJK-Regular.ttf", ["ccmp", "mark"])


main()
