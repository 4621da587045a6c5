"""本单位: the school and the office that works here, as papers, letters and the window name them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import OfficeFact
from dualcreate_desktop.fields import Field
from dualcreate_desktop.office.records import Form
from dualcreate_desktop.office.rounds import Rules
from dualcreate_desktop.office.store import Changed, Office

SCHOOL = "school"

FIELDS = (
    Field(SCHOOL, "学校名称", width=20, hint="如：江州大学"),
    Field("organ", "组织部全称（落款单位）", width=20, hint="如：中共江州大学委员会组织部"),
    Field("phone", "联系电话", width=14),
    Field("mailbox", "电子邮箱", width=14),
    Field("address", "办公地点", width=14, hint="如：行政楼302"),
    Field("discipline", "纪委受理部门", width=14, hint="如：纪委办公室"),
    Field("discipline_phone", "纪委受理电话", width=14),
)
"""What is asked; each may stay empty, and is then left to be written by hand."""

LABELS: Mapping[str, str] = {field.key: field.label for field in FIELDS}

DEPARTMENT = "党委组织部"
"""What the office calls itself where nobody has said more."""


@dataclass(frozen=True, slots=True)
class OwnUnit:
    """What is known of the school and its office; empty where nobody has said it."""

    school: str = ""
    organ: str = ""
    phone: str = ""
    mailbox: str = ""
    address: str = ""
    discipline: str = ""
    discipline_phone: str = ""

    @property
    def signature(self) -> str:
        """Who signs a letter."""
        return self.organ or f"{self.school}{DEPARTMENT}"

    @property
    def contacts(self) -> str:
        """Who takes objections, as a 公示 asks for it: a line each, its parts apart by one blank."""
        own = (DEPARTMENT, self.phone, self.address, self.mailbox) if self.phone or self.mailbox else ()
        lines = (own, (self.discipline, self.discipline_phone) if self.discipline else ())
        return "\n".join(" ".join("".join(part.split()) for part in line if part) for line in lines if line)

    @property
    def reachable(self) -> str:
        """The office with telephone, place and mailbox, for the foot of a slip; empty where nothing is known."""
        parts = {"电话": self.phone, "地点": self.address, "邮箱": self.mailbox}
        known = [f"{name}：{text}" for name, text in parts.items() if text]
        return "　".join([self.signature, *known]) if self.organ or known else ""

    def titled(self, round_name: str) -> str:
        """A round as a heading names it: with the school, unless it stands there already."""
        return round_name if self.school in round_name else f"{self.school}{round_name}"


def own_unit(session: Session) -> OwnUnit:
    """What is known now."""
    stored = dict(session.execute(select(OfficeFact.key, OfficeFact.value)).all())
    return OwnUnit(**{key: value for key, value in stored.items() if key in LABELS})


def own_unit_of(office: Office) -> OwnUnit:
    """`own_unit`, outside a session."""
    with office.read() as session:
        return own_unit(session)


def headed(session: Session, current: Rules) -> Rules:
    """The rules of a round under the name that stands at the head of its papers."""
    return replace(current, round_name=own_unit(session).titled(current.round_name))


def form(office: Office) -> Form:
    """What the form shows."""
    known = asdict(own_unit_of(office))
    return Form("own_unit", "", {key: value or None for key, value in known.items()})


def save(office: Office, answer: Form) -> Changed | None:
    """Write what the form says as one change; None when nothing differs."""
    school = answer.values.get(SCHOOL) or own_unit_of(office).school
    with office.change(f"修改本单位设置 {school}".strip()) as session:
        stored = {record.key: record for record in session.scalars(select(OfficeFact))}
        for key in LABELS:
            text, record = str(answer.values.get(key) or "").strip(), stored.get(key)
            if record is None and text:
                session.add(OfficeFact(key=key, value=text))
            elif record is not None and not text:
                session.delete(record)
            elif record is not None and record.value != text:
                record.value = text
    return session.changed
