"""Reads once, before anybody asks, what the pages of the window will ask for.

A statement is worked out when it is first carried out, which takes longer than what it reads. Done in the background
behind the first page, no page has to wait for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from dualcreate_desktop.office import (
    actions,
    branch_ages,
    dossiers,
    incoming,
    lineages,
    panel,
    project_desk,
    registry,
    round_drafts,
    staffing,
    units,
)
from dualcreate_desktop.office.application_desk import desk
from dualcreate_desktop.office.evidence_lists import APPRAISAL_LIST, HONOUR_LIST
from dualcreate_desktop.office.inquiry_desk import inquiry_desk
from dualcreate_desktop.office.overview import overview
from dualcreate_desktop.office.people import Body
from dualcreate_desktop.office.publication import publication
from dualcreate_desktop.office.reviews import review_round
from dualcreate_desktop.office.round_size import is_large
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.office.tables import TableQuery

FIRST = TableQuery(limit=1)

TIMES = 2
"""SQLAlchemy knows a statement with a subquery among its columns from the second time on."""


def read_ahead(office: Office, round_id: str | None, tick: Callable[[], object]) -> None:
    """Read the first row of each list and what its card tells.

    Args:
        tick: called between two of them; what it raises ends the reading.
    """
    for _ in range(TIMES):
        for read in _reads(office, round_id):
            tick()
            read()


def _reads(office: Office, round_id: str | None) -> Iterator[Callable[[], object]]:
    for row in registry.units(office, FIRST).rows:
        yield partial(units.unit_kind_counts, office, FIRST)
        yield partial(units.found_among, office, FIRST, ())
        yield partial(units.unit_facts, office, row.id)
        yield partial(staffing.strength, office, row.id)
        yield partial(dossiers.dossier, office, Body(row.id))
    for branch in registry.branches(office, FIRST).rows:
        yield partial(registry.dissolved_count, office, FIRST)
        yield partial(branch_ages.age, office, branch.id, round_id)
        yield partial(lineages.descent, office, branch.id)
        yield partial(dossiers.dossier, office, Body(branch.unit_id, branch.id))
    for one in (APPRAISAL_LIST, HONOUR_LIST):
        yield partial(one.page, office, FIRST)
    for action in actions.actions(office, FIRST).rows:
        yield partial(actions.door_counts, office, FIRST)
        yield partial(actions.details, office, action.id)
    yield partial(incoming.history, office)
    yield partial(incoming.standing, office, ())
    yield round_drafts.drafts
    if round_id is not None:
        for line in project_desk.lines(office, round_id)[:1]:
            yield partial(project_desk.card, office, line.id)
        if not is_large(office, round_id):
            yield from _pages_of_round(office, round_id)


def _pages_of_round(office: Office, round_id: str) -> Iterator[Callable[[], object]]:
    """What the pages read of a round while one waits; in a large one the worker reads it when it is asked for."""
    for read in (overview, units.standings, desk, inquiry_desk, review_round, publication):
        yield partial(read, office, round_id)
    for judge in panel.panel(office, round_id)[:1]:
        yield partial(panel.conflict_rows, office, round_id, judge.id)
