"""The sample office comes out of the real walk as its manifest says."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from itertools import groupby
from typing import Any

import pytest
from sqlalchemy import select

from db.models import Application, Decision, Project, PublicNotice, Receipt
from db.vocabulary import ApplicationState, ConflictState, ProblemKind, RowState, Verdict
from dualcreate_desktop.office import (
    actions,
    eligibility,
    evidence,
    quotas,
    receipts,
    registry,
    reviews,
    rounds,
    sample,
)
from dualcreate_desktop.office.applications import applications_of
from dualcreate_desktop.office.sample import Imported, Loaded
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.office.tables import TableQuery
from dualcreate_desktop.rules.conditions import evaluate_all
from dualcreate_desktop.rules.ranking import Standing

FATES = {
    "propose": ApplicationState.PROPOSED,
    "reserve": ApplicationState.RESERVE,
    "decline": ApplicationState.NOT_SELECTED,
    "select": ApplicationState.SELECTED,
}


@pytest.fixture(scope="module")
def manifest() -> dict[str, Any]:
    return sample.read_manifest()


def of_key(loaded: Loaded) -> dict[str, str]:
    """id of an application → its key in the manifest."""
    return {application: key for key, application in loaded.keys.items()}


def found(item: Imported) -> dict[str, Any]:
    states = (RowState.NEW, RowState.CHANGED, RowState.SAME, RowState.DUPLICATE, RowState.PROBLEM)
    return {
        "file": item.file,
        "list": item.list_key,
        **{state.value: item.counts[state.value] for state in states},
        "problems": dict(Counter(item.problems)),
    }


def test_every_import_counts_what_the_manifest_counts(loaded: Loaded, manifest: dict[str, Any]) -> None:
    expected = [{key: item[key] for key in found(loaded.imports[0])} for item in manifest["import"]]
    assert sorted(map(found, loaded.imports), key=str) == sorted(expected, key=str)


def test_every_kind_of_problem_is_met(loaded: Loaded) -> None:
    assert {kind for item in loaded.imports for kind in item.problems} == {kind.value for kind in ProblemKind}


def test_every_state_of_a_row_is_met_but_absent_ones_and_those_that_only_a_person_gives(
    loaded: Loaded,
) -> None:
    met = {state for item in loaded.imports for state, count in item.counts.items() if count}
    assert met >= {state.value for state in RowState} - {RowState.ABSENT, RowState.SKIPPED}


def test_the_registry_is_that_of_the_university(sample_office: Office, manifest: dict[str, Any]) -> None:
    assert (registry.units(sample_office).total, registry.branches(sample_office).total) == (30, 420)
    assert manifest["university"] == "江州大学"


def test_before_anybody_confirmed_the_records_say_what_the_manifest_says(
    sample_office: Office, loaded: Loaded, manifest: dict[str, Any]
) -> None:
    with sample_office.read() as session:
        current = rounds.rules(session, loaded.round_id)
        stored = session.scalars(select(Application)).all()
        facts = evidence.gather(session, stored)
    said = {}
    for item in stored:
        alone = replace(facts[item.id], confirmations={})
        findings = evaluate_all(current.notice, item.category, alone)
        said[item.id] = {finding.key: finding.verdict.value for finding in findings}
    for item in manifest["application"]:
        verdicts = said[loaded.keys[item["key"]]]
        assert {key: verdicts[key] for key in item["verdicts"]} == item["verdicts"], item["shows"]


def test_every_verdict_and_every_answer_on_conflicts_is_met(sample_office: Office, loaded: Loaded) -> None:
    assessments = eligibility.assess_round(sample_office, loaded.round_id)
    verdicts = {finding.verdict for item in assessments.values() for finding in item.findings}
    assert verdicts == set(Verdict)
    result = reviews.review_round(sample_office, loaded.round_id)
    pairs = {(judge.id, row) for judge in result.reviewers for item in result.categories for row in item.rows}
    answers = {result.conflicts.get(pair, ConflictState.NOT_ASKED) for pair in pairs}
    assert answers == set(ConflictState)


def test_ranking_and_totals_are_those_of_the_manifest(
    sample_office: Office, loaded: Loaded, manifest: dict[str, Any]
) -> None:
    keys = of_key(loaded)
    ranked = {
        item.category.key: item.ranking
        for item in reviews.review_round(sample_office, loaded.round_id).categories
    }
    assert set(ranked) == {item["category"] for item in manifest["ranking"]}
    for item in manifest["ranking"]:
        rows = ranked[item["category"]].rows
        groups = [
            {keys[row.application] for row in group} for _, group in groupby(rows, key=lambda row: row.place)
        ]
        assert [row.total for row in rows] == [Decimal(total) for total in item["totals"]]
        assert [key for group in groups for key in sorted(group, key=item["order"].index)] == item["order"]
        assert [sorted(group) for group in groups if len(group) > 1] == [
            sorted(tied) for tied in item["tied"]
        ]


def test_there_is_a_tie_inside_the_line_and_one_across_it(sample_office: Office, loaded: Loaded) -> None:
    categories = reviews.review_round(sample_office, loaded.round_id).categories
    tied = Counter(row.standing for item in categories for row in item.ranking.rows if row.tied)
    assert tied[Standing.ABOVE] == 2
    assert tied[Standing.ON_THE_LINE] == 4
    assert [item.ranking.vacant for item in categories] == [1, 1]


def test_each_application_ends_where_the_manifest_says(
    sample_office: Office, loaded: Loaded, manifest: dict[str, Any]
) -> None:
    expected = {item["key"]: ApplicationState(item["after_review"]) for item in manifest["application"]}
    for step in manifest["step"]:
        if step["decision_step"] in ("committee", "final"):
            expected |= dict.fromkeys(step["applications"], FATES[step["verb"]])
    rows = applications_of(sample_office, loaded.round_id)
    assert {of_key(loaded)[row.id]: row.state for row in rows} == expected


def test_the_round_ends_with_a_project_for_each_selected_and_a_notice_of_five_working_days(
    sample_office: Office, manifest: dict[str, Any]
) -> None:
    with sample_office.read() as session:
        projects = set(session.scalars(select(Project.application_id)))
        selected = set(
            session.scalars(select(Application.id).where(Application.state == ApplicationState.SELECTED))
        )
        notice = session.scalars(select(PublicNotice)).one()
        reasons = {item.reason for item in session.scalars(select(Decision)) if item.reason}
    assert projects == selected
    assert len(projects) == 23
    told = manifest["public_notice"]
    assert (notice.first_day, notice.last_day) == (told["first_day"], told["last_day"])
    assert reasons == {
        step["reason"] for step in manifest["step"] if step["decision_step"] == "committee" and step["reason"]
    }


def test_paper_came_as_the_manifest_says(
    sample_office: Office, loaded: Loaded, manifest: dict[str, Any]
) -> None:
    copies = sum(len(item["applications"]) * len(item["copies"]) for item in manifest["receipt"])
    with sample_office.read() as session:
        stored = session.scalars(select(Receipt)).all()
    assert len([item for item in stored if item.application_id]) == copies
    names = {unit.id: unit.name for unit in registry.units(sample_office).rows}
    of_units = Counter((names[item.unit_id], item.material) for item in stored if not item.application_id)
    assert of_units == {
        (unit, item["material"]): len(item["copies"])
        for item in manifest["unit_receipt"]
        for unit in item["units"]
    }
    papers = receipts.papers_of(sample_office, loaded.round_id)
    assert {of_key(loaded)[key]: paper.label for key, paper in papers.items() if paper.missing} == {
        "b19": "还差 1 份"
    }


def test_two_units_are_over_their_quota(sample_office: Office, loaded: Loaded) -> None:
    rows = quotas.quotas_of(sample_office, loaded.round_id)
    assert [row.unit for row in rows if any(line.over for line in row.lines)] == ["计算机学院", "法学院"]


def test_every_step_has_its_actor_and_its_day(sample_office: Office, manifest: dict[str, Any]) -> None:
    rows = actions.actions(sample_office, TableQuery(limit=None)).rows
    assert {row.actor for row in rows} == {actor["name"] for actor in manifest["actor"]}
    assert all(row.at <= manifest["today"] for row in rows)
    assert rows[0].at == max(row.at for row in rows)
