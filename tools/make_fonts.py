"""Make the four faces that papers are drawn with, from the four of Liberation Serif 2.x.

Liberation Serif has the widths of Times New Roman, which Nghị định 30/2020/NĐ-CP names. The shipped
files hold Latin with every Vietnamese letter and no hinting, because a program that draws needs
neither the rest nor instructions for screens, and a small file is read ten times faster. The
licence reserves the original names, so the family is renamed. Same input, same output, byte for
byte.

    python -m pip install "fonttools>=4.60"
    python tools/make_fonts.py /usr/share/fonts/truetype/liberation2
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem

FAMILY = "Tap Huan Serif"
POSTSCRIPT_FAMILY = "TapHuanSerif"
# The unit of PDF: widths become whole numbers, the known ones of Times, and papers a tenth lighter.
UNITS_PER_EM = 1000
STYLES = {
    "Regular": "Regular",
    "Bold": "Bold",
    "Italic": "Italic",
    "BoldItalic": "Bold Italic",
}
SHIPPED_TO = Path(__file__).resolve().parent.parent / "app" / "certificates" / "fonts"

LATIN = {*range(0x20, 0x7F), *range(0xA0, 0x180)}
VIETNAMESE = {*map(ord, "ƠơƯư"), *range(0x1EA0, 0x1EFA)}
# No combining marks: a decomposed text must fail, because its tone marks would slide to the side.
SIGNS = set(map(ord, "–—‘’‚“”„†‡•…‰′″‹›€₫№™←↑→↓−≈≠≤≥"))
CHARACTERS = LATIN | VIETNAMESE | SIGNS

_COPYRIGHT, _VERSION = 0, 5
_RESERVED = ", with Reserved Font Name Liberation."


def make_face(source: Path, style: str) -> TTFont:
    """Return the face of ``source`` cut down to :data:`CHARACTERS` and renamed.

    :raises SystemExit: naming the characters that the source lacks
    """
    font = TTFont(source, recalcTimestamp=False)
    missing = CHARACTERS - set(font.getBestCmap())
    if missing:
        sys.exit(f"{source} lacks {''.join(map(chr, sorted(missing)))}: is it version 2.x?")
    options = Options()
    options.hinting = False
    options.glyph_names = False
    options.layout_features = []
    options.notdef_outline = True
    options.drop_tables += ["kern", "FFTM", "GDEF", "GPOS", "GSUB", "gasp", "DSIG"]
    options.name_IDs = ["*"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=CHARACTERS)
    subsetter.subset(font)
    scale_upem(font, UNITS_PER_EM)
    _rename(font, STYLES[style])
    return font


def _rename(font: TTFont, style: str) -> None:
    """Replace every name but the copyright; the licence lies beside the files.

    What stands here is copied into every paper that embeds the face, so it is kept short.
    """
    names = font["name"]
    copyright_notice = names.getDebugName(_COPYRIGHT).rstrip(".") + _RESERVED
    full_name = FAMILY if style == "Regular" else f"{FAMILY} {style}"
    postscript = f"{POSTSCRIPT_FAMILY}-{style.replace(' ', '')}"
    texts = {
        _COPYRIGHT: copyright_notice,
        1: FAMILY,
        2: style,
        3: postscript,
        4: full_name,
        _VERSION: names.getDebugName(_VERSION),
        6: postscript,
    }
    names.names = []
    for number, text in texts.items():
        names.setName(text, number, 3, 1, 0x409)


def main() -> None:
    """Write the four faces into the program's folder and say their sizes."""
    parser = argparse.ArgumentParser(description="Make the faces that papers are drawn with.")
    parser.add_argument("source", type=Path, help="folder of the Liberation Serif 2.x TTF files")
    parser.add_argument("--to", type=Path, default=SHIPPED_TO, help="folder to write to")
    arguments = parser.parse_args()
    for style in STYLES:
        font = make_face(arguments.source / f"LiberationSerif-{style}.ttf", style)
        path = arguments.to / f"{POSTSCRIPT_FAMILY}-{style}.ttf"
        font.save(path, reorderTables=True)
        sys.stdout.write(f"{path.name}  {path.stat().st_size:,} bytes\n")


if __name__ == "__main__":
    main()
