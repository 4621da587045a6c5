"""打开示例: an invented university's office, filled by the real walk from the files that were mailed to it.

`resources/sample/manifest.toml` says which file came when, who did what on which day, and what each step came to.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from db.vocabulary import ConflictState, Reply, Verdict
from dualcreate_desktop.office import (
    decisions,
    eligibility,
    inquiries,
    own_unit,
    progress,
    receipts,
    receiving,
    registry,
    reviews,
    rounds,
    scales,
    score_sheets,
)
from dualcreate_desktop.office.applications import applications
from dualcreate_desktop.office.decisions import TieBreak
from dualcreate_desktop.office.records import Form
from dualcreate_desktop.office.store import Actor, Office, Seat
from dualcreate_desktop.rules.notice_loading import load_notice
from dualcreate_desktop.rules.record_writing import dump_record
from dualcreate_desktop.rules.scales import Band, Scale, Share
from dualcreate_desktop.rules.steps import Verb

Progress = Callable[[int, int, str], None]
"""Told (done, total, what is being done); raises to stop."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What one import of the sample came to, beside what the manifest expects of it."""

    file: str
    list_key: str
    summary: str
    problems: tuple[str, ...]
    counts: Mapping[str, int]
    expected: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Loaded:
    """The sample office as it was filled."""

    round_id: str
    today: datetime
    university: str
    imports: tuple[Imported, ...]
    keys: Mapping[str, str]
    """key of the manifest → id of the application"""


def read_manifest() -> dict[str, Any]:
    """The course of the sample; dates and times as tomllib reads them."""
    return tomllib.loads((files("resources") / "sample" / "manifest.toml").read_text("utf-8"))


def load(office: Office, tell: Progress = lambda done, total, what: None) -> Loaded:
    """Fill an empty store from the sample's files, each step on its day and by its actor."""
    return _Walk(office, read_manifest(), tell).run()


class _Walk:
    """The course of the manifest, step by step."""

    def __init__(self, office: Office, manifest: dict[str, Any], tell: Progress) -> None:
        self.office, self.manifest, self.tell = office, manifest, tell
        self.pcs = {actor["name"]: actor["pc"] for actor in manifest["actor"]}
        self.imports: list[Imported] = []
        self.keys: dict[str, str] = {}
        self.round_id = ""
        self.done = 0
        self.total = len(manifest["import"]) + 8  # the steps of `run` besides the imports

    def run(self) -> Loaded:
        """Everything, in the order in which an office does it."""
        self._introduce()
        self.round_id = self._open_round()
        before_review = [
            item for item in self.manifest["import"] if item["list"] not in ("reviewers", "scores")
        ]
        self._import(before_review)
        self.keys = self._application_keys()
        self._step("收纸质材料", self._receive)
        self._step("登记评价标准", self._lay_scales)
        self._step("部门联审", self._ask_departments)
        self._step("核实条件", self._confirm)
        self._step("资格审查", self._check)
        self._import([item for item in self.manifest["import"] if item["list"] == "reviewers"])
        self._step("登记回避", self._declare)
        self._import([item for item in self.manifest["import"] if item["list"] == "scores"])
        self._step("形成拟入选名单并公示", self._propose_and_publish)
        self._step("确定入选名单", self._select)
        return Loaded(
            self.round_id,
            self.manifest["today"],
            self.manifest["university"],
            tuple(self.imports),
            self.keys,
        )

    def at(self, when: datetime, actor: str) -> Office:
        """The office on that day, with that person at the desk."""
        return replace(self.office, seat=Seat(Actor(actor, self.pcs.get(actor, ""))), clock=lambda: when)

    def _introduce(self) -> None:
        """The school and its office, as the manifest's notice is signed."""
        wanted, notice = self.manifest["round"], self.manifest["public_notice"]
        (_, phone), (discipline, its_phone) = (entry.split() for entry in notice["contacts"].split("；"))
        known = {
            own_unit.SCHOOL: self.manifest["university"],
            "organ": notice["organ"],
            "phone": phone,
            "discipline": discipline,
            "discipline_phone": its_phone,
        }
        own_unit.save(self.at(wanted["at"], wanted["actor"]), Form("own_unit", "", known))

    def _open_round(self) -> str:
        wanted = self.manifest["round"]
        toml = next(preset.toml for preset in rounds.presets() if preset.key == wanted["preset"])
        notice = load_notice(toml, wanted["preset"])
        targets: dict[str, int] = wanted["targets"]
        categories = (replace(item, target=targets.get(item.key, item.target)) for item in notice.categories)
        own = dump_record(replace(notice, categories=tuple(categories)))
        desk = self.at(wanted["at"], wanted["actor"])
        return rounds.create_round(desk, wanted["name"], own, wanted["preset"])

    def _import(self, items: list[dict[str, Any]]) -> None:
        for item in items:
            self._step(f"导入 {item['file']}", partial(self._take_in, item))

    def _take_in(self, item: dict[str, Any]) -> None:
        desk = self.at(item["at"], item["actor"])
        with _sample_file(item["file"]) as path:
            if item["list"] == "scores":
                sheet = score_sheets.read_score_sheet(desk, self.round_id, path)
                score_sheets.apply(desk, sheet)
                plan = sheet.plan
            else:
                found = receiving.read_file(desk, path, round_id=self.round_id)
                reception = next(one for one in found if item.get("sheet", one.plan.sheet) == one.plan.sheet)
                receiving.apply(desk, reception)
                plan = reception.plan
        self.imports.append(
            Imported(
                item["file"],
                plan.list_key,
                plan.summary,
                tuple(problem.kind.value for problem in plan.all_problems),
                {state.value: count for state, count in plan.counts.items()},
                item,
            )
        )

    def _application_keys(self) -> dict[str, str]:
        with self.office.read() as session:
            rows = applications(session, self.round_id)
        found = {(row.category, row.unit_name, row.applicant): row.id for row in rows}
        return {
            item["key"]: found[item["category"], item["unit"], item["branch"] or item["unit"]]
            for item in self.manifest["application"]
        }

    def _receive(self) -> None:
        for item in self.manifest["receipt"]:
            arrivals = [
                receipts.Arrival(
                    self.keys[key],
                    item["material"],
                    copy,
                    item["at"],
                    item["brought_by"],
                    item.get("late_reason", ""),
                )
                for key in item["applications"]
                for copy in item["copies"]
            ]
            receipts.receive(self.at(item["at"], item["by"]), self.round_id, arrivals)
        self._receive_of_units()

    def _receive_of_units(self) -> None:
        """What each unit sends once."""
        known = {unit.name: unit.id for unit in registry.units(self.office).rows}
        for item in self.manifest["unit_receipt"]:
            arrivals = [
                receipts.Arrival(
                    None, item["material"], copy, item["at"], item["brought_by"], unit_id=known[unit]
                )
                for unit in item["units"]
                for copy in item["copies"]
            ]
            receipts.receive(self.at(item["at"], item["by"]), self.round_id, arrivals)

    def _lay_scales(self) -> None:
        desk = self.at(self.manifest["round"]["at"], self.manifest["round"]["actor"])
        for item in self.manifest["scale"]:
            bands = tuple(Band(grade, Decimal(least)) for grade, least in item["bands"])
            shares = tuple(Share(grade, Decimal(most)) for grade, most in item["shares"])
            scale = Scale(item["kind"], item["year"], Decimal(item["maximum"]), bands, shares)
            scales.save_scale(desk, scales.ScaleForm(None, "", scale))

    def _ask_departments(self) -> None:
        for item in self.manifest["inquiry"]:
            asked = [self.keys[key] for key in item["applications"]]
            desk = self.at(datetime.combine(item["issued"], item["at"].time()), item["actor"])
            days = {"document": item["document"], "issued": item["issued"], "due": item["due"]}
            letter = inquiries.ask(desk, self.round_id, item["department"], asked, **days)
            clear = {
                key: inquiries.Answer(Reply.CLEAR, replied_on=item["replied_on"]) for key in item["clear"]
            }
            concerns = {
                key: inquiries.Answer(Reply.CONCERN, text, replied_on=item["replied_on"])
                for key, text in item["concern"].items()
            }
            answers = {self.keys[key]: answer for key, answer in (clear | concerns).items()}
            inquiries.record_replies(self.at(item["at"], item["actor"]), letter, answers)

    def _confirm(self) -> None:
        for item in self.manifest["confirmation"]:
            desk = self.at(item["at"], item["by"])
            for key in item["applications"]:
                verdict = Verdict.of(item["verdict"])
                eligibility.confirm(desk, self.keys[key], item["condition"], verdict, reason=item["reason"])

    def _check(self) -> None:
        for item in self._steps("eligibility"):
            ids = [self.keys[key] for key in item["applications"]]
            verb = Verb.of(item["verb"])
            progress.take(self.at(item["at"], item["actor"]), ids, verb, reason=item["reason"])

    def _declare(self) -> None:
        with self.office.read() as session:
            judges = {judge.number: judge.id for judge in reviews.reviewers(session, self.round_id)}
        item_at = next(item["at"] for item in self.manifest["import"] if item["list"] == "reviewers")
        actor = self.manifest["actor"][0]["name"]
        for item in self.manifest["conflict"]:
            state = ConflictState.of(item["state"])
            ids = [self.keys[key] for key in item["applications"]]
            reviews.declare(
                self.at(item_at, actor), judges[item["reviewer"]], ids, state, reason=item["reason"]
            )

    def _propose_and_publish(self) -> None:
        steps = list(self._steps("committee"))
        chosen = {
            item["reason"]: item["applications"]
            for item in steps
            if item["verb"] == "propose" and item["reason"]
        }
        category_of = {item["key"]: item["category"] for item in self.manifest["application"]}
        ties = {
            category_of[keys[0]]: TieBreak(frozenset(self.keys[key] for key in keys), reason)
            for reason, keys in chosen.items()
        }
        decisions.propose(self.at(steps[0]["at"], steps[0]["actor"]), self.round_id, ties)
        notice = self.manifest["public_notice"]
        issued: date = notice["issued"]
        desk = self.at(datetime(issued.year, issued.month, issued.day, 9), steps[0]["actor"])
        decisions.publish(desk, self.round_id, issued, organ=notice["organ"], contacts=notice["contacts"])

    def _select(self) -> None:
        final = next(iter(self._steps("final")))
        decisions.select_final(self.at(final["at"], final["actor"]), self.round_id)

    def _steps(self, decision_step: str) -> Iterator[dict[str, Any]]:
        return (item for item in self.manifest["step"] if item["decision_step"] == decision_step)

    def _step(self, what: str, do: Callable[[], None]) -> None:
        self.tell(self.done, self.total, what)
        do()
        self.done += 1


@contextmanager
def _sample_file(name: str) -> Iterator[Path]:
    with as_file(files("resources") / "sample" / "files" / name) as path:
        yield path
