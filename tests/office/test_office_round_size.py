"""When reading a round is felt."""

from __future__ import annotations

import pytest

from db.models import Branch, Unit
from dualcreate_desktop.office import round_size
from dualcreate_desktop.office.store import Office


@pytest.fixture
def office(office: Office) -> Office:
    """One unit with three branches."""
    with office.change("名册") as session:
        (unit,) = session.record_new(Unit, [{"name": "文学院党委", "kind": "college"}])
        rows = [{"unit_id": unit, "name": f"第{n}党支部", "kind": "teacher"} for n in range(3)]
        session.record_new(Branch, rows)
    return office


def test_a_usual_office_is_read_at_once(office: Office) -> None:
    assert not round_size.is_large(office, "第三批")


@pytest.mark.parametrize(("branches", "large"), [(3, False), (2, True)])
def test_many_branches_make_every_round_large(
    office: Office, monkeypatch: pytest.MonkeyPatch, branches: int, large: bool
) -> None:
    monkeypatch.setattr(round_size, "BRANCHES_AT_ONCE", branches)
    assert round_size.is_large(office, "第三批") is large
