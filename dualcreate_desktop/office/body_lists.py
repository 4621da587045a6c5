"""Lists of what is recorded of units and branches: finding, adding, editing and deleting their rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Generic, TypeVar

from sqlalchemy import SQLColumnExpression, and_, case, select, union_all
from sqlalchemy.orm import InstrumentedAttribute, Session

from db import search
from db.errors import NotAllowed, StaleData
from db.history import Writer
from db.models import Appraisal, Branch, Unit
from dualcreate_desktop.fields import Column, ListKind
from dualcreate_desktop.lists import (
    APPRAISALS,
    EARLIER_RESULTS,
    GROWTH,
    HONOUR_LEVELS,
)
from dualcreate_desktop.office import recording, records, scored_items
from dualcreate_desktop.office.people import Body
from dualcreate_desktop.office.recording import OfBody
from dualcreate_desktop.office.records import Form, Value
from dualcreate_desktop.office.registry import UNIT_SHOWN
from dualcreate_desktop.office.scored_items import ITEMS
from dualcreate_desktop.office.store import Changed, Office
from dualcreate_desktop.office.tables import Listing, Numbers, Page, TableQuery

RowT = TypeVar("RowT")


def choice_shown(kind: ListKind, key: str) -> Callable[[object], str]:
    """What a column of that field shows: the label of a stored choice."""
    field = kind.field(key)
    return lambda value: records.label_of(field, value)


def yes_shown(value: object) -> str:
    """是 or 否; empty where nobody has said."""
    return {True: "是", False: "否"}.get(bool(value), "") if value is not None else ""


SUBJECT = case((Branch.id.is_(None), Unit.name), else_=Branch.name)
_UNIT_ORDER = (Unit.order_no.is_(None), Unit.order_no, Unit.sort_key, Branch.sort_key)


def level_order(level: InstrumentedAttribute[str]) -> SQLColumnExpression[Any]:
    """How high a level is, the highest first; one that nobody knows comes last."""
    places = {choice.value: place for place, choice in enumerate(HONOUR_LEVELS)}
    return case(places, value=level, else_=len(places))


def listing_of(
    row: type[RowT],
    model: type[OfBody],
    *first: Any,
    chip: str,
    shown: Mapping[str, SQLColumnExpression[Any]] | None = None,
    then: Sequence[Any] = (),
    newest_first: bool = False,
    **sort_by: Any,
) -> Listing[RowT]:
    """A list of facts with their unit and subject, ordered by `first`, by unit and branch, and by `then`.

    Args:
        row: a dataclass with `id`, `unit` and `subject`; its other attributes are columns of the model.
        shown: what is no column of the model: attribute → SQL expression.
        sort_by: attribute → what orders it better than itself.
    """
    columns: dict[str, Any] = {"id": model.id, "unit": UNIT_SHOWN, "subject": SUBJECT, **(shown or {})}
    for attribute in fields(row):  # type: ignore[arg-type]  # RowT is a dataclass, which a TypeVar cannot say
        if attribute.name not in columns:
            columns[attribute.name] = getattr(model, attribute.name)
    subject_order = case((Branch.id.is_(None), Unit.sort_key), else_=Branch.sort_key)
    return Listing(
        row,
        columns,
        select(model.id).join(Unit, model.unit_id == Unit.id).outerjoin(Branch, model.branch_id == Branch.id),
        natural=(*first, *_UNIT_ORDER, *then, model.id),
        sort_by={"unit": Unit.sort_key, "subject": subject_order, **sort_by},
        chip=chip,
        newest_first=newest_first,
    )


@dataclass(frozen=True, slots=True)
class EvidenceList(Generic[RowT]):
    """One of these lists: how it is declared, stored, shown and filtered.

    Args:
        title: what the office calls the list and one of its rows.
        text: columns that a search looks into, beside the names of unit and branch.
    """

    title: str
    kind: ListKind
    model: type[OfBody]
    listing: Listing[RowT]
    columns: tuple[Column, ...]
    text: tuple[InstrumentedAttribute[str], ...] = ()

    @property
    def chip(self) -> str:
        """The attribute of a row by which the list is filtered."""
        return self.listing.chip

    def page(self, office: Office, query: TableQuery) -> Page[RowT]:
        """The rows that a query finds."""
        with office.read() as session:
            return self.listing.page(session, query, found=self._found(query.search.strip()))

    def of_body(self, office: Office, body: Body) -> tuple[RowT, ...]:
        """What is recorded of a branch, or of a unit itself."""
        own = self.model.branch_id == body.branch_id
        wanted = (
            own
            if body.branch_id
            else and_(self.model.branch_id.is_(None), self.model.unit_id == body.unit_id)
        )
        with office.read() as session:
            return self.listing.all(session, wanted)

    def form(self, office: Office, record_id: str) -> Form:
        """What a form shows of a row, under the present unit of its branch; StaleData when it is gone."""
        with office.read() as session:
            record = self._stored(session, record_id)
            branch = session.get(Branch, record.branch_id) if record.branch_id else None
            values = records.from_record(self.kind, record)
            if isinstance(record, Appraisal):
                values[ITEMS] = scored_items.typed(record.items)
            if branch is not None:
                values["unit"] = branch.unit_id
            return Form(record.id, record.revision, values)

    def save(self, office: Office, form: Form) -> str:
        """Write a row from a form as one change; returns its id.

        Raises:
            NotAllowed: a required value is missing, the branch is of another unit, or the year is appraised already.
            StaleData: somebody changed the row since the form read it.
        """
        records.check_required(self.kind.fields, form)
        verb = "新增" if form.record_id is None else "修改"
        with office.read() as session:
            subject = _subject_of(session, form)
        with office.change(f"{verb}{self.title} {subject}") as session:
            _check_points(session, self, form)
            _refuse_twin(session, self, form, subject)
            if form.record_id is None:
                return recording.insert(session, self.kind, [form.values], recorded_by=office.actor.name)[0]
            record = self._stored(session, form.record_id)
            records.check_revision(record, form, f"这条{self.title}")
            recording.update(session, self.kind, {record.id: form.values})
        return form.record_id

    def delete(self, office: Office, record_id: str) -> Changed | None:
        """Take a row out; StaleData when it is gone."""
        with office.read() as session:
            subject = _subject_of(session, self.form(office, record_id))
        with office.change(f"删除{self.title} {subject}") as session:
            session.delete(self._stored(session, record_id))
        return session.changed

    def _stored(self, session: Session, record_id: str) -> OfBody:
        record = session.get(self.model, record_id)
        if not isinstance(record, OfBody):
            raise StaleData(f"这条{self.title}已被删除", todo="请刷新列表。")
        return record

    def _found(self, text: str) -> Numbers | None:
        """By the names of unit and branch, and by their own words."""
        if not text:
            return None
        hits, number = search.Hits(text), search.row_number(self.model.__tablename__)
        conditions = [
            self.model.unit_id.in_(hits.of("unit")),
            self.model.branch_id.in_(hits.of("branch")),
            *(column.contains(text, autoescape=True) for column in self.text),
        ]
        return union_all(*(select(number).where(condition) for condition in conditions))


def _subject_of(session: Session, form: Form) -> str:
    """The name of the branch or unit that a form is about; NotAllowed when they do not belong together."""
    unit = session.get(Unit, str(form.values["unit"]))
    if unit is None:
        raise NotAllowed("这个院级党组织已不在名册中", todo="请重新选择院级党组织。")
    if form.values.get("branch") is None:
        return unit.name
    branch = session.get(Branch, str(form.values["branch"]))
    if branch is None or branch.unit_id != unit.id:
        raise NotAllowed(f"这个党支部不属于{unit.name}", todo="请重新选择党支部。")
    return branch.name


ONE_OF: Mapping[str, tuple[str, ...]] = {
    APPRAISALS.key: ("year", "kind"),
    GROWTH.key: ("year", "measure"),
    EARLIER_RESULTS.key: ("batch", "level", "category"),
}
"""By the key of the list: what one body has once only."""


def _refuse_twin(session: Writer, which: EvidenceList[Any], form: Form, subject: str) -> None:
    """One body has one grade a year in each kind of appraisal, and so on."""
    values, model = form.values, which.model
    keys = ONE_OF.get(which.kind.key)
    if keys is None:
        return
    own = (
        model.branch_id == values["branch"]
        if values.get("branch")
        else and_(model.branch_id.is_(None), model.unit_id == values["unit"])
    )
    found = session.scalar(select(model.id).where(own, *(getattr(model, key) == values[key] for key in keys)))
    if found is not None and found != form.record_id:
        told = "".join(_said(which.kind, key, values[key]) for key in keys)
        raise NotAllowed(f"{subject}{told}已经登记", todo="请修改原有的那一条。")


def _said(kind: ListKind, key: str, value: Value) -> str:
    text = records.label_of(kind.field(key), value)
    return f"{text}年的" if key == "year" else text


def _check_points(session: Session, which: EvidenceList[Any], form: Form) -> None:
    if which.kind is APPRAISALS and (
        trouble := recording.points_trouble(form.values, recording.greatest_points(session))
    ):
        raise NotAllowed(trouble, todo="请改正得分，或填写满分。")
