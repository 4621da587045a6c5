"""Where the records stand that a finding rests on, so that a link can open them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from db.history import StoredRow
from db.models import (
    Appraisal,
    Branch,
    Debarment,
    EarlierResult,
    Growth,
    Honour,
    Incident,
    InquiryReply,
    Project,
    Staffing,
    Topic,
    Unit,
)
from db.models.base import Record
from dualcreate_desktop.lists import (
    APPRAISALS,
    DEBARMENTS,
    EARLIER_RESULTS,
    GROWTH,
    HONOURS,
    INCIDENTS,
    STAFFING,
    TOPICS,
)
from dualcreate_desktop.office.naming import name_of, names_of
from dualcreate_desktop.office.overview import APPLICATIONS, Place
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.rules.verdicts import Evidence

INQUIRIES = "inquiries"
"""The list of 部门联审 within the page of applications."""

_EVIDENCE = "evidence"

_WHERE: Mapping[type[Record], tuple[str, str]] = {
    Unit: ("units", ""),
    Branch: ("branches", ""),
    Appraisal: (_EVIDENCE, APPRAISALS.key),
    Honour: (_EVIDENCE, HONOURS.key),
    Incident: (_EVIDENCE, INCIDENTS.key),
    EarlierResult: (_EVIDENCE, EARLIER_RESULTS.key),
    Growth: (_EVIDENCE, GROWTH.key),
    Topic: (_EVIDENCE, TOPICS.key),
    Staffing: (_EVIDENCE, STAFFING.key),
    Debarment: (_EVIDENCE, DEBARMENTS.key),
    Project: ("projects", ""),
    InquiryReply: (APPLICATIONS, INQUIRIES),
}
"""Model → the page of the window, and its list."""

_MODELS = {model.__tablename__: model for model in _WHERE}

WORDS: Mapping[str, str] = {
    Unit.__tablename__: "院级党组织",
    Branch.__tablename__: "党支部",
    Appraisal.__tablename__: "考核评价",
    Honour.__tablename__: "荣誉表彰",
    Incident.__tablename__: "负面情形",
    EarlierResult.__tablename__: "以往批次",
    Growth.__tablename__: "发展党员",
    Topic.__tablename__: "课题项目",
    Staffing.__tablename__: "人员配备",
    Debarment.__tablename__: "取消资格",
    Project.__tablename__: "建设项目",
    InquiryReply.__tablename__: "部门答复",
}
"""What a link says it opens."""


def places(office: Office, links: Iterable[Evidence]) -> tuple[tuple[Evidence, Place], ...]:
    """The links whose records still stand, each with its place in the window; an answer to a guide has none."""
    known = [link for link in links if link.table in _MODELS]
    with office.read() as session:
        found = {link: session.get(_MODELS[link.table], link.record_id) for link in known}
        rows: dict[Evidence, StoredRow] = {
            link: {column.key: getattr(record, column.key) for column in record.__table__.columns}
            for link, record in found.items()
            if record is not None
        }
        names = names_of(session, rows.values())
    return tuple((link, _place(link, row, names)) for link, row in rows.items())


def _place(link: Evidence, row: StoredRow, names: Mapping[str, str]) -> Place:
    model = _MODELS[link.table]
    desk, page = _WHERE[model]
    owner = row if model in (Unit, Branch) else {key: row[key] for key in row if key.endswith("_id")}
    return Place(desk, row=link.record_id, search=name_of(owner, names), page=page)
