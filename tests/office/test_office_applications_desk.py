"""申报 at one moment, and its form: what is shown, counted, saved and refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from db.errors import NotAllowed, StaleData
from db.vocabulary import PaperState, Verdict
from dualcreate_desktop.office import application_forms, eligibility, progress, receipts
from dualcreate_desktop.office.application_desk import ATTENTION, Desk, desk
from dualcreate_desktop.office.application_forms import IDENTITY, OWN, fields, form, save
from dualcreate_desktop.office.branch_choices import standing_branches
from dualcreate_desktop.office.receipts import Arrival
from dualcreate_desktop.office.records import NEW, Form
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.office.tables import TableQuery
from dualcreate_desktop.rules.steps import Verb

Ids = dict[str, str]


def names(found: Desk, **query: object) -> list[str]:
    return [line.applicant for line in found.page(TableQuery(limit=None, **query)).rows]  # type: ignore[arg-type]  # keywords of the test


def test_every_application_stands_with_its_verdict_its_paper_and_its_groups(
    office: Office, round_id: str, applied: Ids
) -> None:
    found = desk(office, round_id)
    assert len(desk(office, round_id).lines) == 3
    assert names(found) == ["机械工程学院党委", "机械工程学院教工第一党支部", "机械工程学院教工第二党支部"]
    for line in found.lines:
        assert line.verdict is found.assessments[line.id].overall
        assert line.paper.state is PaperState.MISSING
        assert {"submitted", "paper"} <= line.groups
    counts = found.counts("")
    assert counts[""] == counts["submitted"] == counts["paper"] == 3
    assert counts["unverified"] + counts["failed"] == 3
    assert found.counts("教工第一")[""] == 1


def test_what_is_out_of_the_running_is_wanted_of_nothing(office: Office, round_id: str, applied: Ids) -> None:
    progress.take(office, [applied["教一"]], Verb.WITHDRAW, reason="来函")
    line = next(line for line in desk(office, round_id).lines if line.id == applied["教一"])
    assert line.groups == {"withdrawn"}
    assert not line.groups & set(ATTENTION)


def test_the_newest_of_all_that_concerns_an_application_is_its_update(
    office: Office, round_id: str, applied: Ids
) -> None:
    def updated(of: Office) -> datetime | None:
        return next(line.updated for line in desk(of, round_id).lines if line.id == applied["教一"])

    start = office.clock()
    assert updated(office) == start
    later = replace(office, clock=lambda: start + timedelta(hours=2))
    eligibility.confirm(later, applied["教一"], "branch_members", Verdict.PASS, reason="证书原件")
    assert updated(office) == start + timedelta(hours=2)
    latest = replace(office, clock=lambda: start + timedelta(hours=3))
    receipts.receive(latest, round_id, [Arrival(applied["教一"], "branch_form", 1, start)])
    assert updated(office) == start + timedelta(hours=3)


def test_a_unit_owes_the_paper_of_its_standing_applications_and_what_it_sends_once(
    office: Office, round_id: str, units: Ids, applied: Ids
) -> None:
    progress.take(office, [applied["教二"]], Verb.WITHDRAW, reason="来函")
    senders = desk(office, round_id).senders(units["机械学院"])
    assert [sender.application_id for sender in senders] == [applied["机械学院"], applied["教一"], None]
    assert [len(sender.paper.items) for sender in senders] == [4, 4, 3]


def test_states_sort_by_what_comes_first_and_a_filter_takes_a_group(
    office: Office, round_id: str, applied: Ids
) -> None:
    progress.take(office, [applied["机械学院"]], Verb.RETURN, reason="缺盖章")
    found = desk(office, round_id)
    assert names(found, sort="state")[-1] == "机械工程学院党委"
    assert names(found, filters={"groups": frozenset({"returned"})}) == ["机械工程学院党委"]
    for key in ("verdict", "paper", "kind", "updated", "preference", "applicant"):
        assert len(names(found, sort=key, descending=True)) == 3


def new(units: Ids, branches: Ids, **other: object) -> Form:
    values = {
        "unit": units["材料学院"],
        "category": "model_branch",
        "branch": branches["材料科学与工程学院教工第一党支部"],
        "contact": "孙联络",
        "phone": "13800009999",
    }
    return replace(NEW, values={**values, **other})  # type: ignore[arg-type]  # keywords of the test


def test_a_new_application_is_saved_and_its_form_reads_back(
    office: Office, round_id: str, units: Ids, branches: Ids
) -> None:
    save(office, round_id, new(units, branches, goals="建成样板"))
    (line,) = desk(office, round_id).lines
    read = form(office, line.id)
    assert read.values["contact"] == "孙联络"
    assert read.values["goals"] == "建成样板"
    save(office, round_id, replace(read, values={**read.values, "goals": None, "contact": None}))
    again = form(office, line.id)
    assert (again.values["goals"], again.values["contact"]) == (None, None)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"unit": None}, "“院级党组织”没有填写"),
        ({"category": None}, "“申报类别”没有填写"),
        ({"branch": None}, "由党支部申报"),
        ({"category": "benchmark_unit"}, "由院级党组织申报"),
    ],
)
def test_an_applicant_that_does_not_fit_is_refused(
    office: Office, round_id: str, units: Ids, branches: Ids, wrong: dict[str, object], said: str
) -> None:
    with pytest.raises(NotAllowed, match=said):
        save(office, round_id, new(units, branches, **wrong))
    assert desk(office, round_id).lines == ()


def test_a_branch_of_another_unit_and_a_second_application_are_refused(
    office: Office, round_id: str, units: Ids, branches: Ids
) -> None:
    with pytest.raises(NotAllowed, match="不属于所选的院级党组织"):
        save(office, round_id, new(units, branches, unit=units["机械学院"]))
    save(office, round_id, new(units, branches))
    with pytest.raises(NotAllowed, match="已有申报"):
        save(office, round_id, new(units, branches))


def test_a_form_that_was_overtaken_is_refused(
    office: Office, round_id: str, units: Ids, branches: Ids
) -> None:
    save(office, round_id, new(units, branches))
    (line,) = desk(office, round_id).lines
    mine, theirs = form(office, line.id), form(office, line.id)
    save(office, round_id, replace(theirs, values={**theirs.values, "note": "先改"}))
    with pytest.raises(StaleData, match="填写期间被修改过"):
        save(office, round_id, replace(mine, values={**mine.values, "note": "后改"}))
    with pytest.raises(StaleData, match="已不存在"):
        application_forms.form(office, "0" * 32)


def test_the_choices_are_those_of_the_round_and_of_the_unit(
    office: Office, round_id: str, units: Ids, branches: Ids
) -> None:
    _, category, *_ = fields(office, round_id, (*IDENTITY, *OWN))
    assert {choice.value for choice in category.choices} == {"benchmark_unit", "model_branch"}
    assert len(standing_branches(office, units["机械学院"])) == 4
    assert standing_branches(office, None) == ()
