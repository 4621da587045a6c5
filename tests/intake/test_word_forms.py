"""Filled application forms of Word, in the layouts that units send: what is read, and where it stands."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.table import Table, _Cell

from db.errors import FileRefused
from dualcreate_desktop.fields import Choice
from dualcreate_desktop.intake.containers import Kind, source_of
from dualcreate_desktop.intake.grid import Grid, Merge
from dualcreate_desktop.intake.known import Branch, Known, Unit
from dualcreate_desktop.intake.plan import ImportPlan
from dualcreate_desktop.intake.planning import make_plan
from dualcreate_desktop.intake.sheets import read_sheets
from dualcreate_desktop.intake.ticks import ticked
from dualcreate_desktop.intake.word_forms import recognised
from dualcreate_desktop.lists import APPLICATIONS, LIST_KINDS

MODEL, BENCHMARK = (
    Choice("model_branch", "党建工作样板支部", ("样板支部",)),
    Choice("benchmark_unit", "党建工作标杆院系", ("标杆院系",)),
)
OF_ROUND = replace(
    APPLICATIONS,
    fields=tuple(
        replace(field, choices=(MODEL, BENCHMARK), open_choice=False) if field.key == "category" else field
        for field in APPLICATIONS.fields
    ),
)
KINDS = tuple(OF_ROUND if kind.key == OF_ROUND.key else kind for kind in LIST_KINDS)
KNOWN = Known(
    (Unit("u-jx", "机械工程学院党委", "JX01", "机械学院"),),
    (Branch("b-jg1", "机械工程学院教工第一党支部", "u-jx", "JX0101"),),
)
W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'


def data_of(document: Document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def table_of(document: Document, rows: Sequence[Sequence[str]]) -> Table:
    width = max(map(len, rows))
    table = document.add_table(rows=len(rows), cols=width)
    for number, cells in enumerate(rows):
        for column, text in enumerate(cells):
            table.cell(number, column).text = text
    return table


def grids_of(document: Document) -> tuple[Grid, ...]:
    return read_sheets(source_of("申报表.docx", data_of(document)))


def plans_of(document: Document) -> list[ImportPlan]:
    data = data_of(document)
    source = source_of("申报表.docx", data)
    return [
        make_plan(guess, grid, KNOWN, source=source)
        for grid, guess in recognised(read_sheets(source), KINDS, file_name=source.name)
    ]


def values_of(document: Document) -> dict[str, object]:
    (plan,) = plans_of(document)
    (row,) = plan.rows
    assert row.problems == ()
    return dict(row.values)


def put_xml(cell: _Cell, xml: str) -> None:
    """Put a piece of WordprocessingML into the first paragraph of a cell, or in its place."""
    paragraph = cell.paragraphs[0]._p
    made = parse_xml(xml)
    if made.tag in (qn("w:p"), qn("w:tbl")):
        paragraph.addprevious(made)
    else:
        paragraph.append(made)


FOUR = (
    ("申报党组织", "机械工程学院教工第一党支部", "申报类别", "样板支部"),
    ("所属院级党组织", "机械学院", "推荐顺序", "2"),
    ("联系人", "钱一帆", "联系电话", "13800001234"),
)


def test_two_labels_a_row() -> None:
    document = docx.Document()
    table_of(document, FOUR)
    assert values_of(document) == {
        "branch": "b-jg1",
        "category": "model_branch",
        "unit": "u-jx",
        "preference": 2,
        "contact": "钱一帆",
        "phone": "13800001234",
    }


def test_merged_cells_and_a_long_text_below_its_label() -> None:
    document = docx.Document()
    table = table_of(document, [*FOUR, ("一、特色做法（限 500 字）",) * 1, ("",), ("预期成果", "")])
    table.cell(3, 0).merge(table.cell(3, 3))
    long = table.cell(4, 0).merge(table.cell(4, 3))
    long.text = "第一段\n第二段：有冒号也是正文"
    table.cell(5, 1).merge(table.cell(5, 3)).text = "形成一批成果"
    values = values_of(document)
    assert values["summary"] == "第一段\n第二段：有冒号也是正文"
    assert values["outcomes"] == "形成一批成果"


def test_a_label_over_several_rows_and_one_written_downwards() -> None:
    document = docx.Document()
    table = table_of(document, [*FOUR, ("特\n色\n做\n法", "做法"), ("", "")])
    table.cell(3, 0).merge(table.cell(4, 0))
    table.cell(3, 1).merge(table.cell(4, 3))
    grid = grids_of(document)[1]
    assert Merge(3, 0, 4, 0) in grid.merges
    assert values_of(document)["summary"] == "做法"


def test_the_label_and_its_long_text_in_one_cell() -> None:
    document = docx.Document()
    table = table_of(document, [*FOUR, ("",)])
    table.cell(3, 0).merge(table.cell(3, 3)).text = "二、建设目标（不超过 300 字）\n到 2026 年：\n1. 建成"
    assert values_of(document)["goals"] == "到 2026 年：\n1. 建成"


def test_labels_with_colons_in_their_own_cells() -> None:
    document = docx.Document()
    table_of(
        document,
        [
            ("申报党组织：机械工程学院教工第一党支部\n所属院级党组织：机械学院",),
            ("申报类别：样板支部",),
            ("联系人：钱一帆\n联系电话：13800001234",),
        ],
    )
    values = values_of(document)
    assert (values["branch"], values["unit"], values["contact"], values["phone"]) == (
        "b-jg1",
        "u-jx",
        "钱一帆",
        "13800001234",
    )


def test_content_controls_are_read_and_their_prompts_are_not() -> None:
    document = docx.Document()
    table = table_of(
        document,
        [("申报党组织", ""), ("所属院级党组织", "机械学院"), ("申报类别", "样板支部"), ("联系人", "")],
    )
    put_xml(
        table.cell(0, 1),
        f"<w:sdt {nsdecls('w')}><w:sdtPr/><w:sdtContent><w:r><w:t>机械工程学院教工第一党支部</w:t></w:r></w:sdtContent></w:sdt>",
    )
    put_xml(
        table.cell(3, 1),
        f"<w:sdt {nsdecls('w')}><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r>"
        "<w:t>单击此处输入文字</w:t></w:r></w:sdtContent></w:sdt>",
    )
    values = values_of(document)
    assert values["branch"] == "b-jg1"
    assert "contact" not in values


def test_a_whole_cell_and_a_whole_row_inside_content_controls() -> None:
    document = docx.Document()
    table = table_of(document, FOUR)
    for element in (table.rows[1]._tr, table.rows[2].cells[1]._tc):
        control = parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtContent/></w:sdt>")
        element.addprevious(control)
        control[0].append(element)
    values = values_of(document)
    assert (values["unit"], values["contact"], values["phone"]) == ("u-jx", "钱一帆", "13800001234")


def test_tracked_insertions_count_and_deletions_do_not() -> None:
    document = docx.Document()
    table = table_of(document, [*FOUR[:2], ("联系人", "", "联系电话", "66-1203")])
    put_xml(
        table.cell(2, 1),
        f'<w:ins {nsdecls("w")} w:id="1" w:author="甲"><w:r><w:t>钱一帆</w:t></w:r></w:ins>',
    )
    put_xml(
        table.cell(2, 1),
        f'<w:del {nsdecls("w")} w:id="2" w:author="甲"><w:r><w:delText>赵喆</w:delText></w:r></w:del>',
    )
    assert values_of(document)["contact"] == "钱一帆"


@pytest.mark.parametrize(
    "boxes",
    [
        "<w:r><w:t>☑样板支部　☐标杆院系</w:t></w:r>",
        "<w:r><w:t>样板支部（√）　标杆院系（ ）</w:t></w:r>",
        "<w:r><w:t>样板支部√　标杆院系□</w:t></w:r>",
        '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r><w:r><w:t>样板支部 </w:t></w:r>'
        '<w:r><w:sym w:font="Wingdings" w:char="F0A8"/></w:r><w:r><w:t>标杆院系</w:t></w:r>',
        '<w:r><w:rPr><w:rFonts w:ascii="Wingdings 2" w:hAnsi="Wingdings 2"/></w:rPr><w:t>R</w:t></w:r>'
        '<w:r><w:t>样板支部 </w:t></w:r><w:r><w:rPr><w:rFonts w:ascii="Wingdings 2" w:hAnsi="Wingdings 2"/></w:rPr>'
        "<w:t>£</w:t></w:r><w:r><w:t>标杆院系</w:t></w:r>",
        '<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="1"/></w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:t>☒</w:t>'
        "</w:r></w:sdtContent></w:sdt><w:r><w:t>样板支部</w:t></w:r>"
        '<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="0"/></w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:t>☐</w:t>'
        "</w:r></w:sdtContent></w:sdt><w:r><w:t>标杆院系</w:t></w:r>",
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox>'
        "</w:ffData></w:fldChar></w:r><w:r><w:t>样板支部</w:t></w:r>"
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="0"/></w:checkBox></w:ffData>'
        "</w:fldChar></w:r><w:r><w:t>标杆院系</w:t></w:r>",
    ],
    ids=["characters", "brackets", "behind", "symbols", "wps-font", "content-control", "form-field"],
)
def test_the_ticked_category_is_taken(boxes: str) -> None:
    document = docx.Document()
    table = table_of(document, [("申报类别", ""), *FOUR[1:], ("申报党支部", "机械工程学院教工第一党支部")])
    put_xml(table.cell(0, 1), f"<w:p {nsdecls('w')} {W14}>{boxes}</w:p>")
    assert values_of(document)["category"] == "model_branch"


def test_two_ticks_are_told_where_they_stand() -> None:
    document = docx.Document()
    table_of(
        document, [FOUR[2], ("申报类别", "☑样板支部 ☑标杆院系"), ("申报党支部", "机械工程学院教工第一党支部")]
    )
    (plan,) = plans_of(document)
    (problem,) = plan.all_problems
    assert (problem.place, problem.raw) == ("表格 1 第 2 行", "样板支部、标杆院系")


def test_a_category_that_only_the_title_names() -> None:
    document = docx.Document()
    document.add_paragraph("某某大学新时代党建“双创”工作申报表")
    document.add_paragraph("（党建工作样板支部）")
    table_of(document, [FOUR[1], FOUR[2], ("申报党支部", "机械工程学院教工第一党支部")])
    assert values_of(document)["category"] == "model_branch"


def test_a_unit_that_applies_itself_needs_no_unit_of_its_own() -> None:
    document = docx.Document()
    table_of(document, [("申报党组织", "机械工程学院党委"), ("申报类别", "标杆院系"), ("联系人", "钱一帆")])
    values = values_of(document)
    assert values["unit"] == "u-jx"
    assert "branch" not in values


def test_a_table_inside_a_cell() -> None:
    document = docx.Document()
    table = table_of(document, [*FOUR[:2], ("联系方式", "")])
    inner = table.cell(2, 1).add_table(1, 4)
    for cell, text in zip(inner.rows[0].cells, FOUR[2], strict=True):
        cell.text = text
    assert [grid.name for grid in grids_of(document)] == ["正文", "表格 1", "表格 2"]
    assert values_of(document)["contact"] == "钱一帆"


def test_a_form_without_a_table() -> None:
    document = docx.Document()
    for line in (
        "申报党支部：机械工程学院教工第一党支部",
        "所属院级党组织：机械学院",
        "申报类别：样板支部",
        "一、特色做法",
        "第一段",
        "第二段",
        "二、建设目标",
        "目标",
    ):
        document.add_paragraph(line)
    values = values_of(document)
    assert (values["branch"], values["summary"], values["goals"]) == ("b-jg1", "第一段\n第二段", "目标")


def test_several_forms_in_one_document_are_several_rows_to_look_at() -> None:
    document = docx.Document()
    table_of(document, FOUR)
    document.add_page_break()
    table_of(
        document,
        [
            ("申报党组织", "机械工程学院教工第九党支部"),
            *[row[:2] for row in FOUR[1:]],
            ("申报类别", "样板支部"),
        ],
    )
    first, second = plans_of(document)
    assert (first.sheet, second.sheet) == ("申报表 1", "申报表 2")
    assert first.rows[0].values["branch"] == "b-jg1"
    assert second.all_problems[0].place == "表格 2 第 1 行"


def test_a_list_in_a_word_table_is_a_list() -> None:
    document = docx.Document()
    table_of(
        document,
        [
            ("所属院级党组织", "党支部名称", "支部类型", "成立时间"),
            ("机械学院", "教工第一党支部", "教师", "2019.9"),
            ("机械学院", "教工第二党支部", "教师", "2020.9"),
        ],
    )
    (plan,) = plans_of(document)
    assert plan.list_key == "branches"
    assert [row.row for row in plan.rows] == [2, 3]


def test_labels_that_mean_no_field_are_told_and_kept() -> None:
    document = docx.Document()
    table_of(document, [*FOUR, ("创建口号", "敢为人先")])
    (plan,) = plans_of(document)
    assert dict(plan.rows[0].extra or {}) == {"创建口号": "敢为人先"}
    assert "未导入的列：创建口号" in plan.notes


def test_merges_as_wps_writes_them() -> None:
    document = docx.Document()
    table = table_of(document, [*FOUR, ("特色做法", "甲"), ("", "")])
    for row, word in ((3, "restart"), (4, "continue")):
        cell = table.cell(row, 0)._tc.get_or_add_tcPr()
        cell.append(parse_xml(f'<w:vMerge {nsdecls("w")} w:val="{word}"/>'))
    assert Merge(3, 0, 4, 0) in grids_of(document)[1].merges
    assert values_of(document)["summary"] == "甲"


def test_old_word_files_are_refused_with_the_way_out() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "WordDocument".encode("utf-16-le")
    for name in ("申报表.doc", "申报表.wps"):
        source = source_of(name, ole)
        assert source.kind is Kind.DOC
        with pytest.raises(FileRefused, match=r"另存为 \.docx"):
            read_sheets(source)


def changed(data: bytes, change: Callable[[bytes], bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == "word/document.xml" else old.read(name))
    return out.getvalue()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda xml: xml[:-30], "XML 已损坏"),
        (lambda xml: b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]>' + xml[55:], "DOCTYPE"),
        (lambda xml: xml.replace(b"</w:body>", b" " * 90_000_000 + b"</w:body>"), "过大"),
    ],
    ids=["broken", "doctype", "bomb"],
)
def test_hostile_documents_are_refused(change: Callable[[bytes], bytes], said: str) -> None:
    document = docx.Document()
    table_of(document, FOUR)
    with pytest.raises(FileRefused, match=said):
        read_sheets(source_of("申报表.docx", changed(data_of(document), change)))


def test_tables_nested_without_end_are_refused() -> None:
    document = docx.Document()
    cell = table_of(document, FOUR).cell(0, 0)
    for _ in range(12):
        cell = cell.add_table(1, 1).cell(0, 0)
    with pytest.raises(FileRefused, match="嵌套过深"):
        read_sheets(source_of("申报表.docx", data_of(document)))


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("√", "√"),
        ("样板支部", "样板支部"),
        ("□是 □否", ""),
        ("是☑ 否☐", "是"),
        ("【√】甲；【 】乙", "甲"),
        ("☐甲 ☑乙 ☑丙", "乙、丙"),
        ("√样板支部", "样板支部"),
    ],
)
def test_ticks(text: str, chosen: str) -> None:
    assert ticked(text) == chosen
