"""重点任务指南: the checklists of a category, answered at application, for the 任务书 and at acceptance."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.errors import NotAllowed
from db.history import Writer
from db.models import Application, Branch, GuideAnswer, Project
from db.vocabulary import Applicant, ApplicationState, GuideOccasion
from dualcreate_desktop.office import records
from dualcreate_desktop.office.applications import subject
from dualcreate_desktop.office.rounds import Rules, rules
from dualcreate_desktop.office.store import Changed, Office
from dualcreate_desktop.rules.notice_parts import GuideList

Key = tuple[str, str]
"""Guide and item."""


@dataclass(frozen=True, slots=True)
class Said:
    """How one item was answered on one occasion; `met` is None while it is not."""

    met: bool | None
    text: str = ""


UNSAID = Said(None)


@dataclass(frozen=True, slots=True)
class Item:
    """One point of a guide.

    Args:
        said: on this occasion.
        earlier: what was said before, 申报时：达到，支委会记录齐全; empty when nothing was.
    """

    guide: str
    key: str
    text: str
    said: Said
    earlier: str


@dataclass(frozen=True, slots=True)
class Checklist:
    """One guide for one application on one occasion."""

    key: str
    name: str
    clause: str
    note: str
    items: tuple[Item, ...]

    @property
    def met(self) -> int:
        """How many points are met."""
        return sum(item.said.met is True for item in self.items)

    @property
    def told(self) -> str:
        """达到 3/7；未达到 1；未答 3."""
        missed = sum(item.said.met is False for item in self.items)
        open_ = len(self.items) - self.met - missed
        parts = [f"达到 {self.met}/{len(self.items)}"]
        parts += [f"未达到 {missed}"] if missed else []
        return "；".join([*parts, *([f"未答 {open_}"] if open_ else [])])


@dataclass(frozen=True, slots=True)
class RolledUp:
    """How many of a unit's branches meet a guide in full: 普遍做到 3/5 党支部.

    Args:
        counted: of how many: those that apply, or all of the unit where the round counts them.
        missing: names of branches that were asked and do not meet it yet.
    """

    name: str
    clause: str
    met: int
    counted: int
    missing: tuple[str, ...]

    @property
    def unasked(self) -> int:
        """Branches that count and do not apply, so that nobody has answered for them."""
        return self.counted - self.met - len(self.missing)


def checklists(office: Office, application_id: str, occasion: GuideOccasion) -> tuple[Checklist, ...]:
    """The guides of an application's category as they were answered.

    Raises:
        NotAllowed: the application is gone.
    """
    with office.read() as session:
        item, current = _opened(session, application_id)
        said = _answers(session, [application_id])
    return tuple(
        _checklist(guide, application_id, occasion, said) for guide in guides_of(current, item.category)
    )


def guides_of(current: Rules, category: str) -> tuple[GuideList, ...]:
    """The guides of a category."""
    return tuple(guide for guide in current.notice.guides if guide.category == category)


def answer(
    office: Office, application_id: str, occasion: GuideOccasion, answers: Mapping[Key, Said]
) -> Changed | None:
    """Write how points were answered, as one change; None when nothing differs. An answer taken out is forgotten.

    Raises:
        NotAllowed: the category has no such point, or the application is gone.
    """
    with office.read() as session:
        item, current = _opened(session, application_id)
        asked = {
            (guide.key, point.key) for guide in guides_of(current, item.category) for point in guide.items
        }
    if not asked >= answers.keys():
        raise NotAllowed("任务指南中已没有这一条", todo="批次规则可能改过，请刷新后再填。")
    title = f"填写任务指南（{occasion.label}）{subject(office, [application_id])}"
    with office.change(title) as session:
        stored = {
            (record.guide, record.item): record
            for record in session.scalars(
                select(GuideAnswer).where(
                    GuideAnswer.application_id == application_id, GuideAnswer.occasion == occasion
                )
            )
        }
        for (guide, key), said in answers.items():
            record = stored.get((guide, key)) or GuideAnswer(
                application_id=application_id, guide=guide, item=key, occasion=occasion
            )
            _write(session, record, Said(said.met, said.text.strip()))
    return session.changed


def _write(session: Writer, record: GuideAnswer, said: Said) -> None:
    if said != UNSAID:
        records.assign(record, {"met": said.met, "text": said.text})
        session.add(record)
    elif record in session:
        session.delete(record)


def application_of(office: Office, project_id: str) -> str:
    """The application that became a project; NotAllowed when the project is gone."""
    with office.read() as session:
        record = session.get(Project, project_id)
        if record is None:
            raise NotAllowed("这个项目已不存在", todo="请刷新列表。")
        return record.application_id


def rolled_up(session: Session, current: Rules, unit_id: str) -> tuple[RolledUp, ...]:
    """For each guide of a category of branches: how many of the unit's branches meet it in full.

    Counted are those that apply in the category; all of the unit's where the guide says so.
    """
    applying = session.scalars(
        select(Application).where(
            Application.round_id == current.round_id,
            Application.unit_id == unit_id,
            Application.branch_id.is_not(None),
            Application.state != ApplicationState.WITHDRAWN,
        )
    ).all()
    said = _answers(session, [item.id for item in applying])
    names = _names(session, applying)
    everybody = session.scalar(
        select(func.count()).where(Branch.unit_id == unit_id, Branch.dissolved.is_(None))
    )
    branch_categories = {item.key for item in current.notice.categories if item.applicant is Applicant.BRANCH}
    found = (
        _rolled(guide, [item for item in applying if item.category == guide.category], said, names, everybody)
        for guide in current.notice.guides
        if guide.category in branch_categories
    )
    return tuple(rolled for rolled in found if rolled.counted)


def _rolled(
    guide: GuideList,
    applying: Sequence[Application],
    said: Mapping[tuple[str, GuideOccasion, Key], Said],
    names: Mapping[str, str],
    everybody: int | None,
) -> RolledUp:
    lacking = [
        names[item.id]
        for item in applying
        if any(
            said.get((item.id, GuideOccasion.APPLICATION, (guide.key, point.key)), UNSAID).met is not True
            for point in guide.items
        )
    ]
    counted = max(everybody or 0, len(applying)) if guide.every_branch else len(applying)
    return RolledUp(guide.name, guide.clause, len(applying) - len(lacking), counted, tuple(lacking))


def _names(session: Session, applying: Iterable[Application]) -> dict[str, str]:
    keys = {item.branch_id: item.id for item in applying}
    found = session.execute(select(Branch.id, Branch.name).where(Branch.id.in_(keys)))
    return {keys[branch]: name for branch, name in found}


def _checklist(
    guide: GuideList,
    application_id: str,
    occasion: GuideOccasion,
    said: Mapping[tuple[str, GuideOccasion, Key], Said],
) -> Checklist:
    def item(key: str, text: str) -> Item:
        own = said.get((application_id, occasion, (guide.key, key)), UNSAID)
        before = "；".join(_earlier(application_id, occasion, (guide.key, key), said))
        return Item(guide.key, key, text, own, before)

    points = tuple(item(point.key, point.text) for point in guide.items)
    return Checklist(guide.key, guide.name, guide.clause, guide.source_note, points)


def _earlier(
    application_id: str,
    occasion: GuideOccasion,
    key: Key,
    said: Mapping[tuple[str, GuideOccasion, Key], Said],
) -> Iterator[str]:
    """What was said on the occasions before this one."""
    order = list(GuideOccasion)
    for before in order[: order.index(occasion)]:
        found = said.get((application_id, before, key))
        if found is not None:
            verdict = "未答" if found.met is None else "达到" if found.met else "未达到"
            yield f"{before.label}时：{verdict}" + (f"，{found.text}" if found.text else "")


def _answers(session: Session, ids: Sequence[str]) -> dict[tuple[str, GuideOccasion, Key], Said]:
    stored = session.scalars(select(GuideAnswer).where(GuideAnswer.application_id.in_(ids)))
    return {
        (record.application_id, record.occasion, (record.guide, record.item)): Said(record.met, record.text)
        for record in stored
    }


def _opened(session: Session, application_id: str) -> tuple[Application, Rules]:
    item = session.get(Application, application_id)
    if item is None:
        raise NotAllowed("这项申报已不存在", todo="请刷新列表。")
    return item, rules(session, item.round_id)
