"""The form of one application: filled in by the office where a unit did not send a list, and mended."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.errors import NotAllowed, StaleData
from db.history import Writer
from db.models import Application, Branch, Person, Unit
from dualcreate_desktop.fields import Field
from dualcreate_desktop.office import applications
from dualcreate_desktop.office.records import Form, Value
from dualcreate_desktop.office.registry import BRANCH_KIND_LABELS
from dualcreate_desktop.office.rounds import Rules, rules
from dualcreate_desktop.office.store import Changed, Office

IDENTITY = ("unit", "category", "branch")
"""Who applies for what: asked once, for a new application."""

OWN = ("preference", "contact", "phone", "summary", "goals", "outcomes", "note")
"""What may be mended later."""


def fields(office: Office, round_id: str, keys: tuple[str, ...]) -> tuple[Field, ...]:
    """The fields of a round's application form; the category's choices are those of the round."""
    with office.read() as session:
        kind = applications.list_kind(rules(session, round_id).notice)
    return tuple(map(kind.field, keys))


def form(office: Office, application_id: str) -> Form:
    """What a form shows of an application.

    Raises:
        StaleData: it is gone.
    """
    with office.read() as session:
        record = _existing(session, application_id)
        contact = session.get(Person, record.contact_id) if record.contact_id else None
        values = applications.values_of(record, contact.name if contact else None)
        return Form(record.id, record.revision, values)


def save(office: Office, round_id: str, form: Form) -> Changed | None:
    """Write an application from a form as one change; None when nothing differs.

    Raises:
        NotAllowed: something required is missing, the applicant does not fit the category, or applies already.
        StaleData: somebody changed the application since the form read it.
    """
    verb = "新增申报" if form.record_id is None else "修改申报"
    with office.change(f"{verb} {_applicant(office, form)}") as session:
        current = rules(session, round_id)
        if form.record_id is None:
            _check_new(session, current, form)
            applications.insert(session, current, [form.values])
        else:
            record = _existing(session, form.record_id)
            if record.revision != form.revision:
                raise StaleData(
                    "这项申报在您填写期间被修改过", todo="请重新打开后再改，您刚才的修改没有保存。"
                )
            own = {key: form.values.get(key) for key in OWN}
            applications.update(session, current, record.id, {**own, **_emptied(own)})
            if own["contact"] is None:
                record.contact_id = None
    return session.changed


def _applicant(office: Office, form: Form) -> str:
    """Who applies, as the title of the action says it."""
    if form.record_id is not None:
        return applications.subject(office, [form.record_id])
    unit_id, branch_id = form.values.get("unit"), form.values.get("branch")
    name = select(Branch.name).where(Branch.id == branch_id) if branch_id else None
    with office.read() as session:
        return session.scalar(select(Unit.name).where(Unit.id == unit_id) if name is None else name) or ""


def _emptied(own: dict[str, Value]) -> dict[str, Value]:
    """A text that was taken out is written as an empty one, or the old would stay."""
    return {key: own[key] or "" for key in applications.ANSWERS}


def _existing(session: Session, application_id: str) -> Application:
    record = session.get(Application, application_id)
    if record is None:
        raise StaleData("这项申报已不存在", todo="请刷新列表。")
    return record


def _check_new(session: Writer, current: Rules, form: Form) -> None:
    for key, label in (("unit", "院级党组织"), ("category", "申报类别")):
        if form.values.get(key) in (None, ""):
            raise NotAllowed(f"“{label}”没有填写", todo="请补填后再保存。")
    branch_id = form.values.get("branch")
    if branch_id is not None:
        kinds = current.notice.category(str(form.values["category"])).kinds
        _check_branch(session.get_one(Branch, str(branch_id)), form, kinds)
    _refuse_second(session, current, form)


def _check_branch(branch: Branch, form: Form, kinds: tuple[str, ...]) -> None:
    if branch.unit_id != form.values["unit"]:
        raise NotAllowed(f"“{branch.name}”不属于所选的院级党组织", todo="请重新选择申报党支部。")
    if kinds and branch.kind not in kinds:
        kind = BRANCH_KIND_LABELS.get(branch.kind, branch.kind)
        raise NotAllowed(f"这个类别不接受{kind}申报", todo="请核对申报类别。")


def _refuse_second(session: Writer, current: Rules, form: Form) -> None:
    branch_id = form.values.get("branch")
    same = select(Application.id).where(
        Application.round_id == current.round_id,
        Application.category == form.values["category"],
        Application.unit_id == form.values["unit"],
        Application.branch_id.is_(None) if branch_id is None else Application.branch_id == branch_id,
    )
    if session.scalar(same) is not None:
        raise NotAllowed("它在这个类别中已有申报", todo="请在列表中找到原有的申报修改；已撤回的可以恢复。")
