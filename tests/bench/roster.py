"""A made-up roster of 20,000 branches in 30 units, the same at every run."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from random import Random

from dualcreate_desktop.fields import Choice
from dualcreate_desktop.lists import BRANCH_KINDS, BRANCHES
from dualcreate_desktop.office import registry_writing
from dualcreate_desktop.office.store import Actor, Office, open_office
from dualcreate_desktop.paths import Paths

UNITS = 30
ROWS = 20_000
KEYS = (
    *("unit", "code", "name", "kind", "founded", "full_members", "probationary_members", "members_on"),
    *("secretary", "secretary_since", "phone", "planned_end", "note"),
)
HEADINGS = ("序号", *(BRANCHES.field(key).label for key in KEYS), "党小组数")

_FIELDS_OF_STUDY = "文史哲法商工理农医艺光电机材化生环能信数"
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
_GIVEN = "明华强芳丽军洋勇艳杰娟涛超秀霞平刚桂英林宁欣怡晨曦思远子涵文博雅静"


def open_store(folder: Path) -> Office:
    """A store of its own in that folder, by the real door."""
    return open_office(Paths(folder), Actor("测速", "测速机"), lambda: datetime(2024, 3, 15, 9))


def add_units(office: Office) -> None:
    """The 30 units, which an office has before it receives rosters."""
    with office.change("新增院级党组织") as session:
        rows = [{"name": f"{name}党委", "short_name": name, "kind": "college"} for name in _unit_names()]
        registry_writing.insert_units(session, rows, today="2024-03-15")


def write_roster(path: Path) -> None:
    """The workbook that a university's units together would send."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("党支部名册")
    sheet.append(HEADINGS)
    for row in rows():
        sheet.append(row)
    book.save(path)


def _unit_names() -> list[str]:
    first, second = _FIELDS_OF_STUDY[:6], _FIELDS_OF_STUDY[6:11]
    return [f"{one}{other}学院" for one in first for other in second]


def rows() -> Iterator[tuple[str | int, ...]]:
    """The rows below the headings."""
    chance = Random(2024)
    units = _unit_names()
    numbers: dict[tuple[str, str], int] = {}
    for place in range(ROWS):
        unit, kind = units[place * UNITS // ROWS], chance.choice(BRANCH_KINDS)
        number = numbers[unit, kind.value] = numbers.get((unit, kind.value), 0) + 1
        yield (place + 1, *_branch(chance, place, unit, kind, number), chance.randrange(1, 6))


def _branch(chance: Random, place: int, unit: str, kind: Choice, number: int) -> tuple[str | int, ...]:
    """The values of the fields, in the order of `KEYS`."""
    stem = kind.label.removesuffix("党支部")
    return (
        f"{unit}党委",
        f"0{10_000_000 + place}",
        f"{unit}{stem}第{number}党支部",
        kind.label,
        _month(chance, 1990, 2022),
        chance.randrange(5, 60),
        chance.randrange(0, 9),
        "2023-12-31",
        chance.choice(_SURNAMES) + "".join(chance.choices(_GIVEN, k=2)),
        _month(chance, 2016, 2023),
        f"138{chance.randrange(10**8):08d}",
        _month(chance, 2024, 2029) if kind.value in ("undergraduate", "graduate") else "",
        "挂靠系所调整中" if chance.random() < 0.05 else "",
    )


def _month(chance: Random, first: int, last: int) -> str:
    return f"{chance.randint(first, last)}.{chance.randint(1, 12):02d}"
