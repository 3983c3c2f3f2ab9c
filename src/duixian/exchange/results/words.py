"""A determination in words (结果用语): its reason with the figures that led to it, and the questions that mark it."""

from __future__ import annotations

from duixian.money import format_yuan
from duixian.rules.determination import Determination, Mark, Step, TraceLine
from duixian.wording import Language, screen_words, trace_words

_FIGURES = (Step.ENTITLE, Step.CHOOSE)


def reason_words(determination: Determination, language: Language = Language.CHINESE) -> str:
    """Why the outcome is what it is: the row, the figures, and last the line that settled it."""
    told = [line for line in determination.trace if _is_telling(line) and line != determination.reason]
    return "；".join(trace_words(line, language) for line in (*told, determination.reason))


def _is_telling(line: TraceLine) -> bool:
    return line.step in _FIGURES or line.code == "match.row"


def basis_words(determination: Determination, language: Language = Language.CHINESE) -> str:
    """The rule that says who pays (分担依据): as the policy names it, or its clause and ratio."""
    if determination.share is None or determination.share.basis:
        return determination.share.basis if determination.share else ""
    for line in determination.trace:
        if line.code == "share.ratio":
            return screen_words("share.ratio", language, clause=line.clause, ratio=line.args[1])
    return ""


def question_names(determination: Determination) -> tuple[str, ...]:
    """The open questions that mark a determination, each once, in the order of the policy."""
    return tuple(dict.fromkeys(mark.interpretation for mark in determination.marks))


def mark_words(mark: Mark, language: Language = Language.CHINESE) -> str:
    """A mark as a sentence: what another answer would give."""
    code = "mark.unknown" if mark.amount_fen is None else "mark.amount"
    return screen_words(
        code,
        language,
        question=mark.interpretation,
        option=mark.option,
        outcome=mark.outcome,
        amount=mark.amount_fen,
    )


def grouped_yuan(fen: int) -> str:
    """An amount in yuan with its thousands apart, for people.

    >>> grouped_yuan(63_425_960_061)
    '634,259,600.61'
    """
    yuan, rest = format_yuan(fen).split(".")
    return f"{int(yuan):,}.{rest}"
