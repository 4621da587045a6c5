"""The sample's files, taken in by the real office: every file and every case comes to what the manifest says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select

from db.errors import NotAllowed
from db.models import Application
from db.vocabulary import ConflictState, ProblemKind, Reply, Verdict
from dualcreate_desktop.office import (
    earlier_models,
    evidence,
    inquiries,
    lineages,
    registry,
    reviews,
    sample,
    scales,
)
from dualcreate_desktop.office.applications import applications_of
from dualcreate_desktop.office.rounds import rules
from dualcreate_desktop.office.sample import Loaded
from dualcreate_desktop.office.store import Actor, Office, open_office
from dualcreate_desktop.paths import Paths
from dualcreate_desktop.rules.conditions import Finding, evaluate_all
from dualcreate_desktop.rules.dates import PartialDate

FINAL_STATE = {"propose": "selected", "reserve": "reserve", "decline": "not_selected"}
COUNTED = ("new", "changed", "same", "duplicate", "problem")


@pytest.fixture(scope="module")
def manifest() -> dict[str, Any]:
    return sample.read_manifest()


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    paths = Paths(tmp_path_factory.mktemp("sample office"))
    opened = open_office(paths, Actor("王小明", pc="组织部一号机"), lambda: datetime(2024, 3, 1, 8, 0))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def loaded(office: Office) -> Loaded:
    return sample.load(office)


@pytest.fixture(scope="module")
def unconfirmed(office: Office, loaded: Loaded) -> Mapping[str, Mapping[str, Finding]]:
    """By key of the manifest, what the records alone say of each condition."""
    with office.read() as session:
        notice = rules(session, loaded.round_id).notice
        found = {item.id: item for item in session.scalars(select(Application))}
        facts = evidence.gather(session, list(found.values()))
        return {
            key: {
                finding.key: finding
                for finding in evaluate_all(
                    notice, found[item_id].category, replace(facts[item_id], confirmations={})
                )
            }
            for key, item_id in loaded.keys.items()
        }


def test_every_file_comes_to_the_counts_and_problems_that_the_manifest_says(loaded: Loaded) -> None:
    for item in loaded.imports:
        assert item.list_key == item.expected["list"], item.file
        assert {state: item.counts[state] for state in COUNTED} == {
            state: item.expected[state] for state in COUNTED
        }, item.file
        assert Counter(item.problems) == item.expected["problems"], item.file


def test_every_kind_of_problem_was_met(loaded: Loaded) -> None:
    assert {kind for item in loaded.imports for kind in item.problems} == {kind.value for kind in ProblemKind}


def test_every_case_shows_its_verdict_before_anybody_confirms(
    manifest: dict[str, Any], unconfirmed: Mapping[str, Mapping[str, Finding]]
) -> None:
    for item in manifest["application"]:
        found = {key: unconfirmed[item["key"]][key].verdict for key in item["verdicts"]}
        assert found == item["verdicts"], item["shows"]


def test_every_verdict_occurs(unconfirmed: Mapping[str, Mapping[str, Finding]]) -> None:
    verdicts = {finding.verdict for findings in unconfirmed.values() for finding in findings.values()}
    assert verdicts == set(Verdict)


def test_totals_and_ties_are_those_of_the_manifest(
    office: Office, loaded: Loaded, manifest: dict[str, Any]
) -> None:
    keys = {application: key for key, application in loaded.keys.items()}
    expected = {item["category"]: item for item in manifest["ranking"]}
    for category in reviews.review_round(office, loaded.round_id).categories:
        wanted = expected[category.category.key]
        totals = {keys[row.application]: str(row.total) for row in category.ranking.rows}
        assert totals == dict(zip(wanted["order"], wanted["totals"], strict=True))
        tied = {keys[row.application] for row in category.ranking.rows if row.tied}
        assert {key for pair in wanted["tied"] for key in pair} <= tied
        assert {keys[application] for application in category.ranking.contested} <= tied
        assert len(category.ranking.contested) == 2


def test_applications_end_where_the_manifest_leaves_them(
    office: Office, loaded: Loaded, manifest: dict[str, Any]
) -> None:
    wanted = {item["key"]: item["after_review"] for item in manifest["application"]}
    for step in manifest["step"]:
        if step["decision_step"] == "committee":
            wanted |= dict.fromkeys(step["applications"], FINAL_STATE[step["verb"]])
    states = {row.id: row.state.value for row in applications_of(office, loaded.round_id)}
    assert {key: states[application] for key, application in loaded.keys.items()} == wanted


def test_reviewers_declared_denied_and_were_not_asked(office: Office, loaded: Loaded) -> None:
    with office.read() as session:
        judges = {judge.id for judge in reviews.reviewers(session, loaded.round_id)}
        known = reviews.conflicts(session, loaded.round_id)
    assert set(known.values()) >= {ConflictState.DECLARED, ConflictState.NONE}
    assert judges - {judge for judge, _ in known}


def test_the_one_grade_that_its_points_contradict_is_told(
    office: Office, loaded: Loaded, manifest: dict[str, Any]
) -> None:
    wanted = [name for item in manifest["scale"] for name in item["contradicted"]]
    found = scales.inconsistencies(office)
    assert [item.text.split()[0] for item in found] == wanted


def test_a_reorganised_branch_shows_its_descent_and_the_units_keep_their_number_of_branches(
    office: Office, loaded: Loaded
) -> None:
    merged = next(row for row in applications_of(office, loaded.round_id) if row.id == loaded.keys["b29"])
    assert merged.branch_id is not None
    (told,) = lineages.descent(office, merged.branch_id)
    assert (
        told.sentence
        == "2023年9月合并：医学院研究生第三党支部、医学院研究生第五党支部 → 医学院研究生第三党支部"
    )
    with office.read() as session:
        facts = evidence.gather(session, [session.get_one(Application, merged.id)])[merged.id]
    assert facts.founded == PartialDate(2011, 4)
    assert registry.branches(office).total == 420


def test_departments_answered_but_for_one_and_one_has_a_concern(office: Office, loaded: Loaded) -> None:
    told = inquiries.replies(office, loaded.round_id)
    counts = Counter(row.answer for row in told)
    assert (counts[Reply.SILENT], counts[Reply.CONCERN]) == (1, 1)
    (silent,) = [row for row in told if row.answer is Reply.SILENT]
    assert (silent.application_id, silent.department) == (loaded.keys["b19"], "党委保卫部")
    with pytest.raises(NotAllowed, match="须写明情况"):
        inquiries.record_replies(
            office, silent.inquiry_id, {silent.application_id: inquiries.Answer(Reply.CONCERN)}
        )


def test_earlier_model_branches_are_listed_with_their_grade_of_2023(office: Office, loaded: Loaded) -> None:
    rows = earlier_models.earlier_models(office)
    assert len(rows) == 4
    assert {row.year for row in rows} == {2023}
    assert all(row.grade or row.note for row in rows)
