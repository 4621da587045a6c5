"""The same list in every format that offices send means the same: its plan does not depend on how it was saved."""

from __future__ import annotations

import csv
import html
import io
import zipfile
from collections.abc import Callable, Sequence
from xml.sax.saxutils import escape

import openpyxl
import pytest
import xlwt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dualcreate_desktop.intake.child import read
from dualcreate_desktop.intake.containers import Kind, source_of
from dualcreate_desktop.intake.known import Known
from dualcreate_desktop.intake.planning import make_plan
from dualcreate_desktop.intake.shape import guess_list
from dualcreate_desktop.lists import LIST_KINDS

Table = Sequence[Sequence[str]]
HEAD = ("序号", "所属院级党组织", "党支部名称", "支部类型", "成立\n时间", "组织编码", "备注")
FOOT = ("填表人：李四", "", "", "", "", "", "")


def xlsx(table: Table) -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    sheet = book.worksheets[0]
    for row, cells in enumerate(table, 1):
        for column, text in enumerate(cells, 1):
            if text:
                sheet.cell(row, column, text).data_type = "s"
    book.save(out)
    return out.getvalue()


def xls(table: Table) -> bytes:
    book, out = xlwt.Workbook(), io.BytesIO()
    sheet = book.add_sheet("名册")
    for row, cells in enumerate(table):
        for column, text in enumerate(cells):
            if text:
                sheet.write(row, column, text)
    book.save(out)
    return out.getvalue()


def separated(table: Table, separator: str, encoding: str) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(table)
    return out.getvalue().encode(encoding)


def page(table: Table) -> bytes:
    cells = (
        "".join(f"<td>{html.escape(text).replace(chr(10), '<br>')}</td>" for text in row) for row in table
    )
    rows = "".join(f"<tr>{row}</tr>" for row in cells)
    return f"<html><meta charset=gb2312><table>{rows}</table></html>".encode("gb18030")


def xml_2003(table: Table) -> bytes:
    def cell(number: int, text: str) -> str:
        return f'<Cell ss:Index="{number}"><Data ss:Type="String">{escape(text)}</Data></Cell>'

    rows = "".join(
        f'<Row ss:Index="{row}">{"".join(cell(number, text) for number, text in enumerate(cells, 1) if text)}</Row>'
        for row, cells in enumerate(table, 1)
    )
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    return (
        f'<?xml version="1.0"?><Workbook xmlns="{space}" xmlns:ss="{space}"><Worksheet ss:Name="名册"><Table>'
        f"{rows}</Table></Worksheet></Workbook>"
    ).encode()


def ods(table: Table) -> bytes:
    def cell(text: str) -> str:
        lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in text.split("\n"))
        return (
            f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'
            if text
            else "<table:table-cell/>"
        )

    rows = "".join(f"<table:table-row>{''.join(map(cell, cells))}</table:table-row>" for cells in table)
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:body><office:spreadsheet>"
            f'<table:table table:name="名册">{rows}</table:table></office:spreadsheet></office:body></office:document-content>',
        )
    return out.getvalue()


FORMATS: dict[str, tuple[Kind, Callable[[Table], bytes]]] = {
    "xls": (Kind.XLS, xls),
    "ods": (Kind.ODS, ods),
    "page named xls": (Kind.HTML, page),
    "xml": (Kind.XML2003, xml_2003),
    "GBK csv": (Kind.TEXT, lambda table: separated(table, ",", "gb18030")),
    "UTF-16 text": (Kind.TEXT, lambda table: separated(table, "\t", "utf-16")),
    "csv with semicolons": (Kind.TEXT, lambda table: separated(table, ";", "utf-8-sig")),
}

ROW = st.tuples(
    st.sampled_from(["1", "42", ""]),
    st.sampled_from(["机械学院", "材料科学与工程学院", "外国语学院", ""]),
    st.sampled_from(
        ["教工第一党支部", "教工第十一党支部", "新\n支部", "合计研究所党支部", "教工&<支部>", "合计", ""]
    ),
    st.sampled_from(["教师", "火星", "#N/A", ""]),
    st.sampled_from(["2019.9", "２０１９．９", "二〇一九年九月", "43709", "下半年", "2019。9", ""]),
    st.sampled_from(["000123", "JX0101", "1.38E+10", ""]),
    st.sampled_from(['他说"行"', "甲,乙；丙", " 空 格 ", ""]),
)


def told(data: bytes, kind: Kind, known: Known) -> list[object]:
    source = source_of("名册.xls", data)
    assert source.kind is kind
    (grid,) = read(source)
    guess = guess_list(grid, LIST_KINDS, file_name="名册.xls")
    assert guess is not None
    plan = make_plan(guess, grid, known, source=source)
    rows = [
        (row.row, row.state, row.record_id, row.values, row.changes, row.extra,
         [(each.kind, each.row, each.column, each.raw, each.suggestion) for each in row.problems])
        for row in plan.rows
    ]  # fmt: skip
    return [guess.kind.key, guess.header_rows, rows, plan.skipped, plan.notes]


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(ROW, min_size=1, max_size=6))
def test_the_plan_is_that_of_the_workbook(name: str, known: Known, rows: Table) -> None:
    table = [("机械工程学院党支部名册", *[""] * 6), HEAD, *rows, FOOT]
    kind, write = FORMATS[name]
    assert told(write(table), kind, known) == told(xlsx(table), Kind.XLSX, known)
