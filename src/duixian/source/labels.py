"""Numbers that measure nothing (标记): numbering, references, names, set phrases.

They are recognised on purpose, so that a digit left over is really one that nobody understood.

- Numbering (编号) stands at the head of a line, Markdown marks aside: 一、 （一） 1. 1、 (1); also (1) and 附件2 in a line.
- References (编号): 第三条, 第（二）项, 5号.
- Names (名称) join digits with Latin letters: CMMI3, V2X, 5G, GB/T 4754-2017; also 工业4.0 and 2.0版. ``CMMI3级`` is the name CMMI and 3级.
- Set phrases (习语) have a numeral before a unit and still count nothing; the list is short and grows by need.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from duixian.source.figures import SCALE, UNIT
from duixian.source.numerals import NUMERAL_CHARACTERS

IDIOMS = (
    "第十四个五年规划 第十五个五年规划 三位一体 四位一体 五位一体 一件事 一次办 一次能源 三次产业 五年规划 五年计划 三年行动 "
    "两个维护 两个确立 两个毫不动摇 三个代表 四个全面 四个意识 四个自信"
).split()
IDIOM = "|".join(IDIOMS)

_NUMBER = rf"\(?(?:[0-9]+|[{NUMERAL_CHARACTERS}]+)\)?"
REFERENCE = rf"第{_NUMBER}(?:[、至和-]第?{_NUMBER}){{0,9}}(?:条|款|项|章|节|编|部分)"
ENUMERATION = (
    r"(?<=\()[0-9]{1,2}(?=\))|(?:(?<=附件)|(?<=附表)|(?<=专栏))[0-9]{1,2}(?![0-9])|(?<![0-9.])[0-9]{1,5}号"
)

VERSION = r"(?<=工业)[0-9]\.[0-9](?![0-9])|(?<![0-9.])[0-9]{1,2}\.[0-9]{1,2}(?=版)"
_JOINED = r"(?:[/.+-]?[A-Za-z0-9]){0,40}(?![A-Za-z0-9])"
# Atomic, so that ISO9001家 is never cut to ISO900; letters before a counted figure are left alone: CMMI3级, LNG2艘.
LETTERS_FIRST = rf"(?<![A-Za-z0-9])(?>(?=[A-Za-z/.+-]{{1,40}}[0-9])[A-Za-z]{_JOINED})(?!{SCALE}{UNIT})"
DIGITS_FIRST = rf"(?<![A-Za-z0-9.,])[0-9]+(?:\.[0-9]+)?[A-Za-z]{_JOINED}"

_NUMBERING = re.compile(
    rf"""^[^\S\n]*[#>*·•-]*[^\S\n]*(?P<mark>
      [(（][〇○零一二三四五六七八九十百]{{1,4}}[)）]
    | [(（][0-9０-９]{{1,2}}[)）]
    | [一二三四五六七八九十]{{1,3}}、(?!\s*[一二三四五六七八九十]{{1,3}}\s*[、和及级])
    | [0-9０-９]{{1,2}}、(?!\s*[0-9０-９.]+\s*[、和及])
    | [0-9０-９]{{1,2}}[.．](?![0-9０-９]|\s+[0-9０-９](?![0-9０-９]{{3}}\s*年))
    | [0-9]{{1,2}}(?:\.[0-9]{{1,2}})+(?=\s)(?!\s*{SCALE}{UNIT})
    )""",
    re.MULTILINE | re.VERBOSE,
)
_CONTINUES = tuple("、,，(（")
_LOOK_BACK = 100  # white space and marks between two paragraphs are fewer than this


def find_numbering(text: str) -> Iterator[tuple[int, int]]:
    """Where the original text numbers its paragraphs: spans of the marks, 一、 （二） 3. and the like.

    A line that a page break cut off after 、 or ， goes on with its sentence: what it starts with is no mark.
    """
    for match in _NUMBERING.finditer(text):
        start, end = match.span("mark")
        if not text[max(0, start - _LOOK_BACK) : start].rstrip().endswith(_CONTINUES):
            yield start, end
