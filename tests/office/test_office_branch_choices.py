"""What begins now is offered the branches that stand; what is told of the past also those that are no more."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from db.errors import NotAllowed
from db.vocabulary import LineageKind
from dualcreate_desktop.office import applications, choosing, incoming, lineages, rounds
from dualcreate_desktop.office.branch_choices import branches_ever, standing_branches
from dualcreate_desktop.office.reorganising import Order
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.rules.dates import PartialDate

Ids = dict[str, str]
GONE = "材料科学与工程学院本科生第一党支部"


@pytest.fixture
def dissolved(office: Office, units: Ids, branches: Ids) -> str:
    """A branch that is no more."""
    order = Order(LineageKind.DISSOLVED, units["材料学院"], PartialDate(2024, 1), (branches[GONE],))
    lineages.carry_out(office, order)
    return branches[GONE]


def test_a_branch_that_is_no_more_is_offered_for_the_past_alone(
    office: Office, units: Ids, dissolved: str
) -> None:
    standing = standing_branches(office, units["材料学院"])
    assert [name for _, name in standing] == ["材料科学与工程学院教工第一党支部"]
    assert branches_ever(office, units["材料学院"]) == (
        *standing,
        (dissolved, f"{GONE}（2024年1月撤销）"),
    )


def test_whoever_is_asked_which_branch_is_meant_sees_that_it_is_no_more(
    office: Office, dissolved: str, send: Callable[..., Path]
) -> None:
    rows = [
        ("院级党组织", "党支部名称", "支部类型", "成立时间"),
        ("材料学院", GONE.replace("第一", ""), "本科", "2020.3"),
        ("材料学院", "海棠苑联合党支部", "师生联合", "2020.3"),
    ]
    (preview,) = incoming.open_file(office, send(rows))
    near, far = (choosing.question(office, preview, row, "name") for row in preview.rows())
    told = f"{GONE}（2024年1月撤销）"
    assert (dissolved, told) in [(each.id, each.name) for each in near.candidates]
    assert far.others[-1] == (dissolved, told), "after those that stand"


def test_a_branch_that_is_no_more_does_not_apply(
    office: Office, units: Ids, dissolved: str, round_id: str
) -> None:
    row = {"unit": units["材料学院"], "branch": dissolved, "category": "model_branch"}
    with pytest.raises(NotAllowed, match="已于2024年1月撤销，不能申报"), office.change("登记申报") as session:
        applications.insert(session, rounds.rules(session, round_id), [row])
