"""Which field a heading means."""

from __future__ import annotations

import hashlib
import math
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dualcreate_desktop.fields import Field, FieldType, ListKind
from dualcreate_desktop.intake.values import folded

_BRACKETS = re.compile(r"[(\[【{].*?[)\]】}]")
_AROUND = re.compile(r"^[*★\d.、:]+|[*★:、。]+$|必填|选填")
_ASKS = ("是否", "有无")
_OF = re.compile(r"^(?:所在|所属)")
_COUNTERS = frozenset({"序号", "编号", "no", "no.", "行号", "项次"})
_LONGEST_ALIKE = 20
_LEAST_SHARE = 0.6
_LEAST_CONFIDENCE = 0.5
_SURE = 0.85
_MOST_ANSWERS = 10_000


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading and the field it means.

    Args:
        column: from 0.
        text: as it stands in the sheet, several rows joined by “/”.
        key: of the field; empty when none is meant and the column is kept as extra.
        confidence: 1 for the label itself, 0 for no field.
    """

    column: int
    text: str
    key: str = ""
    confidence: float = 0.0

    @property
    def is_doubtful(self) -> bool:
        """Whether a person should agree that it means its field."""
        return bool(self.key) and self.confidence < _SURE

    @property
    def is_counter(self) -> bool:
        """Whether it numbers the rows (序号) and says nothing of the record."""
        return not self.key and folded(self.text) in _COUNTERS


def layout_signature(headings: Iterable[Heading]) -> str:
    """What is the same for every file of one layout: SHA-256 of its headings and their columns, hexadecimal."""
    told = "\n".join(f"{heading.column}\t{folded(heading.text)}" for heading in headings)
    return hashlib.sha256(told.encode()).hexdigest()


class Vocabulary:
    """The words of one list: labels before aliases, an earlier field before a later one."""

    def __init__(self, kind: ListKind) -> None:
        self.kind = kind
        self._words: dict[str, tuple[Field, float]] = {}
        self._answers: dict[str, tuple[tuple[str, float], ...]] = {}
        for field in kind.fields:
            self._words.setdefault(folded(field.label), (field, 1.0))
        for field in kind.fields:
            for alias in field.aliases:
                self._words.setdefault(folded(alias), (field, 0.95))
        self._endings: dict[str, list[str]] = defaultdict(list)
        for word in self._words:
            for ending in _endings(word):
                self._endings[ending].append(word)

    def knows(self, text: str) -> bool:
        """Whether a heading is one of the words."""
        return is_heading(text, self._words)

    @property
    def words(self) -> Collection[str]:
        """Labels and aliases, folded."""
        return self._words.keys()

    def name_headings(self, columns: Sequence[Sequence[str]]) -> tuple[Heading, ...]:
        """The headings of a table; each field goes to the column that means it best.

        Args:
            columns: per column the texts of its header rows from top to bottom, empty ones left out.
        """
        wishes = [
            (confidence, -index, key)
            for index, texts in enumerate(columns)
            for key, confidence in self._wishes(texts)
        ]
        taken: dict[int, tuple[str, float]] = {}
        keys: set[str] = set()
        for confidence, negative, key in sorted(wishes, reverse=True):
            if -negative not in taken and key not in keys:
                taken[-negative] = key, confidence
                keys.add(key)
        return tuple(
            Heading(index, "/".join(dict.fromkeys(texts)), *taken.get(index, ("", 0.0)))
            for index, texts in enumerate(columns)
            if texts
        )

    def _wishes(self, texts: Sequence[str]) -> Iterable[tuple[str, float]]:
        """The fields that a column may mean, each with its best confidence."""
        best: dict[str, float] = {}
        for reading in _joined(texts):
            for key, confidence in self._meanings(reading):
                best[key] = max(confidence, best.get(key, 0.0))
        return best.items()

    def _meanings(self, text: str) -> tuple[tuple[str, float], ...]:
        answer = self._answers.get(text)
        if answer is None:
            if len(self._answers) >= _MOST_ANSWERS:
                self._answers.clear()
            answer = self._answers[text] = tuple(self._look_up(text))
        return answer

    def _look_up(self, text: str) -> Iterable[tuple[str, float]]:
        forms = _forms(text)
        for index, form in enumerate(forms):
            if form in self._words:
                field, confidence = self._words[form]
                return ((field.key, confidence - 0.05 * index),)
        return (meaning for form in forms for meaning in self._alike(form))

    def _alike(self, form: str) -> Iterable[tuple[str, float]]:
        """Fields whose words end the heading, or whose words the heading ends: in Chinese the last word decides."""
        if not 2 <= len(form) <= _LONGEST_ALIKE:
            return
        for word in (*filter(self._words.__contains__, _endings(form)), *self._endings.get(form, ())):
            field = self._words[word][0]
            if not form.startswith(_ASKS) or field.type is FieldType.FLAG:
                share = min(len(word), len(form)) / max(len(word), len(form))
                yield field.key, _LEAST_CONFIDENCE + 0.3 * share


@lru_cache(maxsize=128)
def vocabulary(kind: ListKind) -> Vocabulary:
    """The words of a list, gathered once for all files."""
    return Vocabulary(kind)


@lru_cache(maxsize=16)
def all_words(lists: tuple[ListKind, ...]) -> frozenset[str]:
    """The words of several lists."""
    return frozenset(word for kind in lists for word in vocabulary(kind).words)


def is_heading(text: str, words: Collection[str]) -> bool:
    """Whether a text is one of the words, as a heading is written."""
    return any(form in words for form in _forms(text))


def _endings(word: str) -> list[str]:
    """The shorter texts that end a word and make up most of it."""
    least = max(2, math.ceil(_LEAST_SHARE * len(word) - 1e-9))
    return [word[-size:] for size in range(least, len(word))]


def _joined(texts: Sequence[str]) -> Iterable[str]:
    """The readings of a heading over several rows: the lowest, both orders of the last two, all."""
    distinct = list(dict.fromkeys(texts))
    if not distinct:
        return
    yield distinct[-1]
    if len(distinct) > 1:
        parent, child = distinct[-2:]
        yield parent + child
        yield child + parent
        yield "".join(distinct)


@lru_cache(maxsize=_MOST_ANSWERS)
def _forms(text: str) -> tuple[str, ...]:
    """The heading without marks, then without hints in brackets, its first line alone, and that without 所在 or 所属."""
    whole = folded(text)
    lines = text.strip().splitlines()
    forms = [whole, _BRACKETS.sub("", whole), _BRACKETS.sub("", folded(lines[0] if lines else ""))]
    forms.append(_OF.sub("", forms[-1]))
    return tuple(dict.fromkeys(form for form in (_AROUND.sub("", form) for form in forms) if form))
