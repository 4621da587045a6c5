"""One search finds units, branches, people, applications of the round and files, each with the page that shows it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dualcreate_desktop.office import incoming, rounds
from dualcreate_desktop.office.overview import Place
from dualcreate_desktop.office.searching import SHOWN, Found, Sort, find_everything
from dualcreate_desktop.office.store import Changed, Office

Ids = dict[str, str]


def by_sort(found: tuple[Found, ...]) -> dict[Sort, Found]:
    return {one.sort: one for one in found}


def test_a_name_is_found_wherever_it_stands(
    office: Office, applied: Ids, branches: Ids, round_id: str
) -> None:
    found = by_sort(find_everything(office, "jgdyd", round_id))
    assert set(found) == {Sort.BRANCH, Sort.APPLICATION}
    assert [hit.title for hit in found[Sort.BRANCH].hits] == [
        "机械工程学院教工第一党支部",
        "材料科学与工程学院教工第一党支部",
    ]
    (application,) = found[Sort.APPLICATION].hits
    assert application.detail == "样板支部 · 已报送"
    assert application.place == Place("applications", row=applied["教一"], search=application.title)


def test_a_unit_leads_to_its_page_and_its_applications(
    office: Office, units: Ids, applied: Ids, round_id: str
) -> None:
    found = by_sort(find_everything(office, "机械", round_id))
    (unit,) = found[Sort.UNIT].hits
    assert unit.place == Place("units", row=units["机械学院"], search="机械工程学院党委")
    assert found[Sort.APPLICATION].total == len(applied)


def test_a_person_leads_to_where_the_post_is(office: Office, branches: Ids) -> None:
    (found,) = find_everything(office, "赵喆", None)
    assert found.sort is Sort.PERSON
    (person,) = found.hits
    assert person.detail == "机械工程学院教工第一党支部 书记"
    assert person.place.row == branches["机械工程学院教工第一党支部"]


def test_a_file_is_found_by_any_part_of_its_name(
    office: Office, units: Ids, send: Callable[..., Path], take_in: Callable[..., Changed | None]
) -> None:
    rows = [
        ["所属院级党组织", "党支部名称", "支部类型"],
        ["机械工程学院党委", "机械工程学院教工第九党支部", "教师党支部"],
    ]
    take_in(send(rows, "新建支部清单.csv"))
    (found,) = find_everything(office, "xjzbqd", None)
    assert found.sort is Sort.FILE
    assert found.hits[0].title == "新建支部清单.csv"
    assert "新增 1" in found.hits[0].detail
    assert found.hits[0].place == Place("intake", row=incoming.history(office)[0].id)


@pytest.mark.parametrize("text", ["jxgcxy", "机械学院", "党支部名册", "dzbmc", "清单"])
def test_a_file_is_found_by_its_unit_and_by_what_it_lists(
    office: Office, units: Ids, send: Callable[..., Path], take_in: Callable[..., Changed | None], text: str
) -> None:
    rows = [["党支部名称", "支部类型"], ["教工第九党支部", "教师党支部"]]
    take_in(send([["填报单位：机械工程学院党委"], *rows], "清单.csv"))
    found = by_sort(find_everything(office, text, None))
    (file,) = found[Sort.FILE].hits
    assert file.detail.startswith("党支部名册 · 机械学院 · ")


def test_another_round_is_not_searched(office: Office, applied: Ids) -> None:
    preset = rounds.presets()[0]
    other = rounds.create_round(office, "另一批", preset.toml, preset.key)
    assert Sort.APPLICATION not in by_sort(find_everything(office, "机械", other))


def test_of_many_the_first_are_shown_and_all_are_counted(office: Office, branches: Ids) -> None:
    (found,) = find_everything(office, "党支部", None)
    assert (len(found.hits), found.total) == (SHOWN, len(branches))


@pytest.mark.parametrize("text", ["", "  ", "没有这个名称", '"', "*", "'; DROP TABLE unit"])
def test_nothing_is_found_where_nothing_is_meant(
    office: Office, applied: Ids, round_id: str, text: str
) -> None:
    assert list(find_everything(office, text, round_id)) == []
