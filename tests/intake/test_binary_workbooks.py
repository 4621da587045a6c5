"""Binary workbooks (.xlsb), which no kept library writes: made here record by record, by [MS-XLSB]."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence

import pytest

from db.errors import FileRefused
from db.vocabulary import RowState
from dualcreate_desktop.intake.child import read
from dualcreate_desktop.intake.containers import Kind, source_of
from dualcreate_desktop.intake.grid import Merge, SheetState
from dualcreate_desktop.intake.known import Known
from dualcreate_desktop.intake.planning import make_plan
from dualcreate_desktop.intake.shape import guess_list
from dualcreate_desktop.intake.sheets import read_sheets
from dualcreate_desktop.lists import LIST_KINDS
from dualcreate_desktop.rules.dates import PartialDate

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
FORMATS = {164: "000000", 165: 'yyyy"年"m"月"'}
PLAIN, CODE, MONTH, TWO_DECIMALS = 0, 1, 2, 3
STYLES = (0, 164, 165, 2)
NOT_AVAILABLE = b"\x2a"

Cell = str | bytes | float | tuple[float, int]
"""A text, the code of an error, a number, or a number with its style."""


def record(number: int, content: bytes = b"") -> bytes:
    """Number and size in groups of seven bits, then the content."""
    return grouped(number) + grouped(len(content)) + content


def grouped(number: int) -> bytes:
    return bytes([number]) if number < 128 else bytes([number & 127 | 128]) + grouped(number >> 7)


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def cell(column: int, value: Cell) -> bytes:
    if isinstance(value, str):
        return record(6, struct.pack("<II", column, PLAIN) + wide(value))
    if isinstance(value, bytes):
        return record(3, struct.pack("<II", column, PLAIN) + value)
    number, style = value if isinstance(value, tuple) else (value, PLAIN)
    return record(5, struct.pack("<IId", column, style, number))


def styles() -> bytes:
    codes = b"".join(record(44, struct.pack("<H", number) + wide(code)) for number, code in FORMATS.items())
    cells = b"".join(record(47, struct.pack("<HH", 0, number) + bytes(12)) for number in STYLES)
    many = struct.pack("<I", len(FORMATS)), struct.pack("<I", len(STYLES))
    return record(278) + record(615, many[0]) + codes + record(616) + record(617, many[1]) + cells + record(618) + record(279)  # fmt: skip


def sheet_part(
    rows: Mapping[int, Sequence[Cell]], hidden: Sequence[int], merges: Sequence[tuple[int, int, int, int]]
) -> bytes:
    part = record(129) + record(148, struct.pack("<IIII", 0, max(rows), 0, 9))
    part += record(390) + record(60, struct.pack("<IIIIH", 2, 3, 2560, 0, 1)) + record(391) + record(145)
    for row, cells in rows.items():
        flags = 0x10 if row in hidden else 0
        part += record(0, struct.pack("<IIHBBBII", row, 0, 300, 0, flags, 0, 0, 0)[:17])
        part += b"".join(cell(column, value) for column, value in enumerate(cells))
    part += record(146)
    if merges:
        part += record(177, struct.pack("<I", len(merges)))
        part += b"".join(record(176, struct.pack("<IIII", *merge)) for merge in merges) + record(178)
    return part + record(130)


def workbook(
    rows: Mapping[int, Sequence[Cell]],
    *,
    hidden: Sequence[int] = (),
    merges: Sequence[tuple[int, int, int, int]] = (),
    state: int = 0,
) -> bytes:
    """One sheet 名册, of which columns C and D are hidden; rows and merges (top, bottom, left, right) from 0."""
    relation = '<Relationship Id="rId{0}" Type="' + RELATIONS + '/{1}" Target="{2}"/>'
    relations = f'<Relationships xmlns="{PACKAGE}/relationships">{{}}</Relationships>'
    kinds = "".join(
        f'<Override PartName="/xl/{part}.bin" ContentType="application/vnd.ms-excel.{kind}"/>'
        for part, kind in (
            ("workbook", "sheet.binary.macroEnabled.main"),
            ("worksheets/sheet1", "worksheet"),
            ("styles", "styles"),
        )
    )
    entry = struct.pack("<II", state, 1) + wide("rId1") + wide("名册")
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{kinds}</Types>',
        "_rels/.rels": relations.format(relation.format(1, "officeDocument", "xl/workbook.bin")),
        "xl/workbook.bin": record(131) + record(143) + record(156, entry) + record(144) + record(132),
        "xl/_rels/workbook.bin.rels": relations.format(
            relation.format(1, "worksheet", "worksheets/sheet1.bin")
            + relation.format(2, "styles", "styles.bin")
        ),
        "xl/styles.bin": styles(),
        "xl/worksheets/sheet1.bin": sheet_part(rows, hidden, merges),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


ROSTER: Mapping[int, Sequence[Cell]] = {
    0: ("所属院级党组织", "党支部名称", "支部类型", "成立时间", "组织编码"),
    1: ("机械学院", "教工第二十党支部", "教师", (43709.0, MONTH), (123.0, CODE)),
    2: ("", "教工第二十一党支部", "教师", (2019.1, TWO_DECIMALS), NOT_AVAILABLE),
    3: ("机械学院", "教工第二十二党支部", NOT_AVAILABLE, 43709.0, 12.0),
}


def test_a_binary_workbook_is_read_with_its_hidden_sheet() -> None:
    rows = (("党支部名称", "正式党员数"), ("教工一支部", 12.0))
    source = source_of("名册.xlsb", workbook(dict(enumerate(rows)), state=1))
    (grid,) = read_sheets(source)
    assert (source.kind, grid.name, grid.state, grid.rows) == (Kind.XLSB, "名册", SheetState.HIDDEN, rows)


def test_errors_merges_formats_and_what_is_hidden_are_told() -> None:
    (grid,) = read(source_of("名册.xlsb", workbook(ROSTER, hidden=[2], merges=[(1, 2, 0, 0)])))
    assert grid.errors == {(2, 4): "#N/A", (3, 2): "#N/A"}
    assert (grid.hidden_rows, grid.hidden_columns, grid.merges) == ({2}, {2, 3}, (Merge(1, 0, 2, 0),))
    assert grid.shown == {(1, 3): "2019年9月", (1, 4): "000123", (2, 3): "2019.10"}


def test_the_clerk_sees_the_same_plan_as_of_any_workbook(known: Known) -> None:
    source = source_of("名册.xlsb", workbook(ROSTER, hidden=[2], merges=[(1, 2, 0, 0)]))
    (grid,) = read(source)
    guess = guess_list(grid, LIST_KINDS, file_name=source.name)
    assert guess is not None
    plan = make_plan(guess, grid, known, source=source)
    assert [row.state for row in plan.rows] == [RowState.NEW, RowState.NEW, RowState.PROBLEM]
    assert (plan.rows[0].values["founded"], plan.rows[0].values["code"]) == (PartialDate(2019, 9), "000123")
    assert (plan.rows[1].values["founded"], plan.rows[1].values["unit"]) == (PartialDate(2019, 10), "u-jx")
    assert [(each.row, each.column) for each in plan.all_problems] == [(3, "E"), (4, "C")]
    assert plan.notes == ("有 1 行被隐藏或筛选掉，也已读取", "有隐藏的列，也已读取")


def test_a_cell_far_away_is_refused_with_its_place() -> None:
    with pytest.raises(FileRefused, match="远到 J1048576，范围过大"):
        read(source_of("名册.xlsb", workbook({0: ["甲"], 1048575: [""] * 9 + ["远"]})))


def test_half_a_binary_workbook_is_told_and_never_raises_anything_else() -> None:
    data, troubles = workbook(ROSTER), []
    for size in range(64, len(data), len(data) // 7):
        try:
            read_sheets(source_of("名册.dat", data[:size]))
        except FileRefused as trouble:
            troubles.append(trouble)
    assert troubles
    assert all(trouble.what and trouble.todo for trouble in troubles)
