"""What comes of looking up a name (名称匹配结果): who it is for certain, who it may be, or that nobody is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What the lookup settles (匹配结论): only ``CERTAIN`` may be used without a person."""

    CERTAIN = "确定"
    UNCERTAIN = "待确认"
    UNKNOWN = "未找到"


class MatchRule(StrEnum):
    """How a name led to an enterprise (匹配依据); :data:`EXPLANATIONS` says each in a sentence."""

    LITERAL = "字面一致"
    SPELLING = "书写一致"
    LEGAL_FORM = "组织形式同义"
    FORMER_NAME = "曾用名"
    ROSTER_NOTE = "名单附注"
    AMBIGUOUS = "一名多企"
    VARIANT = "同名异写"
    BRANCH = "分支机构"
    SHORT_NAME = "简称"
    NEAR = "字形相近"
    BLANK = "名称为空"
    NOTHING = "无相近名称"


class Difference(StrEnum):
    """In what two names differ (名称差异), for the eye of the person who decides."""

    LEGAL_FORM = "组织形式不同"
    LEGAL_FORM_MISSING = "缺组织形式"
    PLACE_MISSING = "缺行政区划"
    PLACE = "行政区划不同"
    PLACE_WRITING = "行政区划写法或位置不同"
    GROUP = "集团字样不同"
    BRANCH = "分支机构不同"
    WORDS = "字号或行业文字不同"


EXPLANATIONS: Mapping[MatchRule, str] = {
    MatchRule.LITERAL: "与企业名称一字不差",
    MatchRule.SPELLING: "只有全半角、括号、空格、引号、间隔号、大小写或末尾标点不同",
    MatchRule.LEGAL_FORM: "只有有限责任公司与有限公司、股份有限公司与股份公司之别，公司法第七条视为同一组织形式",
    MatchRule.FORMER_NAME: "与该企业登记的曾用名一致，且无其他企业用此名称",
    MatchRule.ROSTER_NOTE: "名单自注原名、现名或序号，去掉附注后指向同一企业",
    MatchRule.AMBIGUOUS: "同一名称（含曾用名、附注名）指向多家企业",
    MatchRule.VARIANT: "字号和行业相同，行政区划、组织形式、集团字样或其排列不同，可能是同一企业，也可能是关联企业",
    MatchRule.BRANCH: "一个是另一个的分支机构，或是同一企业的不同分支机构，属不同主体",
    MatchRule.SHORT_NAME: "名单写得较短，该企业的字号和行业含有这几个字",
    MatchRule.NEAR: "文字相近，可能有错字、漏字、多字或颠倒",
    MatchRule.BLANK: "名单此行没有企业名称",
    MatchRule.NOTHING: "已知企业中没有相同或相近的名称",
}


@dataclass(frozen=True, slots=True)
class KnownName:
    """An enterprise as the register knows it (已知企业): its code, its name and the names it bore before."""

    code: str
    name: str
    former_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """One enterprise that a name may mean (候选企业).

    ``name`` is its present name, ``matched`` the name that was compared (a former one, perhaps). ``score`` is the
    likeness of 字号 with 行业 alone, 0 to 100, rounded down; ``slips`` counts the characters of the whole names that
    are wrong, missing, extra or swapped. Both put the candidates in order, they decide nothing.
    """

    code: str
    name: str
    matched: str
    rule: MatchRule
    score: int = 100
    slips: int = 0
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class NameMatch:
    """The result of one lookup (一次匹配): the outcome, the rule that led to it, and the candidates, best first.

    A certain match has exactly one candidate. ``left_out`` counts further candidates that were found but are not listed.
    """

    written: str
    outcome: Outcome
    how: MatchRule
    candidates: tuple[Candidate, ...] = ()
    left_out: int = 0

    @property
    def code(self) -> str | None:
        """The enterprise's code when the match is certain, otherwise nothing: an uncertain match is a question."""
        return self.candidates[0].code if self.outcome is Outcome.CERTAIN else None

    @property
    def why(self) -> str:
        """The rule in a Chinese sentence."""
        return EXPLANATIONS[self.how]
