"""Which unit or branch of the registry a written name means.

A different ordinal, level or role is a different branch, however alike the names look. Likeness only ranks the
candidates that a person is asked about; one is taken alone only at a clear lead.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from dualcreate_desktop.intake.known import Branch, Known, Learned, Unit
from dualcreate_desktop.intake.likeness import ABBREVIATED, WORTH_SHOWING, Likeness, UnitNames, abbreviates
from dualcreate_desktop.intake.names import normal, unit_core, without_old_name

_CLEAR_SCORE = 90.0
_CLEAR_LEAD = 10.0
_MOST_CANDIDATES = 5
_SURE_ANYWHERE, _SURE_IN_FRONT = 4, 3
"""How long a unit's name must be to mean it inside a longer text: 法学院 stands in 书法学院, too."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One organisation that a text may mean.

    Args:
        reason: why, a Chinese clause.
        different: an ordinal, level or role differs: shown as help, never the same organisation.
    """

    id: str
    name: str
    reason: str
    different: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """What a text means: `id` is None when it is not sure; candidates stand best first."""

    id: str | None = None
    candidates: tuple[Candidate, ...] = ()

    @property
    def sure(self) -> bool:
        """Whether the match can be taken without asking."""
        return self.id is not None

    @property
    def open(self) -> bool:
        """Whether a person must choose between organisations that it may mean."""
        return self.id is None and any(not candidate.different for candidate in self.candidates)


class Matcher:
    """The registry's names, indexed once for a whole list."""

    def __init__(self, known: Known, learned: Learned | None = None) -> None:
        self._known = known
        self._learned = learned or Learned()
        self._unit_answers: dict[str, Match] = {}
        self._branch_answers: dict[tuple[str, str | None], Match] = {}
        self._unit_names: dict[str, UnitNames] = {}

    def unit(self, text: str) -> Match:
        """By what was learned, code, name or alias; else the candidates."""
        answer = self._unit_answers.get(text)
        if answer is None:
            answer = self._unit_answers[text] = self._find_unit(text)
        return answer

    def branch(self, text: str, unit_id: str | None = None) -> Match:
        """By what was learned, code, name, alias or the parts of the name; else the candidates."""
        key = (text, unit_id)
        answer = self._branch_answers.get(key)
        if answer is None:
            answer = self._branch_answers[key] = self._find_branch(text, unit_id)
        return answer

    def unit_coded(self, code: str) -> str | None:
        """The unit of that 组织编码."""
        unit = self._unit_codes.get(normal(code))
        return unit.id if unit else None

    def branch_coded(self, code: str) -> str | None:
        """The branch of that 组织编码."""
        branch = self._branch_codes.get(normal(code))
        return branch.id if branch else None

    def unit_of(self, branch_id: str) -> str:
        """The unit of a branch."""
        return self._branches_by_id[branch_id].unit_id

    def unit_inside(self, text: str) -> str | None:
        """The one unit whose name a title, sheet name or file name contains; None when none or several do."""
        plain = normal(text)
        forms = [
            (len(form), unit.id)
            for form, units in self._unit_forms.items()
            if form in plain
            for unit in units
        ]
        longest = max((length for length, _ in forms), default=0)
        units = {unit for length, unit in forms if length == longest}
        begins = plain[:longest] in self._unit_forms
        certain = longest >= _SURE_ANYWHERE or (begins and longest >= _SURE_IN_FRONT)
        return units.pop() if certain and len(units) == 1 else None

    @cached_property
    def _units_by_id(self) -> dict[str, Unit]:
        return {unit.id: unit for unit in self._known.units}

    @cached_property
    def _branches_by_id(self) -> dict[str, Branch]:
        return {branch.id: branch for branch in self._known.branches}

    @cached_property
    def _unit_forms(self) -> dict[str, list[Unit]]:
        forms: dict[str, list[Unit]] = defaultdict(list)
        for unit in self._known.units:
            for form in {form for name in unit.names for form in (normal(name), unit_core(name))}:
                forms[form].append(unit)
        return forms

    @cached_property
    def _unit_codes(self) -> dict[str, Unit]:
        return {normal(unit.code): unit for unit in self._known.units if unit.code}

    @cached_property
    def _branch_codes(self) -> dict[str, Branch]:
        return {normal(branch.code): branch for branch in self._known.branches if branch.code}

    @cached_property
    def _branch_forms(self) -> dict[str, list[Branch]]:
        forms: dict[str, list[Branch]] = defaultdict(list)
        for branch in self._known.branches:
            for form in {normal(name) for name in branch.names}:
                forms[form].append(branch)
        return forms

    @cached_property
    def _branches_of(self) -> dict[str, list[Branch]]:
        of_unit: dict[str, list[Branch]] = defaultdict(list)
        for branch in self._known.branches:
            of_unit[branch.unit_id].append(branch)
        return of_unit

    def _names_in(self, unit_id: str) -> UnitNames:
        names = self._unit_names.get(unit_id)
        if names is None:
            names = UnitNames(self._units_by_id.get(unit_id), self._branches_of[unit_id])
            self._unit_names[unit_id] = names
        return names

    def _find_unit(self, text: str) -> Match:
        learned = self._learned.units.get(text)
        if learned in self._units_by_id and learned is not None:
            return _sure(self._units_by_id[learned], "曾确认")
        if coded := self._unit_codes.get(normal(text)):
            return _sure(coded, "组织编码相同")
        name, old = without_old_name(text)
        for form, reason in (
            (normal(text), "名称相同"),
            (normal(name), "名称相同"),
            (unit_core(name), "名称相同"),
        ):
            if units := self._unit_forms.get(form):
                return _one_of(units, reason)
        if old and (units := self._unit_forms.get(unit_core(old)) or self._unit_forms.get(normal(old))):
            return _one_of(units, f"原名“{old}”相同")
        return Match(candidates=self._similar_units(unit_core(name)))

    def _similar_units(self, core: str) -> tuple[Candidate, ...]:
        from rapidfuzz import fuzz

        def score(unit: Unit) -> float:
            cores = [unit_core(name) for name in unit.names]
            short = any(abbreviates(core, full) or abbreviates(full, core) for full in cores)
            return max([ABBREVIATED * short, *(fuzz.ratio(core, full) for full in cores)])

        ranked = sorted(((score(unit), unit) for unit in self._known.units), key=lambda pair: -pair[0])
        return tuple(
            Candidate(unit.id, unit.name, "名称相近")
            for likeness, unit in ranked[:_MOST_CANDIDATES]
            if likeness >= WORTH_SHOWING
        )

    def _find_branch(self, text: str, unit_id: str | None) -> Match:
        learned = self._learned.branches.get((unit_id or "", text))
        if learned is not None and learned in self._branches_by_id:
            return _sure(self._branches_by_id[learned], "曾确认")
        if coded := self._branch_codes.get(normal(text)):
            return _sure(coded, "组织编码相同")
        name, old = without_old_name(text)
        for form, reason in ((text, "名称相同"), (name, "名称相同"), (old, f"原名“{old}”相同")):
            if form and (same := self._in_unit(self._branch_forms.get(normal(form), ()), unit_id)):
                return _one_of(same, reason)
        by_parts = self._by_parts(name, unit_id)
        if by_parts.sure or not old:
            return by_parts
        by_old_parts = self._by_parts(old, unit_id)
        return by_old_parts if by_old_parts.sure else by_parts

    def _in_unit(self, branches: Iterable[Branch], unit_id: str | None) -> list[Branch]:
        return [branch for branch in branches if unit_id is None or branch.unit_id == unit_id]

    def _by_parts(self, name: str, unit_id: str | None) -> Match:
        """Compare role, level, ordinal and what remains, inside the unit that is given or named in the text."""
        units = {unit_id} if unit_id is not None else self._units_heading(name)
        named = [unit for unit in units or self._branches_of if unit in self._branches_of]
        alike = [each for unit in named for each in self._names_in(unit).likest(name, _MOST_CANDIDATES)]
        alike.sort(key=lambda each: each.rank)
        candidates = tuple(
            Candidate(each.branch.id, each.branch.name, _reason(each), different=each.agrees is None)
            for each in alike[:_MOST_CANDIDATES]
        )
        same = [each for each in alike if each.agrees]
        clear = bool(same) and same[0].score >= _CLEAR_SCORE
        if clear and (len(same) == 1 or same[0].score - same[1].score >= _CLEAR_LEAD):
            return Match(same[0].branch.id, candidates)
        return Match(candidates=candidates)

    def _units_heading(self, name: str) -> set[str]:
        """The units with whose name the text begins, by the longest such name."""
        plain = normal(name)
        heads = [
            (len(form), unit.id)
            for form, units in self._unit_forms.items()
            if plain.startswith(form)
            for unit in units
        ]
        longest = max((length for length, _ in heads), default=0)
        return {unit for length, unit in heads if length == longest}


def _reason(found: Likeness) -> str:
    if found.agrees is None:
        return "名称相近，但类别或序号不同"
    return "名称的各部分相同" if found.agrees and found.score >= _CLEAR_SCORE else "名称相近"


def _sure(found: Unit | Branch, reason: str) -> Match:
    return Match(found.id, (Candidate(found.id, found.name, reason),))


def _one_of(found: list[Unit] | list[Branch], reason: str) -> Match:
    """Sure when there is one; several are all candidates."""
    if len(found) == 1:
        return _sure(found[0], reason)
    return Match(candidates=tuple(Candidate(each.id, each.name, "多处都有这个名称") for each in found))
