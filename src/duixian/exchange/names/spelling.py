"""One spelling for names that differ only in typography (书写统一), and one wording for a legal form written two ways.

Neither step can join two names that the register keeps apart by their words: characters are unified, never guessed.

>>> one_spelling("连云港 ＡＢＣ（中国）“科技”有限责任公司。")
'连云港abc(中国)科技有限责任公司'
>>> one_legal_form("连云港甲有限责任公司")
'连云港甲有限公司'
"""

from __future__ import annotations

import unicodedata

_UNIFIED = str.maketrans(
    {
        **dict.fromkeys("[{〔【〖〈<⟨", "("),
        **dict.fromkeys("]}〕】〗〉>⟩", ")"),
        **dict.fromkeys("・•‧∙⋅●.", "·"),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("\"'`“”‘’„‟「」『』《》〝〞", None),
        **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad", None),
    }
)
_TRAILING = "。;,、:·*※"


def one_spelling(name: str) -> str:
    """The name with one width, one kind of bracket, dot and hyphen; no spaces, quotes, capitals or trailing marks.

    NFKC also mends the look-alike radicals that copying from PDF leaves (⼯ for 工).
    """
    unified = unicodedata.normalize("NFKC", name).casefold().translate(_UNIFIED)
    return "".join(unified.split()).rstrip(_TRAILING)


def one_legal_form(spelling: str) -> str:
    """The spelling with 有限责任公司 as 有限公司 and 股份有限公司 as 股份公司.

    公司法 (2023) 第七条 lets a company bear either wording for one and the same form.
    """
    return spelling.replace("有限责任公司", "有限公司").replace("股份有限公司", "股份公司")
