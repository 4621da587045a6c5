"""What a workbook holds that openpyxl would not write again: told before a copy is made."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

from dualcreate_desktop.intake.grid import MOST_CELLS

_PARTS = (
    (re.compile(r"vbaProject\.bin$"), "宏"),
    (re.compile(r"/(?:activeX|ctrlProps)/"), "窗体控件"),
    (re.compile(r"/embeddings/"), "嵌入的文件"),
    (re.compile(r"/(?:slicers|slicerCaches|timelines)/"), "切片器"),
    (re.compile(r"/diagrams/"), "SmartArt 图形"),
    (re.compile(r"/threadedComments/"), "批注的回复"),
    (re.compile(r"/cellimages\.xml$", re.IGNORECASE), "单元格里的图片"),
    (re.compile(r"/richData/"), "单元格里的图片和特殊数据"),
    (re.compile(r"/(?:connections\.xml|queryTables/|model/)"), "外部数据连接"),
    (re.compile(r"/revisions/"), "修订记录"),
    (re.compile(r"^_xmlsignatures/"), "数字签名"),
    (re.compile(r"/media/[^/]+\.(?:emf|wmf|svg|wdp)$", re.IGNORECASE), "矢量图片"),
)
_CONTENTS = (
    (
        re.compile(r"/drawings/drawing\d*\.xml$"),
        re.compile(rb"<(?:\w+:)?(?:sp|cxnSp|grpSp)[\s>]"),
        "图形和文本框",
    ),
    (re.compile(r"/charts/"), re.compile(rb"<"), "图表的部分格式"),
    (re.compile(r"/pivotTables/"), re.compile(rb"<"), "数据透视表的部分格式"),
    (re.compile(r"/sharedStrings\.xml$"), re.compile(rb"<(?:\w+:)?r>"), "同一单元格内的不同字体"),
    (re.compile(r"/worksheets/sheet[^/]*\.xml$"), re.compile(rb"sparklineGroup[\s>]"), "迷你图"),
    (
        re.compile(r"/worksheets/sheet[^/]*\.xml$"),
        re.compile(rb"x14:(?:dataValidation|conditionalFormatting)[\s>]"),
        "部分数据有效性和条件格式",
    ),
)
_MERGE = re.compile(
    rb'<(?:\w+:)?mergeCell\s[^>]*?ref="\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})"'
)
_PIECE = 1 << 20
_OVERLAP = 256


def losses(data: bytes) -> tuple[str, ...]:
    """What a copy of an .xlsx written by openpyxl lacks, each a Chinese noun, in a stable order."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        found = [what for part, what in _PARTS if any(part.search(name) for name in names)]
        for part, content, what in _CONTENTS:
            if any(part.search(name) and _holds(archive, name, content) for name in names):
                found.append(what)
    return tuple(dict.fromkeys(found))


def too_merged(data: bytes) -> bool:
    """Whether merged ranges cover so much that openpyxl, which makes an object for every cell, would not end."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = [name for name in archive.namelist() if re.search(r"worksheets/[^/]+\.xml$", name)]
        return sum(_merged_area(archive, name) for name in sheets) > MOST_CELLS // 6


def _merged_area(archive: zipfile.ZipFile, name: str) -> int:
    seen: dict[bytes, int] = {}
    for piece in _pieces(archive, name):
        for found in _MERGE.finditer(piece):
            left, top, right, bottom = found.groups()
            height = int(bottom) - int(top) + 1
            seen[found[0]] = max(height, 1) * max(_column(right) - _column(left) + 1, 1)
    return sum(seen.values())


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _holds(archive: zipfile.ZipFile, name: str, content: re.Pattern[bytes]) -> bool:
    return any(content.search(piece) for piece in _pieces(archive, name))


def _pieces(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """A part in pieces that overlap, so that what is sought is whole in one of them."""
    tail = b""
    with archive.open(name) as stream:
        while piece := stream.read(_PIECE):
            yield tail + piece
            tail = piece[-_OVERLAP:]
