"""Every problem has words, in both languages, and no words are left without a problem."""

from __future__ import annotations

import re

from tests.house.problem_codes import codes_given_out, literals
from tests.house.problem_words import LANGUAGES, PARTS, problem_words

_CODE = re.compile(r"[a-z]+(?:-[a-z]+)*\.[a-z0-9]+(?:-[a-z0-9]+)*")


def test_every_code_in_the_source_has_words() -> None:
    silent = sorted(
        f"{code} ({place})" for code, place in codes_given_out().items() if code not in problem_words()
    )
    assert not silent, "no words in src/duixian/wording/problems/*.toml for:\n" + "\n".join(silent)


def test_no_words_are_left_without_a_problem() -> None:
    """A code is written out somewhere, whole or without its room: then it can be searched for."""
    written = codes_given_out().keys() | literals()
    idle = sorted(code for code in problem_words() if not {code, code.partition(".")[2]} & written)
    assert not idle, f"worded, but nowhere in the source: {idle}"


def test_every_problem_says_what_why_and_how_to_mend_it_in_both_languages() -> None:
    assert problem_words(), "src/duixian/wording/problems/ holds no words yet"
    wanted = {(language, part) for language in LANGUAGES for part in PARTS}
    wrong = [
        f"{code}: {'.'.join(key)} is {'missing or empty' if key in wanted else 'unknown'}"
        for code, words in problem_words().items()
        for key in sorted(wanted ^ {key for key, text in words.items() if text.strip()})
    ]
    assert not wrong, "\n".join(wrong)


def test_a_code_names_its_room_and_what_is_wrong() -> None:
    crooked = sorted(code for code in {*problem_words(), *codes_given_out()} if not _CODE.fullmatch(code))
    assert not crooked, f"a code is room.what-is-wrong, in small letters: {crooked}"
