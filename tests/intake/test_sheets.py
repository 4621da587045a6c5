"""Reading through the child process: hostile files must not reach the window's process."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import msoffcrypto
import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from db.errors import FileRefused
from dualcreate_desktop.intake.containers import PasswordNeeded, source_of
from dualcreate_desktop.intake.sheets import Cancelled, read_sheets

ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
ODS_HEAD = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
)


def replaced(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with one part of its zip changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return out.getvalue()


def encrypted(data: bytes, password: str) -> bytes:
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(data)).encrypt(password, out)
    return out.getvalue()


def test_a_workbook_comes_back_from_the_child_with_true_coordinates(
    make_workbook: Callable[..., bytes],
) -> None:
    data = make_workbook([[], ["", "党支部", 3]])
    (grid,) = read_sheets(source_of("名册.xlsx", data))
    assert (grid.name, grid.cell(1, 1), grid.cell(1, 2), grid.cell(0, 0), grid.cell(99, 99)) == (
        "名册",
        "党支部",
        3,
        "",
        "",
    )


def test_a_cell_far_away_is_refused_with_its_place(make_workbook: Callable[..., bytes]) -> None:
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    data = replaced(
        make_workbook([["党支部"]]), "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"</sheetData>", far)
    )
    with pytest.raises(FileRefused, match="“名册”的内容远到 XFD1048576"):
        read_sheets(source_of("名册.xlsx", data))


def test_a_merge_over_the_whole_sheet_does_no_harm(make_workbook: Callable[..., bytes]) -> None:
    merge = b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    data = replaced(
        make_workbook([["党支部"], ["教工"]]),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(b"</sheetData>", merge),
    )
    (grid,) = read_sheets(source_of("名册.xlsx", data))
    assert grid.merges[0].bottom == 1_048_575


def test_a_reader_that_aborts_is_a_refusal() -> None:
    far = (
        '<table:table table:name="甲"><table:table-row table:number-rows-repeated="1048575">'
        '<table:table-cell table:number-columns-repeated="16383"/><table:table-cell office:value-type="string">'
        "<text:p>x</text:p></table:table-cell></table:table-row></table:table>"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", ODS_TYPE)
        archive.writestr("content.xml", ODS_HEAD + far)
        archive.writestr("META-INF/manifest.xml", "<x/>")
    with pytest.raises(FileRefused, match=r"无法读取|过大"):
        read_sheets(source_of("名册.ods", out.getvalue()))


def test_reading_stops_when_the_user_cancels(make_workbook: Callable[..., bytes]) -> None:
    with pytest.raises(Cancelled):
        read_sheets(source_of("名册.xlsx", make_workbook([["党支部"]])), cancelled=lambda: True)


def test_reading_stops_when_it_takes_too_long(make_workbook: Callable[..., bytes]) -> None:
    with pytest.raises(FileRefused, match="读取时间过长"):
        read_sheets(source_of("名册.xlsx", make_workbook([["党支部"]])), timeout=0)


def test_reading_stays_below_its_memory(make_workbook: Callable[..., bytes]) -> None:
    data = make_workbook(
        [[f"第{row}行第{column}列的一段文字" for column in range(40)] for row in range(12000)]
    )
    with pytest.raises(FileRefused):
        read_sheets(source_of("名册.xlsx", data), memory=60 << 20)


def test_an_encrypted_workbook_asks_for_its_password(make_workbook: Callable[..., bytes]) -> None:
    data = encrypted(make_workbook([["党支部"]]), "组织部2024")
    source = source_of("名册.xlsx", data)
    with pytest.raises(PasswordNeeded, match="需要密码"):
        read_sheets(source)
    with pytest.raises(PasswordNeeded, match="密码不对"):
        read_sheets(source, password="统战部")
    assert read_sheets(source, password="组织部2024")[0].cell(0, 0) == "党支部"


def test_a_read_only_workbook_opens_without_asking(make_workbook: Callable[..., bytes]) -> None:
    data = encrypted(make_workbook([["党支部"]]), "VelvetSweatshop")
    assert msoffcrypto.OfficeFile(io.BytesIO(data)).is_encrypted()
    assert read_sheets(source_of("名册.xlsx", data))[0].cell(0, 0) == "党支部"


def test_rubbish_inside_a_workbook_is_a_refusal(make_workbook: Callable[..., bytes]) -> None:
    data = replaced(make_workbook([["党支部"]]), "xl/worksheets/sheet1.xml", lambda xml: xml[:-40])
    with pytest.raises(FileRefused, match="XML 已损坏"):
        read_sheets(source_of("名册.xlsx", data))
