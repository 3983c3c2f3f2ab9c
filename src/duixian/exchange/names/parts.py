"""A name taken apart (名称拆分): place, 字号 with 行业, legal form, 集团, branch.

A name is 行政区划 + 字号 + 行业 + 组织形式 (企业名称登记管理规定 第六条). What tells enterprises apart is 字号 with 行业, here
the *core*. Names with one core but another place or form are refused by one and the same registry (企业名称相同相近比对规则
第三条, 工商企注字〔2017〕133号), yet another registry or an affiliate may bear them: so one core is a question, not an answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from duixian.exchange.names.outcome import Difference
from duixian.exchange.names.spelling import one_spelling

_SHORTEST_CORE = 2
_RANK = re.compile(r"(?:特别行政区|自治区|自治州|自治县|省|市|区|县|旗|盟)$")
_BRANCH = re.compile(
    r"(?P<head>.+?公司)(?P<branch>.*(?:分公司|分厂|分店|分部|分行|支行|营业部|办事处|代表处))"
)
_FORM = re.compile(
    r"(?:(?P<shares>股份有限公司|股份公司)|(?P<limited>有限责任公司|有限公司)|(?P<plain>总公司|公司))$"
)
_PARTNERSHIP = re.compile(r"\((?:特殊普通合伙|普通合伙|有限合伙)\)$")
_GROUP = re.compile(r"\(集团\)$|(?<=..)集团$")
_NATION = "中国"


@dataclass(frozen=True, slots=True)
class NameParts:
    """The parts of one name (名称各部分); ``form`` is 股份, 有限, 公司, 合伙 or empty, ``places`` are without 省市区县."""

    core: str
    places: frozenset[str]
    form: str
    group: bool
    branch: str


class NameParser:
    """Takes names apart, given the places that may stand in them (行政区划名称, such as 江苏省, 连云港市, 海州区)."""

    def __init__(self, places: Iterable[str] = ()) -> None:
        self._short = {_NATION: _NATION}
        for place in filter(None, map(one_spelling, places)):
            short = _RANK.sub("", place)
            short = short if len(short) >= _SHORTEST_CORE else place
            self._short.update({place: short, short: short})
        longest_first = sorted(self._short, key=lambda place: (-len(place), place))
        alternatives = "|".join(map(re.escape, longest_first))
        self._leading = re.compile(alternatives)
        self._bracketed = re.compile(rf"\(({alternatives})\)")

    def begins_with_place(self, spelling: str) -> bool:
        """Whether a known place opens the name."""
        return self._leading.match(spelling) is not None

    def parse(self, spelling: str) -> NameParts:
        """The parts of a name in :func:`~duixian.exchange.names.spelling.one_spelling`."""
        branched = _BRANCH.fullmatch(spelling)
        head, branch = (branched["head"], branched["branch"]) if branched else (spelling, "")
        head, form = _cut_form(head)
        places = {self._short[place] for place in self._bracketed.findall(head)}
        head = self._bracketed.sub("", head)
        named = _GROUP.sub("", head)
        core = _words(named)
        while place := self._leading.match(core):
            if len(core) - place.end() < _SHORTEST_CORE:
                break
            places.add(self._short[place[0]])
            core = core[place.end() :]
        return NameParts(core, frozenset(places), form, named != head, branch)


def differences(one: NameParts, other: NameParts) -> tuple[Difference, ...]:
    """In what two names differ, the gravest first; never empty, since equal parts can still be written differently."""
    found = [
        difference
        for differs, difference in (
            (one.branch != other.branch, Difference.BRANCH),
            (one.core != other.core, Difference.WORDS),
            (one.places != other.places, _place_difference(one.places, other.places)),
            (one.form != other.form, _form_difference(one.form, other.form)),
            (one.group != other.group, Difference.GROUP),
        )
        if differs
    ]
    return tuple(found) or (Difference.PLACE_WRITING,)


def _cut_form(head: str) -> tuple[str, str]:
    """The name without its legal form, and that form."""
    if partnership := _PARTNERSHIP.search(head):
        return head[: partnership.start()], "合伙"
    form = _FORM.search(head)
    if form is None:
        return head, ""
    kind = "股份" if form["shares"] else "有限" if form["limited"] else "公司"
    return head[: form.start()], kind


def _words(text: str) -> str:
    """Letters, ideographs and digits alone."""
    return text if text.isalnum() else "".join(filter(str.isalnum, text))


def _place_difference(one: frozenset[str], other: frozenset[str]) -> Difference:
    return Difference.PLACE_MISSING if one < other or other < one else Difference.PLACE


def _form_difference(one: str, other: str) -> Difference:
    return Difference.LEGAL_FORM if one and other else Difference.LEGAL_FORM_MISSING
