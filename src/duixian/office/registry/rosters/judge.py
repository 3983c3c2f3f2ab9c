"""What a row of a list is, held against the registry (核对): new, known already, a new version, or in conflict with what is known.

One enterprise may be on two lists with one recognition, and on one list twice: whatever is known under any number is not recorded again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from duixian.office.registry.models import Roster, Verdict
from duixian.office.registry.remarks import ERROR, NOTE, remark
from duixian.office.registry.rosters.numbers import RowNumbers
from duixian.office.registry.rosters.reading import roster_roles
from duixian.office.registry.rosters.registered import KnownFact, Matter, Registered, matter
from duixian.office.registry.stored_values import hash_of_fact
from duixian.rules.vocabulary import FactKind, FieldType
from duixian.source.normalise import fold

_SAY_NOTHING = frozenset({FieldType.TEXT, FieldType.IDENTIFIER, FieldType.CREDIT_CODE})
"""Types whose fields may be written otherwise for one and the same fact."""


@dataclass(slots=True)
class Judged:
    """What a row was found to be (核对结果): the values as they would be recorded, and the fact that is known already, if any."""

    verdict: str
    number: str
    values: dict[str, Any]
    fact: int | None = None
    remarks: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Met:
    """A row of the same list that came before."""

    line: int
    values: Mapping[str, Any]


class Judge:
    """Judges the rows of one list, in their order, each with its enterprise (核对名单)."""

    def __init__(self, kind: FactKind, roster: Roster, known: Registered, *, has_numbers: bool) -> None:
        self._kind, self._known, self._has_numbers = kind, known, has_numbers
        self._roles = roster_roles(kind)
        self._origin = (fold(roster.issuer), fold(roster.document_number))
        self._numbers = RowNumbers(kind, roster.issuer, roster.document_number or roster.title)
        self._met: dict[Matter, _Met] = {}
        # With neither a title nor an object, two facts of one day need not be one.
        self._tells_apart = not (kind.title_field or kind.object_field)

    def judge(self, line: int, code: str, values: Mapping[str, Any]) -> Judged:
        """What the next row is."""
        own = {**values, self._roles.code: code}
        number = str(own[self._roles.id]) if self._has_numbers else self._numbers.number(code, own)
        own[self._roles.id] = number
        judged = Judged(Verdict.MATCHED, number, own)
        head = self._known.by_number.get(number)
        if head is not None:
            self._against_version(judged, head, code)
        if judged.verdict == Verdict.MATCHED:
            self._against_matter(judged, head, code)
        self._against_list(judged, line, code)
        return judged

    def _against_version(self, judged: Judged, head: KnownFact, code: str) -> None:
        """Held against what the registry has under this number."""
        if head.is_withdrawal:
            return
        if head.content_hash == hash_of_fact(self._kind.name, judged.number, code, judged.values):
            judged.verdict, judged.fact = Verdict.KNOWN, head.id
        elif self._origin == (fold(head.issuer), fold(head.document)):
            names = self._differing(judged.values, head.values, all_fields=True)
            what = f"更正已在库的事实：{'、'.join(names)}" if names else "更正已在库的事实"
            judged.remarks.append(remark("corrects-fact", NOTE, what, why="同一名单的同一行以新版本为准"))
        else:
            judged.verdict = Verdict.CONFLICT
            what = f"编号已用于另一来源的事实（{head.document or head.issuer or '来源未注明'}）"
            judged.remarks.append(
                remark(
                    "number-taken",
                    ERROR,
                    what,
                    why="同一编号只能是同一事实",
                    fix="请确认以本名单为准，或不入库",
                )
            )

    def _against_matter(self, judged: Judged, head: KnownFact | None, code: str) -> None:
        """Held against facts under other numbers that are about the same."""
        for fact in self._known.by_matter.get(matter(self._kind, code, judged.values), ()):
            if head is not None and fact.id == head.id:
                continue
            names = self._differing(judged.values, fact.values)
            if names and self._tells_apart:
                continue
            if not names:
                judged.verdict, judged.fact = Verdict.KNOWN, fact.id
                judged.remarks.append(remark("known-elsewhere", NOTE, f"已在库，编号 {fact.number}"))
                return
            judged.verdict = Verdict.CONFLICT
            what = f"与在库事实 {fact.number} 不一致：{'、'.join(names)}"
            judged.remarks.append(
                remark(
                    "differs-from-known",
                    ERROR,
                    what,
                    why="同一事实有两种说法",
                    fix="请确认入库为另一事实，或不入库",
                )
            )

    def _against_list(self, judged: Judged, line: int, code: str) -> None:
        """Held against the rows before it."""
        about = matter(self._kind, code, judged.values)
        first = self._met.setdefault(about, _Met(line, judged.values))
        if first.line == line or judged.verdict != Verdict.MATCHED:
            return
        names = self._differing(judged.values, first.values)
        if not names:
            judged.verdict = Verdict.KNOWN
            judged.remarks.append(remark("repeated-row", NOTE, f"与第{first.line}行重复"))
        elif not self._tells_apart:
            judged.verdict = Verdict.CONFLICT
            what = f"与第{first.line}行不一致：{'、'.join(names)}"
            judged.remarks.append(
                remark(
                    "rows-differ", ERROR, what, why="同一事实在名单中有两种说法", fix="请确认入库，或不入库"
                )
            )

    def _differing(
        self, one: Mapping[str, Any], other: Mapping[str, Any], *, all_fields: bool = False
    ) -> list[str]:
        """The fields that both have and that differ; words that may be written otherwise count only where all fields do."""
        return [
            name
            for name, field in self._kind.fields.items()
            if all_fields or field.type not in _SAY_NOTHING
            if name != self._roles.id
            if ((name in one and name in other) or all_fields) and one.get(name) != other.get(name)
        ]
