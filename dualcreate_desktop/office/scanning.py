"""A code scanned from a printed page: whose paper it is, which copy, and whether it still says what the store says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.errors import NotAllowed, UserError
from db.models import Printed, Unit
from dualcreate_desktop.office import documents
from dualcreate_desktop.office.applications import ApplicationRow, applications
from dualcreate_desktop.office.own_unit import headed
from dualcreate_desktop.office.receipts import materials, unit_materials
from dualcreate_desktop.office.rounds import Rules, rules
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.papers.codes import PaperKind, read_code
from dualcreate_desktop.papers.content import digest
from dualcreate_desktop.rules.notice_parts import Material


@dataclass(frozen=True, slots=True)
class Scanned:
    """One copy of a document that is to be received.

    Args:
        application_id: None for what a unit sends once.
        outdated: what the office knows was changed after this copy was printed.
    """

    unit_id: str
    application_id: str | None
    material: str
    copy: int
    printed_at: datetime
    outdated: bool


def scanned(office: Office, round_id: str, typed: str) -> Scanned:
    """What a scanned or typed code stands for.

    Raises:
        UserError: it is no code of ours, or was misread.
        NotAllowed: it was never printed here, belongs to another round, or is of no document that is received.
    """
    code = read_code(typed)
    if code.kind not in (PaperKind.APPLICATION, PaperKind.SUMMARY):
        raise UserError("这不是须收回的材料", todo="只有申报表和推荐汇总表凭码收下，其他材料请直接勾选。")
    with office.read() as session:
        current = headed(session, rules(session, round_id))
        printed = session.scalar(select(Printed).where(Printed.code == code.digits))
        if printed is None:
            raise NotAllowed("没有打印过这个编码的材料", todo="请核对编码；打印记录若已撤销，请直接勾选。")
        rows = applications(session, round_id)
        if code.kind is PaperKind.APPLICATION:
            return _form(current, rows, printed)
        return _summary(session, current, rows, printed)


def _form(current: Rules, rows: tuple[ApplicationRow, ...], printed: Printed) -> Scanned:
    row = next((row for row in rows if row.id == printed.subject), None)
    if row is None:
        raise NotAllowed("这份申报表不属于本批次", todo="请在右上角换到它的批次再收。")
    material = materials(current, row.category)[0]
    now = digest(documents.application_form(current, row))
    return Scanned(
        row.unit_id, row.id, material.key, printed.copy, printed.printed_at, outdated=now != printed.digest
    )


def _summary(session: Session, current: Rules, rows: tuple[ApplicationRow, ...], printed: Printed) -> Scanned:
    own = [row for row in rows if row.unit_id == printed.subject]
    unit = session.get(Unit, printed.subject)
    material = summary_material(current)
    if unit is None or not own or material is None:
        raise NotAllowed("这份推荐汇总表不属于本批次", todo="请在右上角换到它的批次再收。")
    now = digest(documents.recommendation(current, documents.standing(own)))
    return Scanned(
        unit.id, None, material.key, printed.copy, printed.printed_at, outdated=now != printed.digest
    )


def summary_material(current: Rules) -> Material | None:
    """The 推荐汇总表 among what units send once; None when the rules do not ask for it."""
    return next((item for item in unit_materials(current) if "汇总表" in item.name), None)
