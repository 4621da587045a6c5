"""填报表: one workbook for each unit, filled in as far as the office knows, zipped with a mail for each."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.errors import NotAllowed
from db.models import Branch, Unit
from db.pinyin import sort_key
from dualcreate_desktop.fields import Field, FieldType, ListKind
from dualcreate_desktop.intake.known import KnownRecord
from dualcreate_desktop.lists import DEBARMENTS, INCIDENTS, INQUIRY_REPLIES, UNITS
from dualcreate_desktop.lists.form_marks import FormMark, RowMark
from dualcreate_desktop.office.exporting import Tell
from dualcreate_desktop.office.own_unit import own_unit_of
from dualcreate_desktop.office.receivers import RECEIVERS, Context
from dualcreate_desktop.office.recognising import list_kinds
from dualcreate_desktop.office.records import label_of
from dualcreate_desktop.office.rounds import rules
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.papers.entry_form import Entry, EntryForm, EntryRow, write_entry_form
from dualcreate_desktop.papers.mails import Mail, form_mail
from dualcreate_desktop.papers.saving import save_whole
from dualcreate_desktop.papers.workbook import Value

SPARE_ROWS = 20
"""Empty rows of a form, unless the order says otherwise."""

_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\s]+')


@dataclass(frozen=True, slots=True)
class PackOrder:
    """What is asked of whom.

    Args:
        list_key: of the list that is asked for.
        round_id: for lists that belong to a round.
        units: ids of the units that are asked; None for all that were not dissolved.
        until: the day, or the moment, until which it is asked.
        purpose: why, a clause for the mail: 开展第三批“双创”申报.
        blank: nothing is filled in.
    """

    list_key: str
    round_id: str | None = None
    units: Collection[str] | None = None
    until: date | None = None
    purpose: str = ""
    spare: int = SPARE_ROWS
    blank: bool = False


@dataclass(frozen=True, slots=True)
class PackedForm:
    """One unit's form inside the pack.

    Args:
        unit_id, unit: empty for a list that belongs to no unit.
        file: its name inside the zip; the mail stands beside it as 邮件.txt.
        rows: how many are filled in.
    """

    unit_id: str
    unit: str
    file: str
    rows: int
    mail: Mail


@dataclass(frozen=True, slots=True)
class FormPack:
    """A zip of forms, one for each unit in the order of the office."""

    path: Path
    title: str
    forms: tuple[PackedForm, ...]


def pack_name(office: Office, order: PackOrder) -> str:
    """What the zip is called unless the user chooses another name."""
    return f"{_kind(office, order).label}填报表-{office.clock():%Y%m%d}.zip"


def units_to_ask(office: Office) -> dict[str, str]:
    """Id → name of the units that can be asked, in the order of the office."""
    with office.read() as session:
        units = session.scalars(select(Unit).order_by(Unit.order_no, Unit.sort_key))
        return {unit.id: unit.name for unit in units if not unit.dissolved}


def make_pack(
    office: Office, order: PackOrder, path: Path, *, tell: Tell = lambda done, total, what: None
) -> FormPack:
    """Write the zip, whole or not at all.

    Args:
        tell: called before each unit; stops the work by raising.

    Raises:
        NotAllowed: the list belongs to a round and none was chosen, or there is no unit to ask.
        UserError: the file cannot be written.
    """
    with office.read() as session:
        desk = _Desk.of(office, session, order)
    owners = desk.owners()
    if not owners:
        raise NotAllowed("还没有院级党组织，无法生成填报表", todo="请先导入或登记院级党组织名册。")
    forms: list[PackedForm] = []

    def write(unfinished: Path) -> None:
        with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as archive:
            for number, owner in enumerate(owners):
                tell(number, len(owners), f"正在生成 {owner.name or desk.kind.label}")
                forms.append(desk.add(archive, owner, number + 1))

    save_whole(path, write)
    return FormPack(path, desk.kind.label, tuple(forms))


@dataclass(frozen=True, slots=True)
class _Owner:
    """Whose form it is; empty for a list that belongs to no unit."""

    id: str
    name: str
    short_name: str


@dataclass(frozen=True, slots=True)
class _Desk:
    """Everything read once for all forms of a pack."""

    office: Office
    order: PackOrder
    kind: ListKind
    units: tuple[_Owner, ...]
    branches: Mapping[str, tuple[str, str]]
    """id → name and unit, of those that were not dissolved"""
    names: Mapping[str, str]
    """id → name, of all units and branches"""
    records: Mapping[str, Sequence[KnownRecord]]
    """owner → what is filled in"""

    @classmethod
    def of(cls, office: Office, session: Session, order: PackOrder) -> _Desk:
        """Read it."""
        kind = _kind_of(session, order)
        units = session.scalars(select(Unit).order_by(Unit.order_no, Unit.sort_key)).all()
        branches = session.scalars(select(Branch).order_by(Branch.sort_key)).all()
        return cls(
            office,
            order,
            kind,
            tuple(_Owner(unit.id, unit.name, unit.short_name) for unit in units if not unit.dissolved),
            {branch.id: (branch.name, branch.unit_id) for branch in branches if not branch.dissolved},
            {**{unit.id: unit.name for unit in units}, **{branch.id: branch.name for branch in branches}},
            {} if order.blank else _records(office, session, kind, order),
        )

    def owners(self) -> tuple[_Owner, ...]:
        """Who is asked."""
        if self.kind.key != UNITS.key and owner_field(self.kind) is None:
            return (_Owner("", "", ""),)
        return tuple(unit for unit in self.units if self.order.units is None or unit.id in self.order.units)

    def form(self, owner: _Owner) -> EntryForm:
        """The facts of one workbook."""
        columns = tuple(self._entry(field, owner) for field in self._fields())
        records = self.records.get(owner.id, ())
        counted = Counter(record.id for record in records)
        rows = [
            EntryRow(
                RowMark(record.id, record.revision).text() if counted[record.id] == 1 else "",
                {field.key: self._cell(field, record.values.get(field.key)) for field in self._fields()},
            )
            for record in records
        ]
        rows.sort(key=lambda row: [sort_key(str(row.cells.get(key) or "")) for key in self.kind.identity])
        return EntryForm(
            title=self.kind.label,
            owner=f"填报单位（盖章）：{owner.name or '　' * 12}　　　　填报日期：　　　　年　　月　　日",
            mark=FormMark(self.kind.key, owner.id, self.order.round_id or "").text(),
            columns=columns,
            rows=tuple(rows),
            spare=0 if self.kind.key == UNITS.key else self.order.spare,
        )

    def add(self, archive: zipfile.ZipFile, owner: _Owner, number: int) -> PackedForm:
        """Write one unit's workbook and mail into the zip."""
        form = self.form(owner)
        who = owner.short_name or owner.name
        folder = _NOT_IN_NAMES.sub("_", f"{number:02} {who}".strip())
        name = _NOT_IN_NAMES.sub("_", f"{self.kind.label}（{who}）" if who else self.kind.label) + ".xlsx"
        mail = self._mail(owner, name, len(form.rows))
        with TemporaryDirectory() as place:
            path = Path(place, "form.xlsx")
            write_entry_form(path, form)
            archive.write(path, f"{folder}/{name}")
        archive.writestr(f"{folder}/邮件.txt", mail.file())
        return PackedForm(owner.id, owner.name, f"{folder}/{name}", len(form.rows), mail)

    def _mail(self, owner: _Owner, attachment: str, rows: int) -> Mail:
        return form_mail(
            to=owner.name or "各位老师",
            form=self.kind.label,
            attachment=attachment,
            rows=rows,
            until=self.order.until,
            purpose=self.order.purpose,
            signed=f"{own_unit_of(self.office).signature}　{self.office.actor.name}",
            today=self.office.clock().date(),
        )

    def _fields(self) -> Iterator[Field]:
        """All but the unit, which the whole form is about."""
        own = owner_field(self.kind)
        return (field for field in self.kind.fields if own is None or field.key != own.key)

    def _entry(self, field: Field, owner: _Owner) -> Entry:
        words = {
            FieldType.CHOICE: tuple(choice.label for choice in field.choices),
            FieldType.FLAG: ("是", "否"),
            FieldType.UNIT: tuple(unit.name for unit in self.units),
            FieldType.BRANCH: tuple(
                name for name, unit_id in self.branches.values() if owner.id in ("", unit_id)
            ),
        }.get(field.type, ())
        fixed = field.key in RECEIVERS[self.kind.key].fixed
        return Entry(field, words, free=field.open_choice, fixed=fixed)

    def _cell(self, field: Field, value: object) -> Value:
        """A value as a unit would type it."""
        if value is None or value == "":
            return None
        if isinstance(value, bool):
            return "是" if value else "否"
        if field.type in (FieldType.UNIT, FieldType.BRANCH):
            return self.names.get(str(value), "")
        if field.type is FieldType.MONEY:
            return Decimal(str(value)) / 100
        if isinstance(value, (int, Decimal)):
            return value
        return label_of(field, value)


def can_be_asked(kind: ListKind) -> bool:
    """Whether units fill it in: not what departments answer (see `inquiry_lists`), nor what bars an applicant."""
    return kind.key not in (INQUIRY_REPLIES.key, INCIDENTS.key, DEBARMENTS.key)


def owner_field(kind: ListKind) -> Field | None:
    """The field that says whose row it is: the required unit; None for lists that belong to no unit."""
    return next((field for field in kind.fields if field.type is FieldType.UNIT and field.required), None)


def _kind(office: Office, order: PackOrder) -> ListKind:
    with office.read() as session:
        return _kind_of(session, order)


def _kind_of(session: Session, order: PackOrder) -> ListKind:
    return next(kind for kind in list_kinds(session, order.round_id) if kind.key == order.list_key)


def _records(
    office: Office, session: Session, kind: ListKind, order: PackOrder
) -> dict[str, list[KnownRecord]]:
    """What the store holds of the list, by unit, without what has come to its end."""
    current = None if order.round_id is None else rules(session, order.round_id)
    context = Context(f"{office.clock():%Y-%m-%d}", current)
    own = owner_field(kind)
    result: dict[str, list[KnownRecord]] = {}
    for record in RECEIVERS[kind.key].known(session, context):
        owner = record.id if kind.key == UNITS.key else str(record.values.get(own.key)) if own else ""
        if not record.ended:
            result.setdefault(owner, []).append(record)
    return result
