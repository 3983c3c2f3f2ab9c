"""How a payment already made (已兑付) names what it paid for: document, clause and matter, as people write them."""

from __future__ import annotations

import re

from duixian.rules.measure import Measure

_BRACKETS = re.compile(r"[()（）第条\s]")
_NUMBER_BRACKETS = str.maketrans("[]()（）", "〔〕〔〕〔〕")


def clause_key(text: str) -> str:
    """A clause number without its dress: （三）, (三), 第（三）条 and 三 are one.

    >>> clause_key("第（三）条") == clause_key("(三)") == "三"
    True
    """
    return _BRACKETS.sub("", text)


def document_key(text: str) -> str:
    """A document number with its year in 〔〕 and no spaces."""
    return "".join(text.split()).translate(_NUMBER_BRACKETS)


def names_measure(document: str, clause: str, matter: str, measure: Measure) -> bool:
    """Whether keys of document and clause, and the matter where it is named, mean this measure."""
    if document != document_key(measure.document):
        return False
    if matter and matter != measure.name:
        return False
    return clause == clause_key(measure.clause) if clause else bool(matter)
