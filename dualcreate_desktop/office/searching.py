"""One search for all that has a name: units, branches, people, applications of the round, and files that came in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, case, func, or_, select
from sqlalchemy.orm import Session

from db.models import Application, Branch, IntakeFile, Person, Post, Unit
from db.pinyin import initials, normalise
from db.search import Hits
from db.vocabulary import Labelled
from dualcreate_desktop.lists import LIST_KINDS
from dualcreate_desktop.office.overview import Place
from dualcreate_desktop.office.posts import role_label
from dualcreate_desktop.office.registry import BRANCH_KIND_LABELS, UNIT_KIND_LABELS, UNIT_SHOWN
from dualcreate_desktop.office.rounds import rules
from dualcreate_desktop.office.store import Office

Query = Select[*tuple[Any, ...]]

SHOWN = 6
"""So many of each sort are shown; the others are told as a number."""

_LIST_LABELS = {kind.key: kind.label for kind in LIST_KINDS} | {"scores": "评分表"}
_APPLICANT = case((Application.branch_id.is_(None), Unit.name), else_=Branch.name)
_BODY = case((Post.branch_id.is_(None), Unit.name), else_=Branch.name)


class Sort(Labelled):
    """What was found."""

    UNIT = "unit", "院级党组织"
    BRANCH = "branch", "党支部"
    PERSON = "person", "人员"
    APPLICATION = "application", "申报"
    FILE = "file", "文件"


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that contains what was typed, and the page that shows it."""

    title: str
    detail: str
    place: Place


@dataclass(frozen=True, slots=True)
class Found:
    """The first hits of one sort, and how many there are in all."""

    sort: Sort
    hits: tuple[Hit, ...]
    total: int


Search = Callable[[Session], Found]
"""One of the searches that make up the whole."""


def find_everything(office: Office, text: str, round_id: str | None) -> Iterator[Found]:
    """Each sort in which something contains the text or has it among its pinyin initials, one search at a time.

    Args:
        text: an empty one is in nothing.
        round_id: whose applications are searched; None where there is no round.
    """
    if not text.strip():
        return
    hits = Hits(text)
    searches = [
        _found(Sort.UNIT, _units(hits), _unit),
        _found(Sort.BRANCH, _branches(hits), _branch),
        _found(Sort.PERSON, _people(hits), _person),
        *([_found_applications(hits, round_id)] if round_id is not None else ()),
        _found(Sort.FILE, _files(hits, text), _file),
    ]
    for search in searches:
        with office.read() as session:
            found = search(session)
        if found.total:
            yield found


def _found(sort: Sort, query: Query, hit: Callable[[Row[*tuple[Any, ...]]], Hit]) -> Search:
    """The first of them with their number, by one statement that looks the text up once."""

    def search(session: Session) -> Found:
        rows = session.execute(query.add_columns(func.count().over().label("total")).limit(SHOWN)).all()
        return Found(sort, tuple(map(hit, rows)), rows[0].total if rows else 0)

    return search


def _found_applications(hits: Hits, round_id: str) -> Search:
    """The categories are called as the round's rules call them."""

    def search(session: Session) -> Found:
        names = {one.key: one.short_name for one in rules(session, round_id).notice.categories}
        told = _found(Sort.APPLICATION, _applications(hits, round_id), lambda row: _application(row, names))
        return told(session)

    return search


def _units(hits: Hits) -> Query:
    return (
        select(Unit.id, Unit.name, Unit.kind)
        .where(Unit.id.in_(hits.of("unit")))
        .order_by(func.length(Unit.name), Unit.sort_key)
    )


def _unit(row: Row[*tuple[Any, ...]]) -> Hit:
    return Hit(
        row.name, UNIT_KIND_LABELS.get(row.kind, row.kind), Place("units", row=row.id, search=row.name)
    )


def _branches(hits: Hits) -> Query:
    """Branches by their own names alone: those of a unit that is found are one click away on its page."""
    return (
        select(Branch.id, Branch.name, Branch.kind, UNIT_SHOWN.label("unit"))
        .join(Unit, Branch.unit_id == Unit.id)
        .where(Branch.id.in_(hits.of("branch")))
        .order_by(Branch.dissolved.is_not(None), func.length(Branch.name), Branch.sort_key)
    )


def _branch(row: Row[*tuple[Any, ...]]) -> Hit:
    detail = f"{row.unit} · {BRANCH_KIND_LABELS.get(row.kind, row.kind)}"
    return Hit(row.name, detail, Place("branches", row=row.id, search=row.name))


def _people(hits: Hits) -> Query:
    """A line for each post that somebody holds or held, those that are held first."""
    return (
        select(Person.name, Post.role, Post.until, Post.unit_id, Post.branch_id, _BODY.label("body"))
        .join(Post, Post.person_id == Person.id)
        .outerjoin(Branch, Post.branch_id == Branch.id)
        .outerjoin(Unit, Post.unit_id == Unit.id)
        .where(Person.id.in_(hits.of("person")))
        .order_by(Post.until.is_not(None), func.length(Person.name), Person.sort_key, Post.since.desc())
    )


def _person(row: Row[*tuple[Any, ...]]) -> Hit:
    until = f"（至 {row.until}）" if row.until else ""
    desk, key = ("branches", row.branch_id) if row.branch_id else ("units", row.unit_id)
    return Hit(row.name, f"{row.body} {role_label(row.role)}{until}", Place(desk, row=key, search=row.body))


def _applications(hits: Hits, round_id: str) -> Query:
    return (
        select(Application.id, Application.category, Application.state, _APPLICANT.label("name"))
        .join(Unit, Application.unit_id == Unit.id)
        .outerjoin(Branch, Application.branch_id == Branch.id)
        .where(
            Application.round_id == round_id,
            or_(
                Application.branch_id.in_(hits.of("branch")),
                Application.unit_id.in_(hits.of("unit")),
                Application.contact_id.in_(hits.of("person")),
            ),
        )
        .order_by(func.length(_APPLICANT), _APPLICANT, Application.id)
    )


def _application(row: Row[*tuple[Any, ...]], categories: dict[str, str]) -> Hit:
    detail = f"{categories.get(row.category, row.category)} · {row.state.label}"
    return Hit(row.name, detail, Place("applications", row=row.id, search=row.name))


def _files(hits: Hits, text: str) -> Query:
    """By their own names and those of their sheet and mail, by the unit whose list it was, and by the kind of list."""
    typed = normalise(text)
    kinds = [key for key, name in _LIST_LABELS.items() if typed in normalise(name) or typed in initials(name)]
    return (
        select(
            *(IntakeFile.id, IntakeFile.name, IntakeFile.sheet, IntakeFile.list_key),
            *(IntakeFile.applied_at, IntakeFile.summary, UNIT_SHOWN.label("unit")),
        )
        .outerjoin(Unit, IntakeFile.unit_id == Unit.id)
        .where(
            or_(
                IntakeFile.id.in_(hits.of("intake_file")),
                IntakeFile.unit_id.in_(hits.of("unit")),
                IntakeFile.list_key.in_(kinds),
            )
        )
        .order_by(IntakeFile.applied_at.desc(), IntakeFile.name)
    )


def _file(row: Row[*tuple[Any, ...]]) -> Hit:
    label = _LIST_LABELS.get(row.list_key, row.list_key)
    told = (label, row.unit, f"{row.applied_at:%Y-%m-%d} 导入", row.summary)
    return Hit(row.name, " · ".join(filter(None, told)), Place("intake", row=row.id))
