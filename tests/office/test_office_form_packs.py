"""填报表 leave the office, are filled in by openpyxl as a unit would, and come back: no more and no less is planned."""

from __future__ import annotations

import csv
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import select

from db.errors import NotAllowed
from db.models import Alias, Branch
from db.vocabulary import LineageKind, RowState
from dualcreate_desktop.fields import FieldType, ListKind
from dualcreate_desktop.intake.plan import ImportPlan
from dualcreate_desktop.lists import INCIDENTS, LIST_KINDS
from dualcreate_desktop.office import form_packs, incoming, lineages, registry_writing, rounds
from dualcreate_desktop.office.form_packs import FormPack, PackOrder
from dualcreate_desktop.office.receivers import RECEIVERS, Context, Incoming
from dualcreate_desktop.office.reorganising import Order
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.papers.entry_form import HEAD, MARKS
from dualcreate_desktop.rules.dates import PartialDate

Ids = dict[str, str]
ASKED = tuple(filter(form_packs.can_be_asked, LIST_KINDS))


def unpacked(pack: FormPack, folder: Path) -> list[Path]:
    """The workbooks of a pack, in its order."""
    with zipfile.ZipFile(pack.path) as archive:
        archive.extractall(folder)
    return [folder / form.file for form in pack.forms]


def column(sheet: Worksheet, key: str) -> int:
    return next(cell.column for cell in sheet[MARKS] if cell.value == key)


def plans(office: Office, path: Path, round_id: str | None = None) -> list[ImportPlan]:
    return [preview.sheet.plan for preview in incoming.open_file(office, path, round_id=round_id)]


def invented(kind: ListKind, units: Ids, branches: Ids, number: int) -> dict[str, object]:
    """A record of a list, every field filled in."""
    unit = units["机械学院"]
    values: dict[FieldType, object] = {
        FieldType.UNIT: unit,
        FieldType.BRANCH: branches["机械工程学院教工第一党支部"],
        FieldType.PARTIAL_DATE: PartialDate(2021 + number, 9),
        FieldType.FLAG: True,
        FieldType.PHONE: "66-1203",
        FieldType.PERSON: "王一一",
    }
    made: dict[str, object] = {"items": "示范引领作用 18/20"} if kind.key == "appraisals" else {}
    for field in kind.fields:
        if field.key in made:
            continue
        if field.type is FieldType.INTEGER:
            low, high = field.minimum or 0, field.maximum or 9999
            made[field.key] = min(max(low, 2022 + number), high - 1 + number)
        elif field.type is FieldType.DECIMAL:
            made[field.key] = Decimal("88.5")
        elif field.type is FieldType.CHOICE:
            made[field.key] = field.choices[0].value
        else:
            made[field.key] = values.get(field.type, f"{field.label}{'甲乙丙'[number]}")
    return {key: value for key, value in made.items() if key != "until" or kind.key != "people"}


@pytest.fixture
def round_with_all(office: Office, units: Ids, branches: Ids, applied: Ids, round_id: str) -> str:
    """A round, and two records of every list beside units, branches and applications."""
    with office.change("登记各种名单") as session:
        context = Context("2024-03-15", rounds.rules(session, round_id), "王小明")
        for kind in ASKED:
            if kind.key not in {"units", "branches", "applications", "reorganisations"}:
                rows = [Incoming(invented(kind, units, branches, number), {}) for number in (0, 1)]  # type: ignore[arg-type]  # values of the fields' types
                RECEIVERS[kind.key].insert(session, context, rows)
    return round_id


@pytest.fixture
def pack(office: Office, branches: Ids, tmp_path: Path) -> FormPack:
    """The rosters of the branches of two units."""
    order = PackOrder("branches", until=date(2024, 3, 20), purpose="更新名册")
    return form_packs.make_pack(office, order, tmp_path / "名册.zip")


def test_each_unit_gets_its_own_workbook_and_mail(pack: FormPack, tmp_path: Path) -> None:
    assert [(form.unit, form.file, form.rows) for form in pack.forms] == [
        ("机械工程学院党委", "01 机械学院/党支部名册（机械学院）.xlsx".replace(" ", "_"), 4),
        ("材料科学与工程学院党委", "02 材料学院/党支部名册（材料学院）.xlsx".replace(" ", "_"), 2),
    ]
    first, _ = unpacked(pack, tmp_path)
    mail = (first.parent / "邮件.txt").read_text("utf-8-sig")
    assert mail.startswith(
        "主题：请填报《党支部名册》\n\n机械工程学院党委：\n　　您好！为更新名册，请填报《党支部名册》。"
    )
    assert "2024年3月20日前" in mail


def test_a_form_is_filled_in_checked_protected_and_ready_to_print(pack: FormPack, tmp_path: Path) -> None:
    path, _ = unpacked(pack, tmp_path)
    book = openpyxl.load_workbook(path)
    sheet = book["党支部名册"]
    assert [item.title for item in book.worksheets] == ["党支部名册", "填表说明", "选项"]
    assert book["选项"].sheet_state == "veryHidden"
    assert sheet["A2"].value.startswith("填报单位（盖章）：机械工程学院党委")
    heads = [cell.value for cell in sheet[HEAD]][:4]
    assert heads == ["序号", "组织编码", "党支部名称*", "支部类型*"]
    kind = column(sheet, "kind")
    rules = {rule.type: rule for rule in sheet.data_validations.dataValidation if rule.error}
    assert {"list", "whole", "custom"} <= rules.keys()
    assert rules["whole"].error == "正式党员数请填0 至 2000 的整数。" or "整数" in rules["whole"].error
    assert sheet.protection.sheet
    assert not sheet.cell(HEAD + 1, kind).protection.locked
    assert sheet.cell(HEAD + 1, sheet.max_column).protection.locked
    assert sheet.row_dimensions[MARKS].hidden
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.freeze_panes) == (
        "landscape",
        9,
        "A5",
    )
    assert "（签字）" in str(sheet.cell(sheet.max_row, 1).value)


def test_the_guide_tells_every_column_from_its_declaration(pack: FormPack, tmp_path: Path) -> None:
    path, _ = unpacked(pack, tmp_path)
    rows = [[cell.value for cell in row] for row in openpyxl.load_workbook(path)["填表说明"].iter_rows()]
    told = {row[0]: row[1:4] for row in rows}
    assert told["支部类型"][0] == "必填"
    assert told["支部类型"][2].startswith("教师党支部、本科生党支部、")
    assert told["正式党员数"][1] == "0 至 2000 的整数"
    assert told["成立时间"][1] == "年月，如 2019-09，只知道年份的填 2019；年月即可，如 2019.9"


@pytest.mark.parametrize("kind", ASKED, ids=lambda kind: kind.key)
def test_a_form_that_comes_back_as_it_went_changes_nothing(
    kind: ListKind, office: Office, round_with_all: str, tmp_path: Path
) -> None:
    pack = form_packs.make_pack(office, PackOrder(kind.key, round_with_all), tmp_path / "表.zip")
    form, path = pack.forms[0], unpacked(pack, tmp_path)[0]
    assert form.rows == {"units": 1, "branches": 4, "applications": 3, "reorganisations": 0, "people": 6}.get(
        kind.key, 2
    )
    (plan,) = plans(office, path)
    assert [(row.row, row.state, row.problems) for row in plan.rows] == [
        (HEAD + 1 + number, RowState.SAME, ()) for number in range(form.rows)
    ]
    assert plan.absent == ()


@pytest.mark.parametrize("kind", ASKED, ids=lambda kind: kind.key)
def test_what_was_changed_in_a_form_is_changed_and_nothing_else(
    kind: ListKind, office: Office, round_with_all: str, tmp_path: Path
) -> None:
    if kind.key == "reorganisations":
        return
    pack = form_packs.make_pack(office, PackOrder(kind.key, round_with_all), tmp_path / "表.zip")
    path = unpacked(pack, tmp_path)[0]
    own = [field for field in kind.fields if field.key not in kind.identity]
    field = max(
        own,
        key=lambda field: (
            field.type in (FieldType.TEXT, FieldType.LONG_TEXT),
            field.type is FieldType.INTEGER,
        ),
    )
    key, value = field.key, 77 if field.type is FieldType.INTEGER else "新写的内容"
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    sheet.cell(HEAD + 1, column(sheet, key)).value = value
    for cell in sheet[HEAD]:
        cell.value = f"栏目{cell.column}"
    book.save(path)
    (plan,) = plans(office, path)
    first, *others = plan.rows
    assert (first.state, [(change.key, change.after) for change in first.changes], first.problems) == (
        RowState.CHANGED,
        [(key, value)],
        (),
    )
    assert {row.state for row in others} <= {RowState.SAME}


def test_a_renamed_branch_is_known_by_its_mark_and_keeps_its_old_name(
    office: Office, pack: FormPack, branches: Ids, tmp_path: Path
) -> None:
    path, _ = unpacked(pack, tmp_path)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    name = column(sheet, "name")
    row = next(
        cell.row
        for cell in sheet[sheet.cell(1, name).column_letter]
        if cell.value == "机械工程学院教工第一党支部"
    )
    sheet.cell(row, name).value = "智能制造系党支部"
    book.save(path)
    (preview,) = incoming.open_file(office, path)
    changed = [row for row in preview.rows() if row.state is not RowState.SAME]
    assert [(row.record_id, [(change.key, change.after) for change in row.changes]) for row in changed] == [
        (branches["机械工程学院教工第一党支部"], [("name", "智能制造系党支部")])
    ]
    incoming.apply(office, preview)
    with office.read() as session:
        assert session.get_one(Branch, branches["机械工程学院教工第一党支部"]).name == "智能制造系党支部"
        aliases = [(alias.branch_id, alias.text) for alias in session.scalars(select(Alias))]
    assert aliases == [(branches["机械工程学院教工第一党支部"], "机械工程学院教工第一党支部")]


def test_a_branch_added_in_an_empty_row_belongs_to_the_unit_of_the_form(
    office: Office, pack: FormPack, units: Ids, tmp_path: Path
) -> None:
    path, _ = unpacked(pack, tmp_path)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    for key, value in (
        ("name", "机械工程学院本科生第一党支部"),
        ("kind", "本科生党支部"),
        ("full_members", 9),
    ):
        sheet.cell(HEAD + 8, column(sheet, key)).value = value
    book.save(path)
    (plan,) = plans(office, path)
    new = [row for row in plan.rows if row.state is RowState.NEW]
    assert [(row.row, row.values["unit"], row.values["name"]) for row in new] == [
        (HEAD + 8, units["机械学院"], "机械工程学院本科生第一党支部")
    ]
    assert len(plan.rows) == 5


def test_who_holds_a_post_is_not_typed_over(office: Office, round_with_all: str, tmp_path: Path) -> None:
    pack = form_packs.make_pack(office, PackOrder("people", round_with_all), tmp_path / "表.zip")
    path = unpacked(pack, tmp_path)[0]
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    cell = sheet.cell(HEAD + 1, column(sheet, "name"))
    assert cell.protection.locked
    cell.value = "另一个人"
    book.save(path)
    (plan,) = plans(office, path)
    assert [problem.message for problem in plan.rows[0].problems] == [
        "“姓名”与发出时不同，请改回；要另加一条的，请写在空行里"
    ]


def test_a_record_that_changed_since_the_form_was_made_is_to_be_looked_at(
    office: Office, pack: FormPack, branches: Ids, tmp_path: Path
) -> None:
    path, _ = unpacked(pack, tmp_path)
    with office.change("改人数") as session:
        registry_writing.update_branches(
            session, {branches["机械工程学院教工第一党支部"]: {"full_members": 99}}, today="2024-03-16"
        )
    (plan,) = plans(office, path)
    (row,) = [row for row in plan.rows if row.state is RowState.CHANGED]
    assert [(change.key, change.before, change.after) for change in row.changes] == [("full_members", 99, 20)]
    assert [(problem.message, problem.is_error) for problem in row.problems] == [
        ("表发出之后，库中这一条改过，请核对改动", False)
    ]


def test_a_form_of_another_round_goes_to_its_own(
    office: Office, round_with_all: str, round_id: str, tmp_path: Path
) -> None:
    preset = next(preset for preset in rounds.presets() if preset.key != "third-batch-2023")
    other = rounds.create_round(office, "另一批", preset.toml, preset.key)
    pack = form_packs.make_pack(office, PackOrder("applications", round_id), tmp_path / "表.zip")
    (preview,) = incoming.open_file(office, unpacked(pack, tmp_path)[0], round_id=other)
    assert preview.sheet.round_id == round_id
    assert {row.state for row in preview.rows()} == {RowState.SAME}


def test_a_split_and_what_is_no_more_come_back_as_they_went(
    office: Office, units: Ids, branches: Ids, tmp_path: Path
) -> None:
    after = ("机械工程学院教工第五党支部", "机械工程学院教工第六党支部")
    split = Order(
        LineageKind.SPLIT,
        units["机械学院"],
        PartialDate(2023, 9),
        (branches["机械工程学院教工第一党支部"],),
        after,
        branch_kind="teacher",
    )
    lineages.carry_out(office, split)
    for kind, known in (("lineage", 2), ("branches", 5)):
        pack = form_packs.make_pack(office, PackOrder(kind), tmp_path / f"{kind}.zip")
        (plan,) = plans(office, unpacked(pack, tmp_path)[0])
        assert [(row.state, row.problems) for row in plan.rows] == [(RowState.SAME, ())] * known
        assert plan.absent == (), "a list of today need not name what is no more"


def test_branches_of_one_split_that_tell_of_it_differently_are_kept_out(
    office: Office, units: Ids, branches: Ids, tmp_path: Path
) -> None:
    after = ("机械工程学院教工第五党支部", "机械工程学院教工第六党支部")
    gone = (branches["机械工程学院教工第一党支部"],)
    split = Order(
        LineageKind.SPLIT, units["机械学院"], PartialDate(2023, 9), gone, after, branch_kind="teacher"
    )
    lineages.carry_out(office, split)
    pack = form_packs.make_pack(office, PackOrder("lineage"), tmp_path / "沿革.zip")
    path = unpacked(pack, tmp_path)[0]
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    for number in (1, 2):
        sheet.cell(HEAD + number, column(sheet, "document"), f"江大组〔2023〕{number} 号")
    book.save(path)
    (plan,) = plans(office, path)
    assert [row.state for row in plan.rows] == [RowState.PROBLEM] * 2
    assert "与第 6 行说的是同一件事，内容不同" in plan.rows[0].problems[0].message


def test_a_form_survives_being_saved_as_csv(office: Office, pack: FormPack, tmp_path: Path) -> None:
    path, _ = unpacked(pack, tmp_path)
    rows = [
        ["" if cell.value is None else str(cell.value) for cell in row]
        for row in openpyxl.load_workbook(path).worksheets[0].iter_rows()
    ]
    saved = tmp_path / "随便什么名字.csv"
    with saved.open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows(rows)
    (plan,) = plans(office, saved)
    assert [row.state for row in plan.rows] == [RowState.SAME] * 4


def test_without_units_there_is_nobody_to_ask(office: Office, tmp_path: Path) -> None:
    with pytest.raises(NotAllowed, match="还没有院级党组织"):
        form_packs.make_pack(office, PackOrder("branches"), tmp_path / "名册.zip")


def test_a_stopped_pack_leaves_no_file(office: Office, branches: Ids, tmp_path: Path) -> None:
    class Stopped(Exception):
        pass

    def tell(done: int, total: int, what: str) -> None:
        if done == 1:
            raise Stopped

    with pytest.raises(Stopped):
        form_packs.make_pack(office, PackOrder("branches"), tmp_path / "名册.zip", tell=tell)
    assert list(tmp_path.glob("*.zip")) == []


def test_records_that_are_named_alike_are_told_apart_by_their_marks(
    office: Office, units: Ids, branches: Ids, tmp_path: Path
) -> None:
    kind = INCIDENTS
    rows = [Incoming({**invented(kind, units, branches, 0), "note": note}, {}) for note in ("甲事", "乙事")]  # type: ignore[dict-item]  # values of the fields' types
    with office.change("登记") as session:
        RECEIVERS[kind.key].insert(session, Context("2024-03-15"), rows)
    pack = form_packs.make_pack(office, PackOrder(kind.key), tmp_path / "表.zip")
    (plan,) = plans(office, unpacked(pack, tmp_path)[0])
    assert [row.state for row in plan.rows] == [RowState.SAME, RowState.SAME]
    assert len({row.record_id for row in plan.rows}) == 2
