"""The sample office: its files are what the script makes, and show every case that the program must meet."""

from __future__ import annotations

import tomllib
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from db.vocabulary import ConflictState, ProblemKind
from dualcreate_desktop.lists import BRANCH_KINDS, UNIT_KINDS
from resources.sample.make_sample import make_sample
from resources.sample.making.branches import bodies
from resources.sample.making.cases import CASES
from resources.sample.making.panel import CRITERIA, TIES, marks, panel, ranked, result, reviewed, total
from resources.sample.making.people import EXTENSION_A, RARE
from resources.sample.making.university import UNITS
from resources.sample.making.words import answers
from resources.sample.making.world import World, draw, make_world

COMMITTED = Path(__file__).parents[2] / "resources" / "sample"


@pytest.fixture(scope="module")
def world() -> World:
    return make_world()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    make_sample(folder)
    return folder


@pytest.fixture(scope="module")
def manifest() -> dict[str, Any]:
    return tomllib.loads((COMMITTED / "manifest.toml").read_text(encoding="utf-8"))


def contents(file: Path) -> object:
    """What a file holds: an archive's entries, so that another compressor makes no difference."""
    if file.suffix != ".xlsx":
        return file.read_bytes()
    with zipfile.ZipFile(file) as archive:
        return {entry.filename: (entry.date_time, archive.read(entry)) for entry in archive.infolist()}


def names(folder: Path) -> set[str]:
    return {file.name for file in (folder / "files").iterdir()}


def test_the_committed_files_are_what_the_script_makes(made: Path) -> None:
    assert names(made) == names(COMMITTED)
    for name in names(made):
        assert contents(made / "files" / name) == contents(COMMITTED / "files" / name), name
    assert (made / "manifest.toml").read_bytes() == (COMMITTED / "manifest.toml").read_bytes()


def test_a_second_run_makes_the_same_bytes(made: Path, tmp_path: Path) -> None:
    make_sample(tmp_path)
    for name in names(made):
        assert (tmp_path / "files" / name).read_bytes() == (made / "files" / name).read_bytes(), name


def test_the_files_are_small() -> None:
    assert sum(file.stat().st_size for file in (COMMITTED / "files").iterdir()) < 3_000_000


def test_there_are_thirty_units_and_420_branches_of_every_kind(world: World) -> None:
    assert len(UNITS) == 30
    assert {unit.kind for unit in UNITS} == {choice.value for choice in UNIT_KINDS}
    assert len(world.branches) == 420
    assert {branch.kind for branch in world.branches} == {choice.value for choice in BRANCH_KINDS}


def test_no_two_branches_of_a_unit_share_a_name_and_no_two_secretaries_theirs(world: World) -> None:
    assert max(Counter((branch.unit.short, branch.name) for branch in world.branches).values()) == 1
    assert max(Counter(branch.secretary for branch in world.branches).values()) == 1


def test_names_hold_rare_characters(world: World) -> None:
    written = "".join(branch.secretary for branch in world.branches)
    assert set(RARE) | set(EXTENSION_A) <= set(written)


def test_a_plan_stands_for_numbered_branches() -> None:
    assert bodies("教工2 机关") == ["教工第一党支部", "教工第二党支部", "机关党支部"]


def test_every_application_is_of_a_branch_that_exists(world: World) -> None:
    assert Counter(case.category for case in CASES) == {"benchmark_unit": 6, "model_branch": 39}
    for case in CASES:
        if case.branch:
            assert world.branch(case.unit, case.branch).founded or case.founded == ""


def test_two_units_exceed_a_tenth_of_their_branches(world: World) -> None:
    applied = Counter(case.unit for case in CASES if case.branch)
    over = [unit.short for unit in UNITS if applied[unit.short] > max(1, len(world.of(unit)) // 10)]
    assert over == ["计算机学院", "法学院"]


def test_applicants_write_two_to_five_sentences_and_no_two_the_same() -> None:
    written = [answers(case, draw(f"words {case.key}")) for case in CASES]
    assert len(set(written)) == len(CASES)
    assert all(2 <= text.count("。") <= 5 for texts in written for text in texts)


def test_every_kind_of_problem_and_conflict_occurs(manifest: dict[str, Any]) -> None:
    found = {kind for item in manifest["import"] for kind in item["problems"]}
    assert found == {kind.value for kind in ProblemKind}
    states = {item["state"] for item in manifest["conflict"]}
    asked = {item["number"]: item["asked"] for item in manifest["reviewer"]}
    assert states == {ConflictState.DECLARED, ConflictState.NONE}
    assert False in asked.values()


def test_the_manifest_names_every_file_and_only_those(manifest: dict[str, Any]) -> None:
    assert {item["file"] for item in manifest["import"]} == names(COMMITTED)


def test_the_manifest_knows_the_reviewers_by_the_names_on_their_workbooks(manifest: dict[str, Any]) -> None:
    named = {f"{item['number']:02d}-{item['name']}" for item in manifest["reviewer"]}
    files = {item["file"] for item in manifest["import"] if item["list"] == "scores"}
    assert {
        file.removeprefix("评分表-").removesuffix(".xlsx").removesuffix("（更正）") for file in files
    } == named


def test_marks_stay_within_their_criteria_and_add_up(world: World) -> None:
    for reviewer in panel(world):
        for case in reviewed():
            given = marks(case, reviewer)
            assert all(0 <= mark <= maximum for mark, (_, maximum) in zip(given, CRITERIA, strict=True))
            assert sum(given) == total(case, reviewer)


def test_ties_are_exact_one_inside_and_one_across_the_line_in_each_category(world: World) -> None:
    panellists = panel(world)
    branches = [case.key for case in ranked("model_branch", panellists)]
    units = [case.key for case in ranked("benchmark_unit", panellists)]
    totals = {case.key: result(case, panellists) for case in reviewed()}
    assert all(totals[one] == totals[other] for one, other in TIES.items())
    assert {branches[19], branches[20]} == {"b16", "b20"}
    assert {units[2], units[3]} == {"u2", "u4"}
    assert max(branches.index("b10"), branches.index("b26")) < 19
