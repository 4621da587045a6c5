"""党支部调整: what an order does to the branches of a unit, decided before anything is written.

A `Scene` is a picture of branches. Carrying out an order on it either gives the branches before and after, or refuses
in a sentence; a list of orders is tried row by row on one scene, and `lineage_writing` puts the outcome into the store.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from db.errors import NotAllowed
from db.models import Branch, LineageEvent, LineagePart, Unit, new_id
from db.vocabulary import LineageKind
from dualcreate_desktop.intake.names import normal
from dualcreate_desktop.office.records import partial
from dualcreate_desktop.rules.dates import PartialDate

K = LineageKind


class Impossible(NotAllowed):
    """What an order asks for cannot be.

    Args:
        about: the part of the order that is to be mended, a name of its attributes.
    """

    def __init__(self, what: str, *, about: str, todo: str) -> None:
        super().__init__(what, todo=todo)
        self.about = about


@dataclass(frozen=True, slots=True)
class Order:
    """One adjustment, as it is asked for.

    Args:
        unit_id: where the branches stand afterwards.
        before: ids of the branches that it is about.
        after: names of the branches afterwards; the name of one of `before` says that this branch goes on.
        branch_kind: of a new branch; that of the branches before it where left out.
        secretary: of a new branch, or whom 换届 chose.
        planned: announced only; nothing happens yet.
    """

    kind: LineageKind
    unit_id: str
    on: PartialDate
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    branch_kind: str = ""
    secretary: str = ""
    document: str = ""
    note: str = ""
    planned: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """A branch as it stands at a moment; `last` is the day of the latest event of its lineage."""

    id: str
    name: str
    unit_id: str
    unit_name: str
    kind: str
    founded: PartialDate | None = None
    dissolved: PartialDate | None = None
    last: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an order comes to.

    Args:
        made: the ids of `after` that are new.
    """

    order: Order
    before: tuple[Standing, ...]
    after: tuple[Standing, ...]
    made: frozenset[str] = frozenset()

    @property
    def ended(self) -> tuple[Standing, ...]:
        """The branches that are no more."""
        going_on = {branch.id for branch in self.after}
        return tuple(branch for branch in self.before if branch.id not in going_on)


class Scene:
    """The branches of some units, as the orders carried out so far leave them.

    Args:
        today: no event that has happened lies after it.
    """

    def __init__(self, branches: Iterable[Standing], units: Mapping[str, str], today: date) -> None:
        self.branches = {branch.id: branch for branch in branches}
        self.units = units
        self.today = today

    def of_unit(self, unit_id: str) -> list[Standing]:
        """Its branches, those that are no more too."""
        return [branch for branch in self.branches.values() if branch.unit_id == unit_id]

    def carry_out(self, order: Order) -> Outcome:
        """Do what the order says on this scene.

        Raises:
            NotAllowed: it is impossible, and why.
        """
        before = tuple(self._standing(key) for key in order.before)
        self._check(order, before)
        outcome = _OUTCOMES[order.kind](self, order, before)
        if not order.planned:
            self._settle(outcome)
        return outcome

    def _standing(self, branch_id: str) -> Standing:
        branch = self.branches.get(branch_id)
        if branch is None:
            raise Impossible("调整前的党支部已不在名册中", about="before", todo="请刷新后重新选择党支部。")
        return branch

    def _check(self, order: Order, before: Sequence[Standing]) -> None:
        """What holds for every kind of order."""
        if order.unit_id not in self.units:
            raise Impossible("这个院级党组织已不在名册中", about="unit_id", todo="请重新选择院级党组织。")
        if not order.planned and order.on.earliest > self.today:
            raise Impossible(
                f"调整时间 {order.on.chinese} 在今天之后",
                about="on",
                todo="尚未实施的调整请登记为计划，或改正时间。",
            )
        for branch in before:
            _check_branch(order, branch)

    def taken(self, order: Order, name: str, own: str = "") -> Standing | None:
        """Another branch of the unit that bears the name now."""
        same = (
            branch
            for branch in self.of_unit(order.unit_id)
            if branch.dissolved is None and branch.id != own and normal(branch.name) == normal(name)
        )
        return next(same, None)

    def free_name(self, order: Order, name: str, own: str = "") -> str:
        """The name without blanks around it, when nobody else has it; NotAllowed otherwise."""
        if not name.strip():
            raise Impossible("没有写明调整后的党支部名称", about="after", todo="请填写调整后的名称。")
        if self.taken(order, name, own) is not None:
            raise Impossible(
                f"{self.units[order.unit_id]}已有“{name.strip()}”",
                about="after",
                todo="请换一个名称，或先调整原有的党支部。",
            )
        return name.strip()

    def new(self, order: Order, name: str, kind: str) -> Standing:
        """A branch that the order makes."""
        if not kind:
            raise Impossible(f"没有写明“{name}”的支部类型", about="branch_kind", todo="请填写支部类型。")
        unit_name = self.units[order.unit_id]
        return Standing(new_id(), name, order.unit_id, unit_name, kind, order.on, last=order.on)

    def _settle(self, outcome: Outcome) -> None:
        on = outcome.order.on
        for branch in outcome.ended:
            self.branches[branch.id] = replace(branch, dissolved=on, last=on)
        for branch in outcome.after:
            self.branches[branch.id] = replace(branch, last=on)


def _check_branch(order: Order, branch: Standing) -> None:
    if branch.dissolved is not None:
        raise Impossible(
            f"“{branch.name}”已于{branch.dissolved.chinese}撤销，不能再{order.kind.label}",
            about="before",
            todo="请核对党支部名称。",
        )
    if branch.founded is not None and order.on.latest < branch.founded.earliest:
        raise Impossible(
            f"调整时间{order.on.chinese}早于“{branch.name}”的成立时间{branch.founded.chinese}",
            about="on",
            todo="请核对两个时间。",
        )
    if branch.last is not None and order.on.latest < branch.last.earliest:
        raise Impossible(
            f"调整时间{order.on.chinese}早于“{branch.name}”上一次变动的时间{branch.last.chinese}",
            about="on",
            todo="请核对时间；补登以往的变动请用“党支部沿革”表。",
        )


def _found(scene: Scene, order: Order, before: tuple[Standing, ...]) -> Outcome:
    if before:
        raise Impossible(
            "新建党支部不应有调整前的党支部",
            about="before",
            todo="如由其他支部调整而来，请选“更名”“合并”或“拆分”。",
        )
    (name,) = _names(order, 1, "新建须写明一个党支部名称")
    made = scene.new(order, scene.free_name(order, name), order.branch_kind)
    return Outcome(order, (), (made,), frozenset({made.id}))


def _rename(scene: Scene, order: Order, before: tuple[Standing, ...]) -> Outcome:
    branch = _only(before, "更名")
    (name,) = _names(order, 1, "更名须写明一个新名称")
    if normal(name) == normal(branch.name):
        raise Impossible(f"“{branch.name}”的名称没有变化", about="after", todo="请填写新名称。")
    free = scene.free_name(order, name, branch.id)
    return Outcome(order, before, (replace(branch, name=free, kind=order.branch_kind or branch.kind),))


def _dissolve(_scene: Scene, order: Order, before: tuple[Standing, ...]) -> Outcome:
    if not before:
        raise Impossible("没有写明要撤销的党支部", about="before", todo="请填写调整前的党支部。")
    if order.after:
        raise Impossible("撤销后不应再有党支部", about="after", todo="如并入其他支部，请选“合并”。")
    return Outcome(order, before, ())


def _merge(scene: Scene, order: Order, before: tuple[Standing, ...]) -> Outcome:
    (name,) = _names(order, 1, "合并须写明合并后的一个党支部名称")
    own = (branch for branch in before if branch.unit_id == order.unit_id)
    going_on = _named(own, name) or scene.taken(order, name) or _named(before, name)
    if going_on is not None:
        _check_branch(order, going_on)
        before = before if going_on in before else (*before, going_on)
    if len(before) < 2:
        raise Impossible(
            "合并须有两个以上的党支部", about="before", todo="请写明合并前的各个党支部，用顿号分开。"
        )
    if going_on is not None:
        here = replace(going_on, unit_id=order.unit_id, unit_name=scene.units[order.unit_id])
        return Outcome(order, before, (here,))
    made = scene.new(order, scene.free_name(order, name), order.branch_kind or _common_kind(before))
    return Outcome(order, before, (made,), frozenset({made.id}))


def _split(scene: Scene, order: Order, before: tuple[Standing, ...]) -> Outcome:
    branch = _only(before, "拆分")
    names = order.after
    if len({normal(name) for name in names}) < 2:
        raise Impossible(
            "拆分后须有两个以上的党支部", about="after", todo="请写明拆分后的各个党支部，用顿号分开。"
        )
    after = tuple(
        branch
        if normal(name) == normal(branch.name)
        else scene.new(order, scene.free_name(order, name), order.branch_kind or branch.kind)
        for name in names
    )
    return Outcome(order, before, after, frozenset(each.id for each in after if each.id != branch.id))


def _move(scene: Scene, order: Order, before: tuple[Standing, ...]) -> Outcome:
    branch = _only(before, "划转")
    if branch.unit_id == order.unit_id:
        raise Impossible(
            f"“{branch.name}”已属于{branch.unit_name}", about="unit_id", todo="请选择另一个院级党组织。"
        )
    name = scene.free_name(order, order.after[0] if order.after else branch.name, branch.id)
    moved = replace(branch, name=name, unit_id=order.unit_id, unit_name=scene.units[order.unit_id])
    return Outcome(order, before, (moved,))


def _reelect(_scene: Scene, order: Order, before: tuple[Standing, ...]) -> Outcome:
    branch = _only(before, "换届")
    if not order.secretary.strip():
        raise Impossible("没有写明换届后的书记", about="secretary", todo="请填写书记姓名。")
    return Outcome(order, before, (branch,))


_OUTCOMES: Mapping[LineageKind, Callable[[Scene, Order, tuple[Standing, ...]], Outcome]] = {
    K.FOUNDED: _found,
    K.RENAMED: _rename,
    K.DISSOLVED: _dissolve,
    K.MERGED: _merge,
    K.SPLIT: _split,
    K.MOVED: _move,
    K.REELECTED: _reelect,
}


def _only(before: Sequence[Standing], verb: str) -> Standing:
    if len(before) != 1:
        raise Impossible(f"{verb}须写明一个调整前的党支部", about="before", todo="请逐个支部填写。")
    return before[0]


def _names(order: Order, count: int, wanted: str) -> tuple[str, ...]:
    if len(order.after) != count:
        raise Impossible(wanted, about="after", todo="请填写调整后的党支部。")
    return order.after


def _named(branches: Iterable[Standing], name: str) -> Standing | None:
    return next((branch for branch in branches if normal(branch.name) == normal(name)), None)


def _common_kind(branches: Sequence[Standing]) -> str:
    kinds = {branch.kind for branch in branches}
    return kinds.pop() if len(kinds) == 1 else ""


def scene_of(session: Session, unit_ids: Iterable[str], branch_ids: Iterable[str], today: date) -> Scene:
    """The branches of these units, and these branches, as the store has them."""
    wanted = or_(Branch.unit_id.in_(set(unit_ids)), Branch.id.in_(set(branch_ids)))
    last = _latest(session)
    names = dict(session.execute(select(Unit.id, Unit.name)).all())
    standing = (
        Standing(
            branch.id,
            branch.name,
            branch.unit_id,
            names[branch.unit_id],
            branch.kind,
            partial(branch.founded),
            partial(branch.dissolved),
            partial(last.get(branch.id)),
        )
        for branch in session.scalars(select(Branch).where(wanted))
    )
    return Scene(standing, names, today)


def _latest(session: Session) -> dict[str, str]:
    """Branch id → when something last happened to it."""
    happened = (
        select(LineagePart.branch_id, LineageEvent.occurred)
        .join(LineageEvent, LineagePart.event_id == LineageEvent.id)
        .where(LineageEvent.planned.is_(False), LineagePart.branch_id.is_not(None))
        .order_by(LineageEvent.occurred)
    )
    return {key: occurred for key, occurred in session.execute(happened) if key is not None}
