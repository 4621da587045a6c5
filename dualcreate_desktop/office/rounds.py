"""Rounds and their rules. A round starts from a preset; each edit of its rules makes the next version."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import sha256
from importlib.resources import files

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.errors import NotAllowed
from db.history import Writer
from db.models import Round, RuleVersion, Unit, new_id
from dualcreate_desktop.office.store import Changed, Office
from dualcreate_desktop.rules.notice import Notice
from dualcreate_desktop.rules.notice_loading import load_notice
from dualcreate_desktop.rules.supplements import in_force


@dataclass(frozen=True, slots=True)
class Preset:
    """A notice that is shipped with the program: its rules as TOML."""

    key: str
    title: str
    toml: str


@dataclass(frozen=True, slots=True)
class RoundRow:
    """One round, as a selector shows it."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of a round as they stand; `version_id` is what confirmations, prints and rankings cite.

    Args:
        notice: as it holds with its supplements.
        written: as it stands in its file, for editing.
    """

    round_id: str
    round_name: str
    version_id: str
    version: int
    notice: Notice
    written: Notice


@cache
def presets() -> tuple[Preset, ...]:
    """The shipped notices, the newest first; they do not change while the program runs."""
    folder = files("resources") / "notices"
    texts = sorted(
        (item.name, item.read_text("utf-8")) for item in folder.iterdir() if item.name.endswith(".toml")
    )
    notices = [(load_notice(text, name), text) for name, text in texts]
    notices.sort(key=lambda item: item[0].deadline, reverse=True)
    return tuple(Preset(notice.key, notice.title, text) for notice, text in notices)


def create_round(office: Office, name: str, toml: str, source: str) -> str:
    """Open a round with these rules; returns its id.

    Args:
        toml: the rules, of a preset or of a file that the office keeps.
        source: name of the file, for messages.

    Raises:
        UserError: the rules have a mistake; names file, key and reason.
        NotAllowed: there is a round of that name.
    """
    notice = load_notice(toml, source)
    with office.change(f"新建批次 {name}") as session:
        if session.scalar(select(func.count()).select_from(Round).where(Round.name == name)):
            raise NotAllowed(f"已有名为“{name}”的批次", todo="请换一个名称。")
        record = Round(id=new_id(), name=name, preset=notice.key)
        session.add(record)
        session.add(_version(record.id, 1, toml))
    return record.id


def edit_rules(office: Office, round_id: str, toml: str, source: str, *, reason: str = "") -> Changed | None:
    """Make the next version of a round's rules; what cites an earlier one keeps citing it.

    Args:
        reason: stands in the journal beside what was done.

    Raises:
        UserError: the rules have a mistake.
    """
    load_notice(toml, source)
    title = f"修改批次规则 {rules_of(office, round_id).round_name}"
    with office.change(f"{title}：{reason}" if reason else title) as session:
        current = rules(session, round_id)
        session.add(_version(round_id, current.version + 1, toml))
    return session.changed


def rounds(office: Office) -> tuple[RoundRow, ...]:
    """All rounds, by name."""
    with office.read() as session:
        by_name = select(Round.id, Round.name).order_by(Round.name)
        return tuple(RoundRow(*row) for row in session.execute(by_name))


def is_blank(office: Office) -> bool:
    """Whether nothing stands here yet: no round and no unit."""
    with office.read() as session:
        return (
            session.scalar(select(Round.id).limit(1)) is None
            and session.scalar(select(Unit.id).limit(1)) is None
        )


def rules(session: Session | Writer, round_id: str) -> Rules:
    """The rules of a round as they stand; NotAllowed when there is no such round."""
    newest = (
        select(RuleVersion).where(RuleVersion.round_id == round_id).order_by(RuleVersion.n.desc()).limit(1)
    )
    version, record = session.scalar(newest), session.get(Round, round_id)
    if version is None or record is None:
        raise NotAllowed("找不到这个批次", todo="请在右上角重新选择批次。")
    written = _parsed(version.toml, record.name)
    return Rules(round_id, record.name, version.id, version.n, in_force(written), written)


def notice_at(session: Session, version_id: str) -> Notice:
    """The rules of one version, as they held with its supplements."""
    version = session.get_one(RuleVersion, version_id)
    return in_force(_parsed(version.toml, session.get_one(Round, version.round_id).name))


def rules_of(office: Office, round_id: str) -> Rules:
    """`rules`, outside a session."""
    with office.read() as session:
        return rules(session, round_id)


@lru_cache(maxsize=16)
def _parsed(toml: str, source: str) -> Notice:
    return load_notice(toml, source)


def _version(round_id: str, n: int, toml: str) -> RuleVersion:
    return RuleVersion(round_id=round_id, n=n, toml=toml, sha256=sha256(toml.encode()).hexdigest())
