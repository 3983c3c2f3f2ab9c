"""Lists that carry names instead of codes (名单): a certain match gets its code, anything else is a question to a person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from duixian.credit_code import masked
from duixian.errors import Place
from duixian.exchange.names.index import KnownName, MatchRule, NameIndex, NameMatch, Outcome
from duixian.exchange.names.spelling import one_legal_form, one_spelling
from duixian.exchange.tables.findings import Findings
from duixian.exchange.tables.roles import Roles
from duixian.exchange.tables.rows import Record
from duixian.exchange.tables.shown import shown
from duixian.rules.region import Region

FORMER_NAMES = "曾用名"
"""The subject's field with the names that an enterprise bore before, separated by 、 or ；."""
PROVINCES = tuple(
    "北京市 天津市 河北省 山西省 内蒙古自治区 辽宁省 吉林省 黑龙江省 上海市 江苏省 浙江省 安徽省 福建省 江西省 山东省 河南省 湖北省 湖南省 "
    "广东省 广西壮族自治区 海南省 重庆市 四川省 贵州省 云南省 西藏自治区 陕西省 甘肃省 青海省 宁夏回族自治区 新疆维吾尔自治区".split()
)
"""What may open a name besides the places of the city."""

_BETWEEN = re.compile("[;；、,，]")
_SAME_LETTERS = {MatchRule.LITERAL, MatchRule.SPELLING}


@dataclass(frozen=True, slots=True)
class UncertainName:
    """A row of a list whose enterprise a person has to name (待确认名单): its code, once found, goes into the table.

    ``match.candidates`` are whom the name may mean, best first; none of them was taken.
    """

    place: Place
    kind: str
    fact: str
    name: str
    match: NameMatch


class KnownNames:
    """The names of the enterprises in 企业 (已知名称), former ones included."""

    def __init__(self, subjects: Iterable[Record], region: Region) -> None:
        self._by_code = {
            record.code: KnownName(record.code, record.name, _former(record)) for record in subjects
        }
        self._places = [
            *PROVINCES,
            *(form for area in region.areas.values() for form in (area.name, *area.aliases)),
        ]

    @cached_property
    def index(self) -> NameIndex:
        """All names; built when the first row without a code comes."""
        return NameIndex(self._by_code.values(), self._places)

    def tell_differing(self, records: Iterable[Record], findings: Findings) -> None:
        """A code of one enterprise beside the name of another is a slip of the row: it is told, and the code counts."""
        for record in records:
            known = self._by_code.get(record.code)
            if known is None or not record.name or record.name == known.name:
                continue
            if _key(record.name) not in map(_key, (known.name, *known.former_names)):
                findings.warn(
                    "name-differs", record.place, found=shown(record.name), expected=shown(known.name)
                )


def match_names(
    records: Iterable[Record],
    roles: Roles,
    names: KnownNames,
    findings: Findings,
    uncertain: list[UncertainName],
) -> Iterator[Record]:
    """The records that have a code, or whose name is certain; the others go to ``uncertain``."""
    for record in records:
        if record.code:
            yield record
            continue
        match = names.index.match(record.name)
        name = shown(record.name)
        if match.code is None:
            uncertain.append(UncertainName(record.place, record.kind.name, record.id, record.name, match))
            code = "uncertain-name" if match.outcome is Outcome.UNCERTAIN else "unknown-name"
            findings.warn(code, record.place, found=name, expected=_listed(match), why=match.why)
            continue
        if match.how not in _SAME_LETTERS:
            # The name is another than the registered one, so the reader is told what it was taken for, and why.
            findings.note(
                "name-matched", record.place, found=name, expected=match.candidates[0].name, why=match.why
            )
        record.code = record.values[roles.code] = match.code
        yield record


def _former(record: Record) -> tuple[str, ...]:
    written = record.values.get(FORMER_NAMES, "")
    return tuple(filter(None, map(str.strip, _BETWEEN.split(written)))) if isinstance(written, str) else ()


def _key(name: str) -> str:
    return one_legal_form(one_spelling(name))


def _listed(match: NameMatch) -> str:
    names = "、".join(f"{each.name}（{masked(each.code)}）" for each in match.candidates)
    return f"{names}等" if match.left_out else names
