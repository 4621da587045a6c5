"""Files come in: whatever list they hold, previewed in words, mended in place, imported, remembered."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from db.errors import FileRefused, StaleData
from db.vocabulary import ProblemKind, RowState
from dualcreate_desktop.office import incoming, journal, receiving, registry
from dualcreate_desktop.office.incoming import PasswordNeeded
from dualcreate_desktop.office.previewing import EMPTY, Doubt, Preview
from dualcreate_desktop.office.receiving import Answers
from dualcreate_desktop.office.sample import Loaded
from dualcreate_desktop.office.store import Office

Ids = dict[str, str]
Send = Callable[..., Path]

HEAD = ("院级党组织", "党支部名称", "支部类型", "成立时间", "支部书记", "联系电话", "活动室")
GOOD = ("机械学院", "机械工程学院教工第三党支部", "教工", "2019.9", "郑七言", "13800001111", "东一")
BAD_DATE = ("机械学院", "机械工程学院教工第四党支部", "教工", "2020.13", "王八斗", "", "")
BAD_UNIT = ("机戒学院", "机械工程学院教工第五党支部", "教功", "2020.3", "", "", "")
CHANGED = ("机械学院", "机械工程学院教工第一党支部", "教工", "2015.6", "冯九歌", "", "")
SAMPLE = Path("resources") / "sample" / "files"


def texts(preview: Preview, number: int) -> dict[str, str]:
    row = next(row for row in preview.rows() if row.row == number)
    return {column.field.key: preview.cell(row, column).text for column in preview.columns}


def opened(office: Office, path: Path, round_id: str | None = None) -> Preview:
    (preview,) = incoming.open_file(office, path, round_id=round_id)
    return preview


def place(preview: Preview, number: int, key: str) -> tuple[int, int]:
    column = next(column for column in preview.columns if column.field.key == key)
    assert column.place is not None
    return number - 1, column.place


def test_a_preview_says_values_in_words_and_keeps_what_cannot_be_read(
    office: Office, branches: Ids, send: Send
) -> None:
    preview = opened(office, send([HEAD, GOOD, BAD_DATE, BAD_UNIT]))
    assert [column.heading for column in preview.columns][:4] == [
        "A  所属院级党组织",
        "B  党支部名称",
        "C  支部类型",
        "D  成立时间",
    ]
    good = texts(preview, 2)
    assert good["unit"] == "机械工程学院党委"
    assert (good["kind"], good["founded"]) == ("教师党支部", "2019-09")
    assert good["phone"] == "138****1111", "a telephone number is masked"
    assert texts(preview, 3)["founded"] == "2020.13"
    assert (texts(preview, 4)["unit"], texts(preview, 4)["kind"]) == ("机戒学院", "教功")


def test_the_filters_count_what_they_show(office: Office, branches: Ids, send: Send) -> None:
    preview = opened(office, send([HEAD, GOOD, BAD_DATE, CHANGED]))
    for wanted, count in preview.counts.items():
        assert len(preview.rows(wanted)) == count, wanted
    assert preview.counts[RowState.PROBLEM] == 1
    assert preview.counts[RowState.ABSENT] == 3, "the other branches of the unit"
    assert Doubt.WARNED not in preview.counts, "a filter that shows nothing is left out"
    absent = preview.rows(RowState.ABSENT)[0]
    assert absent.row == 0
    assert "机械工程学院" in preview.cell(absent, preview.columns[1]).text


def test_a_changed_cell_tells_what_it_replaces(office: Office, branches: Ids, send: Send) -> None:
    preview = opened(office, send([HEAD, CHANGED]))
    (row,) = preview.rows(RowState.CHANGED)
    cells = {column.field.key: preview.cell(row, column) for column in preview.columns}
    assert (cells["secretary"].before, cells["secretary"].text) == ("赵喆", "冯九歌")
    assert cells["name"].before is None


def test_a_field_that_was_empty_changes_from_empty(office: Office, branches: Ids, send: Send) -> None:
    head = (*HEAD[:5], "备注")
    preview = opened(office, send([head, (*CHANGED[:4], "赵喆", "已核对")]))
    (row,) = preview.rows(RowState.CHANGED)
    note = next(column for column in preview.columns if column.field.key == "note")
    assert preview.cell(row, note).before == EMPTY


def test_a_mended_row_comes_in_and_the_file_stays_as_it_was(
    office: Office, branches: Ids, send: Send
) -> None:
    path = send([HEAD, GOOD, BAD_DATE])
    sent = path.read_bytes()
    preview = opened(office, path)
    preview = incoming.mend(office, preview, Answers({place(preview, 3, "founded"): "2020年12月"}))
    assert preview.counts[RowState.NEW] == 2
    row = preview.rows()[1]
    cell = preview.cell(row, preview.columns[3])
    assert (cell.text, cell.sent, cell.problem) == ("2020-12", "2020.13", None)
    assert incoming.apply(office, preview) is not None
    assert path.read_bytes() == sent
    found = {row.name: row.founded for row in registry.branches(office).rows}
    assert found[BAD_DATE[1]] == "2020-12"


def test_mends_that_are_taken_back_show_what_was_sent(office: Office, branches: Ids, send: Send) -> None:
    sent = opened(office, send([HEAD, GOOD, BAD_DATE]))
    mended = incoming.mend(office, sent, Answers({place(sent, 3, "founded"): "2020.12"}))
    assert incoming.mend(office, mended).sheet.plan == sent.sheet.plan
    assert mended.sheet.plan != sent.sheet.plan


def test_a_cell_offers_what_it_can_be_the_likeliest_first(office: Office, branches: Ids, send: Send) -> None:
    preview = opened(office, send([HEAD, BAD_UNIT]))
    (row,) = preview.rows()
    by_key = {column.field.key: column for column in preview.columns}
    problem = preview.cell(row, by_key["unit"]).problem
    assert problem is not None
    assert problem.kind in (ProblemKind.UNKNOWN_UNIT, ProblemKind.AMBIGUOUS)
    assert preview.options(row, by_key["unit"])[0] == problem.suggestion == "机械工程学院党委"
    assert preview.options(row, by_key["kind"])[0] == "教师党支部"
    assert preview.options(row, by_key["secretary"]) == ()


def test_branches_are_offered_of_the_unit_of_the_row(office: Office, branches: Ids, send: Send) -> None:
    head = ("院级党组织", "党支部", "年度", "考核类型", "等次")
    rows = [head, ("材料学院", "材料科学与工程学院教工第九党支部", "2023", "支部考核评价", "好")]
    preview = opened(office, send(rows, "考核结果.csv"))
    (row,) = preview.rows()
    column = next(column for column in preview.columns if column.field.key == "branch")
    offered = preview.options(row, column)
    assert offered
    assert all(name.startswith("材料") for name in offered)


def test_a_name_that_looks_like_a_known_one_is_new_once_it_is_confirmed(
    office: Office, branches: Ids, send: Send
) -> None:
    name = "机械工程学院研究生党支部"
    sent = opened(office, send([HEAD, ("机械学院", name, "研究生", "2020.3", "", "", "")]))
    (row,) = sent.rows()
    assert [problem.kind for problem in row.problems] == [ProblemKind.AMBIGUOUS]
    confirmed = incoming.mend(office, sent, Answers(separate=frozenset({name})))
    assert confirmed.counts[RowState.NEW] == 1
    assert incoming.apply(office, confirmed) is not None
    assert name in {row.name for row in registry.branches(office).rows}


def test_a_row_that_is_left_out_hands_its_group_on_to_the_next(
    office: Office, branches: Ids, send: Send
) -> None:
    rows = [HEAD, BAD_DATE, ("", *GOOD[1:])]
    preview = opened(office, send(rows))
    preview = incoming.mend(office, preview, Answers(left_out=frozenset({2})))
    assert [(row.row, row.state) for row in preview.rows()] == [(2, RowState.SKIPPED), (3, RowState.NEW)]
    assert texts(preview, 2)["founded"] == "2020.13", "what is left out is still seen as it was written"
    assert texts(preview, 3)["unit"] == "机械工程学院党委"


def test_a_stale_preview_is_refused_and_made_again(office: Office, branches: Ids, send: Send) -> None:
    path = send([HEAD, CHANGED])
    preview = opened(office, path)
    incoming.apply(office, opened(office, path))
    with pytest.raises(StaleData):
        incoming.apply(office, preview)
    again = incoming.mend(office, preview)
    assert again.counts[RowState.SAME] == 1


def test_what_was_imported_is_remembered_until_it_is_undone(
    office: Office, branches: Ids, send: Send
) -> None:
    changed = incoming.apply(office, opened(office, send([HEAD, GOOD], "机械.csv")))
    assert changed is not None
    (received,) = incoming.history(office)
    assert (received.name, received.list_label, received.summary) == (
        "机械.csv",
        "党支部名册",
        "新增 1，表中未列 4",
    )
    assert (received.actor, received.change_id) == ("王小明", changed.change_id)
    assert incoming.standing(office, [changed.change_id]) == {changed.change_id}
    journal.undo(office, changed.change_id)
    assert incoming.history(office) == ()
    assert incoming.standing(office, [changed.change_id]) == frozenset()


def test_an_import_that_is_given_up_writes_nothing(office: Office, branches: Ids, send: Send) -> None:
    class GivenUp(Exception):
        pass

    def give_up() -> None:
        raise GivenUp

    preview = opened(office, send([HEAD, GOOD]))
    with pytest.raises(GivenUp):
        incoming.apply(office, preview, tick=give_up)
    assert incoming.history(office) == ()
    assert registry.branches(office).total == len(branches)


def test_every_file_of_the_sample_is_known_for_what_it_is(sample_office: Office, loaded: Loaded) -> None:
    """Scoring sheets are told from lists without being asked for; all of it was imported, so little is new."""
    kinds = {}
    for path in sorted(SAMPLE.iterdir()):
        if path.name.startswith("评") or "汇总" in path.name:
            previews = incoming.open_file(sample_office, path, round_id=loaded.round_id)
            kinds[path.name] = {preview.kind.key for preview in previews}
    assert all(found == {"scores"} for name, found in kinds.items() if name.startswith("评分表"))
    assert kinds["评委名单.xlsx"] == {"reviewers"}
    assert kinds["第三批双创申报汇总表.xlsx"] == {"applications"}
    assert len(kinds) >= 15


def test_a_scoring_sheet_is_imported_once_and_remembered(sample_office: Office, loaded: Loaded) -> None:
    path = SAMPLE / "评分表-05-张景伟（更正）.xlsx"
    (preview,) = incoming.open_file(sample_office, path, round_id=loaded.round_id)
    assert preview.counts[RowState.SAME] == len(preview.rows())
    assert "导入过" in preview.sheet.earlier
    assert incoming.apply(sample_office, preview) is None
    row = preview.rows()[0]
    mark = next(
        column for column in preview.columns if column.field.key not in ("applicant", "total", "note")
    )
    lower = incoming.mend(sample_office, preview, Answers({(row.row - 1, mark.place or 0): "1"}))
    assert lower.counts[RowState.CHANGED] == 1
    assert incoming.apply(sample_office, lower) is not None
    assert incoming.history(sample_office)[0].list_label == "评分表"


def test_an_encrypted_workbook_asks_for_its_password_and_opens_with_it(
    office: Office, branches: Ids, tmp_path: Path
) -> None:
    path = tmp_path / "加密.xlsx"
    path.write_bytes(_encrypted([HEAD, GOOD], "密码123"))
    with pytest.raises(PasswordNeeded, match="需要密码"):
        incoming.open_file(office, path)
    with pytest.raises(PasswordNeeded, match="密码不对"):
        incoming.open_file(office, path, password="错的")
    (preview,) = incoming.open_file(office, path, password="密码123")
    assert preview.counts[RowState.NEW] == 1


def test_what_is_no_list_is_refused_with_what_to_do(office: Office, send: Send) -> None:
    with pytest.raises(FileRefused, match="没有认出这是哪一种表"):
        incoming.open_file(office, send([("请各单位于周五前报送",)], "通知.csv"))


def test_a_preview_and_an_import_are_the_same_plan(office: Office, branches: Ids, send: Send) -> None:
    path = send([HEAD, GOOD, BAD_DATE, CHANGED])
    (reception,) = receiving.read_file(office, path)
    assert opened(office, path).sheet.plan == reception.plan


def _encrypted(rows: list[tuple[str, ...]], password: str) -> bytes:
    import io

    import openpyxl
    from msoffcrypto.format.ooxml import OOXMLFile

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    plain, locked = io.BytesIO(), io.BytesIO()
    book.save(plain)
    OOXMLFile(plain).encrypt(password, locked)
    return locked.getvalue()
