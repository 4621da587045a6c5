"""A small office: two units, six branches, a round; and lists as units send them."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from db.models import Application, Project
from db.vocabulary import ApplicationState
from dualcreate_desktop.office import applications, receiving, registry_writing, rounds
from dualcreate_desktop.office.receiving import Reception
from dualcreate_desktop.office.store import Changed, Office
from dualcreate_desktop.rules.dates import PartialDate

BRANCHES = (
    ("机械工程学院教工第二党支部", "teacher", "钱一帆", 12),
    ("机械工程学院教工第十一党支部", "teacher", "孙二宁", 8),
    ("机械工程学院教工第一党支部", "teacher", "赵喆", 20),
    ("机械工程学院研究生第一党支部", "graduate", "李四维", 31),
    ("材料科学与工程学院教工第一党支部", "teacher", "周五常", 15),
    ("材料科学与工程学院本科生第一党支部", "undergraduate", "吴六奇", 9),
)


Ids = dict[str, str]


@pytest.fixture
def units(office: Office) -> Ids:
    """The ids of two units, by short name; 材料学院 stands second in the order of the office."""
    with office.change("建立单位") as session:
        ids = registry_writing.insert_units(
            session,
            [
                {
                    "name": "材料科学与工程学院党委",
                    "short_name": "材料学院",
                    "kind": "college",
                    "order_no": 2,
                },
                {"name": "机械工程学院党委", "short_name": "机械学院", "kind": "college", "order_no": 1},
            ],
            today="2024-03-01",
        )
    return {"材料学院": ids[0], "机械学院": ids[1]}


@pytest.fixture
def branches(office: Office, units: Ids) -> Ids:
    """The ids of six branches, by name."""
    rows = [
        {
            "unit": units["机械学院" if name.startswith("机械") else "材料学院"],
            "name": name,
            "kind": kind,
            "founded": PartialDate(2015, 6),
            "full_members": members,
            "secretary": secretary,
            "phone": "13800001234",
        }
        for name, kind, secretary, members in BRANCHES
    ]
    with office.change("建立党支部") as session:
        ids = registry_writing.insert_branches(session, rows, today="2024-03-01")
    return {str(row["name"]): key for row, key in zip(rows, ids, strict=True)}


@pytest.fixture
def round_id(office: Office) -> str:
    """A round of the third batch, its rules as they are shipped."""
    return _shipped_round(office, "third-batch-2023", "第三批")


def _shipped_round(office: Office, key: str, name: str) -> str:
    preset = next(preset for preset in rounds.presets() if preset.key == key)
    return rounds.create_round(office, name, preset.toml, preset.key)


@pytest.fixture
def applied(office: Office, units: Ids, branches: Ids, round_id: str) -> Ids:
    """The ids of three applications: 机械学院 itself and its first and second branch (教一, 教二)."""
    chosen = {
        "机械学院": {"category": "benchmark_unit"},
        "教一": {"category": "model_branch", "branch": branches["机械工程学院教工第一党支部"]},
        "教二": {"category": "model_branch", "branch": branches["机械工程学院教工第二党支部"]},
    }
    rows = [
        {"unit": units["机械学院"], "preference": place, **row}
        for place, row in enumerate(chosen.values(), 1)
    ]
    with office.change("登记申报") as session:
        ids = applications.insert(session, rounds.rules(session, round_id), rows)
    return dict(zip(chosen, ids, strict=True))


@pytest.fixture
def round_2018(office: Office) -> str:
    """A round of the first batch, its rules as they are shipped."""
    return _shipped_round(office, "first-batch-2018", "首批")


@pytest.fixture
def project(office: Office, units: Ids, branches: Ids, round_2018: str) -> str:
    """A branch's project of 2018 that has just begun: 5,000 元 in two instalments."""
    row = {
        "unit": units["机械学院"],
        "category": "model_branch",
        "branch": branches["机械工程学院教工第一党支部"],
    }
    with office.change("立项") as session:
        current = rounds.rules(session, round_2018)
        (application,) = applications.insert(session, current, [row])
        session.get_one(Application, application).state = ApplicationState.SELECTED
        cycle = current.notice.cycle_starts, current.notice.cycle_ends
        record = Project(application_id=application, starts=cycle[0], ends=cycle[1])
        session.add(record)
    return record.id


Table = Sequence[Sequence[object]]


@pytest.fixture
def send(tmp_path: Path) -> Callable[..., Path]:
    """Write a list as a file that a unit sends."""

    def write(rows: Table, name: str = "名册.csv") -> Path:
        path = tmp_path / name
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows(rows)
        return path

    return write


@pytest.fixture
def read_one(office: Office) -> Callable[..., Reception]:
    """Read a file of one list and plan it."""

    def read(path: Path, round_id: str | None = None) -> Reception:
        (reception,) = receiving.read_file(office, path, round_id=round_id)
        return reception

    return read


@pytest.fixture
def take_in(office: Office, read_one: Callable[..., Reception]) -> Callable[..., Changed | None]:
    """Read a file of one list and apply its plan."""
    return lambda path, round_id=None: receiving.apply(office, read_one(path, round_id))
