"""Build the fonts of this folder from their published packages (development only).

Run it in a throw-away environment that has fonttools (which does not belong to the product), on a Debian machine
with npm: ``python resources/fonts/build.py WORKDIR``. It writes the TrueType files and the licence texts
beside itself. reportlab embeds TrueType outlines only and Qt reads them too, so everything becomes ``.ttf``.

Sources, each under its own licence:

* Noto Serif SC, Noto Sans SC: npm ``@expo-google-fonts/noto-serif-sc`` and ``noto-sans-sc`` 0.4.3; SIL OFL 1.1,
  reserved name “Source”, which these files do not use.
* LXGW WenKai 1.250: Debian ``fonts-lxgw-wenkai``; SIL OFL 1.1, reserved names “LXGW” and “霞鹜”: a subset must be
  renamed, so it is called “Shuangchuang Kai”.
* FandolFang 1.300: Debian ``texlive-lang-chinese`` 2022; GPL 3 with the font exception, which is extended to the
  converted file “Shuangchuang Fang”.
* Unihan (kTGH, the 8105 characters of 通用规范汉字表): Debian ``unicode-data``.
"""

from __future__ import annotations

import bz2
import gzip
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable

HERE = Path(__file__).parent
NPM_PACKAGES = ("@expo-google-fonts/noto-serif-sc@0.4.3", "@expo-google-fonts/noto-sans-sc@0.4.3")
DEBIAN_PACKAGES = ("fonts-lxgw-wenkai", "texlive-lang-chinese", "unicode-data")
FANG_TOLERANCE = 1.0
"""Largest distance of a quadratic curve from its cubic original, in units of 1000 per em."""
TRUETYPE_LIMITS = (
    *(
        "maxPoints",
        "maxContours",
        "maxCompositePoints",
        "maxCompositeContours",
        "maxZones",
        "maxTwilightPoints",
    ),
    *("maxStorage", "maxFunctionDefs", "maxInstructionDefs", "maxStackElements", "maxSizeOfInstructions"),
    *("maxComponentElements", "maxComponentDepth"),
)
"""Fields that a CFF font's `maxp` lacks; fontTools counts the true ones on saving."""


def download(work: Path) -> None:
    """Fetch and unpack every package below `work`."""
    subprocess.run(["npm", "pack", *NPM_PACKAGES], cwd=work, check=True)
    for archive in work.glob("*.tgz"):
        with tarfile.open(archive) as packed:
            packed.extractall(work / archive.stem, filter="data")
    subprocess.run(["apt-get", "download", *DEBIAN_PACKAGES], cwd=work, check=True)
    for archive in work.glob("*.deb"):
        subprocess.run(["dpkg-deb", "-x", archive, work / "debian"], check=True)


def found(work: Path, name: str) -> Path:
    """The one unpacked file of that name."""
    return next(path for path in work.rglob(name) if path.is_file())


def standard_characters(work: Path) -> set[int]:
    """The 8105 characters of 通用规范汉字表."""
    with bz2.open(found(work, "Unihan_OtherMappings.txt.bz2"), "rt", encoding="utf-8") as lines:
        rows = (line.split("\t") for line in lines if "\tkTGH\t" in line)
        return {int(row[0][2:], 16) for row in rows}


def encoded(codec: str) -> Iterator[int]:
    """Every character of a two-byte Chinese encoding."""
    for high in range(0x81, 0xFF):
        for low in range(0x40, 0xFF):
            text = bytes((high, low)).decode(codec, errors="ignore")
            if len(text) == 1:
                yield ord(text)


def common(work: Path) -> set[int]:
    """What a heading or a form needs: Latin, punctuation, figures, GB2312 and the 8105 table."""
    signs = {*range(0x20, 0x180), *range(0x2000, 0x2070), *range(0x2100, 0x2800), *range(0x3000, 0x3040)}
    return (
        signs | {*range(0xFF00, 0xFFF0), 0x4DAE, 0x20164} | set(encoded("gb2312")) | standard_characters(work)
    )


def subset(source: Path, characters: set[int] | None) -> TTFont:
    """The font with only these characters (None: with all), without layout, vertical and hinting tables."""
    font = TTFont(source)
    options = Options(
        layout_features=[], hinting=False, name_IDs=["*"], notdef_outline=True, recalc_timestamp=False
    )
    options.drop_tables += ["vhea", "vmtx", "VORG", "GPOS", "GSUB", "GDEF", "BASE", "STAT"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters if characters is not None else set(font.getBestCmap()))
    subsetter.subset(font)
    return font


def rename(font: TTFont, family: str) -> None:
    """Give the font a name of our own, as its licence asks of a changed version."""
    names = font["name"]
    names.names = [record for record in names.names if record.nameID in {0, 13, 14}]
    style = {1: family, 2: "Regular", 3: f"{family} 1.0", 4: family, 5: "Version 1.0"}
    for number, text in {**style, 6: family.replace(" ", "")}.items():
        names.setName(text, number, 3, 1, 0x409)


def to_truetype(font: TTFont) -> None:
    """Replace CFF outlines by quadratic ones, in place."""
    glyphs = font.getGlyphSet()
    table = newTable("glyf")
    table.glyphOrder = font.getGlyphOrder()
    table.glyphs = {}
    for name in table.glyphOrder:
        pen = TTGlyphPen(glyphs)
        glyphs[name].draw(Cu2QuPen(pen, FANG_TOLERANCE, reverse_direction=True))
        table.glyphs[name] = pen.glyph()
    font["loca"], font["glyf"] = newTable("loca"), table
    del font["CFF "]
    limits = font["maxp"]
    limits.tableVersion = 0x00010000
    for key in TRUETYPE_LIMITS:
        setattr(limits, key, 0)
    limits.maxZones = 1
    font["post"].formatType = 3.0
    font.sfntVersion = "\x00\x01\x00\x00"


def save(font: TTFont, name: str) -> None:
    """Write one file of this folder."""
    font.save(HERE / name)
    print(f"{name}: {(HERE / name).stat().st_size / 1e6:.1f} MB, {len(font.getBestCmap())} characters")


def write_licences(work: Path) -> None:
    """Put each licence text beside its fonts."""
    for family in ("Serif", "Sans"):
        package = next(work.glob(f"*noto-{family.lower()}-sc*/package"))
        shutil.copy(package / "LICENSE_FONT", HERE / f"OFL-Noto{family}SC.txt")
    copyright_file = next(work.glob("debian/usr/share/doc/fonts-lxgw-wenkai/copyright"))
    shutil.copy(copyright_file, HERE / "OFL-LXGW-WenKai.txt")
    packed = next(work.glob("debian/usr/share/doc/texlive-doc/fonts/fandol/COPYING.gz"))
    (HERE / "GPL-Fandol.txt").write_bytes(gzip.decompress(packed.read_bytes()))


def main(work: Path) -> None:
    """Build everything into this folder."""
    work.mkdir(parents=True, exist_ok=True)
    if not any(work.glob("*.tgz")):
        download(work)
    wanted = common(work)
    save(subset(found(work, "NotoSerifSC_400Regular.ttf"), None), "NotoSerifSC-Regular.ttf")
    save(subset(found(work, "NotoSerifSC_700Bold.ttf"), wanted), "NotoSerifSC-Bold.ttf")
    save(subset(found(work, "NotoSansSC_400Regular.ttf"), wanted), "NotoSansSC-Regular.ttf")
    save(subset(found(work, "NotoSansSC_500Medium.ttf"), wanted), "NotoSansSC-Medium.ttf")
    kai = subset(found(work, "LXGWWenKai-Regular.ttf"), wanted)
    rename(kai, "Shuangchuang Kai")
    save(kai, "ShuangchuangKai-Regular.ttf")
    fang = subset(found(work, "FandolFang-Regular.otf"), None)
    to_truetype(fang)
    rename(fang, "Shuangchuang Fang")
    save(fang, "ShuangchuangFang-Regular.ttf")
    write_licences(work)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
