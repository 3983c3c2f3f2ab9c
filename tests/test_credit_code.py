"""Unified social credit codes: what is read, what is refused and why, what may be shown."""

from __future__ import annotations

import contextlib
import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duixian import credit_code
from duixian.credit_code import (
    ALPHABET,
    MAX_SERIAL,
    NotACreditCode,
    Reason,
    SubjectType,
    check_character,
    is_synthetic,
    make_code,
    masked,
    organisation_check_digit,
    organisation_check_holds,
    read_code,
    region_digits,
    subject_type,
)

# Codes met in public documents, of enterprises, one social organisation and one public institution.
MET_IN_PUBLIC = (
    "91110000600037341L",
    "9132070070404786XB",
    "91350100M000100Y43",
    "91430382092581024J",
    "914103057167119596",
    "91340828578527976Q",
    "52100000523000026F",
    "91440300359143307G",
    "91340881MA2MQ0T315",
    "12440600MB2C07549J",
)
TYPES = st.sampled_from(["91", "92", "93", "11", "12", "51", "N2", "A1", "Y1"])
REGIONS = st.integers(min_value=100_000, max_value=999_999).map(str)
CODES = st.builds(make_code, TYPES, REGIONS, st.integers(min_value=0, max_value=MAX_SERIAL))


def reason_for(text: str) -> Reason:
    with pytest.raises(NotACreditCode) as refusal:
        read_code(text)
    assert not text.strip() or text.strip() not in str(refusal.value)
    return refusal.value.reason


def identity_number(first17: str) -> str:
    """An identity number in form; the region digits used in these tests belong to no place."""
    total = sum(int(digit) * pow(2, 17 - i, 11) for i, digit in enumerate(first17))
    return first17 + "10X98765432"[total % 11]


def test_the_examples_in_the_docstrings_hold() -> None:
    assert doctest.testmod(credit_code).failed == 0


@pytest.mark.parametrize("code", MET_IN_PUBLIC)
def test_codes_from_public_documents_are_read_unchanged(code: str) -> None:
    assert read_code(code) == code
    assert check_character(code[:17]) == code[17]
    assert organisation_check_holds(code)


def test_the_check_character_of_the_reference_vectors() -> None:
    assert check_character("9132070070404786X") == "B"
    assert check_character("N2320706MF0000000") == "P"


@pytest.mark.parametrize(
    "written",
    [
        "９１３２０７００７０４０４７８６ＸＢ",
        "9132070070404786xb",
        "913207-00704 04786XB\n",
        "\ufeff'9132 0700　7040－4786XＢ’",
    ],
)
def test_width_case_spaces_hyphens_and_quotes_are_forgiven(written: str) -> None:
    assert read_code(written) == "9132070070404786XB"


def test_a_code_whose_inner_digit_breaks_gb_11714_is_read_and_can_be_noticed() -> None:
    assert read_code("91520421MA6DJ09246") == "91520421MA6DJ09246"
    assert not organisation_check_holds("91520421MA6DJ09246")
    assert organisation_check_digit("MA6DJ092") == "7"


@pytest.mark.parametrize("code", ["91350100M0001TGQXM", "91350203M0001QKT19", "91350200M000000510"])
def test_codes_of_the_fujian_trial_are_refused_like_any_wrong_check_character(code: str) -> None:
    assert reason_for(code) is Reason.CHECK_CHARACTER


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", Reason.EMPTY),
        (" 　\t", Reason.EMPTY),
        ("9.1320700E+17", Reason.NUMBER),
        ("913207007040478600.0", Reason.NUMBER),
        ("9132070070404786X", Reason.LENGTH),
        ("9132070070404786XBB", Reason.LENGTH),
        ("320700000012345", Reason.LENGTH),
        ("连云港天邦科技开发有限公司", Reason.LENGTH),
        ("9132070O70404786XB", Reason.ALPHABET),
        ("91320700704O4786XB", Reason.ALPHABET),
        ("9132070070404786*B", Reason.ALPHABET),
        ("91320700704٠4786XB", Reason.ALPHABET),
        ("91A2070070404786XB", Reason.REGION),
        ("910207007040478612", Reason.REGION),
        ("9132070070404786XC", Reason.CHECK_CHARACTER),
        ("9132070070404768XB", Reason.CHECK_CHARACTER),
    ],
)
def test_each_refusal_says_its_reason(text: str, reason: Reason) -> None:
    assert reason_for(text) is reason


def test_a_foreign_character_is_told_by_its_place_never_by_the_text() -> None:
    with pytest.raises(NotACreditCode) as refusal:
        read_code("91320700704O4786XB")
    assert refusal.value.position == 12
    assert str(refusal.value) == "含有不允许的字符（第12位）"


def test_an_identity_number_is_called_by_its_name() -> None:
    assert reason_for(identity_number("99000019000101001")) is Reason.IDENTITY_NUMBER
    by_chance_right = next(
        number
        for serial in range(1000)
        if (number := identity_number(f"363232201901{serial // 10 % 9 + 1:02d}{serial:03d}"))
        and check_character(number[:17]) == number[17]
    )
    assert reason_for(by_chance_right) is Reason.IDENTITY_NUMBER


def test_a_check_character_is_computed_from_seventeen_characters_only() -> None:
    with pytest.raises(NotACreditCode):
        check_character("913207")
    with pytest.raises(NotACreditCode):
        check_character("9132070070404786I")
    with pytest.raises(NotACreditCode):
        organisation_check_digit("7040478")


@pytest.mark.parametrize(
    ("pair", "kind"),
    [
        ("91", SubjectType.ENTERPRISE),
        ("92", SubjectType.SOLE_TRADER),
        ("93", SubjectType.FARMERS_COOPERATIVE),
        ("11", SubjectType.STATE_ORGAN),
        ("12", SubjectType.PUBLIC_INSTITUTION),
        ("51", SubjectType.SOCIAL_ORGANISATION),
        ("N2", SubjectType.RURAL_COLLECTIVE),
        ("31", SubjectType.OTHER),
        ("Y1", SubjectType.OTHER),
        ("54", SubjectType.OTHER),
    ],
)
def test_the_first_pair_tells_the_kind_of_body(pair: str, kind: SubjectType) -> None:
    assert subject_type(make_code(pair, "320706", 7)) is kind


def test_the_region_is_that_of_the_registering_office() -> None:
    assert region_digits("9132070070404786XB") == "320700"


@given(CODES)
def test_made_codes_keep_both_check_digits_and_are_marked(code: str) -> None:
    assert read_code(code) == code
    assert organisation_check_holds(code)
    assert is_synthetic(code)


@given(st.sets(st.integers(min_value=0, max_value=MAX_SERIAL), min_size=2, max_size=20))
def test_different_serials_make_different_codes(serials: set[int]) -> None:
    assert len({make_code("91", "320706", serial) for serial in serials}) == len(serials)


@pytest.mark.parametrize(
    ("pair", "region", "serial"),
    [
        ("91", "320706", -1),
        ("91", "320706", MAX_SERIAL + 1),
        ("9", "320706", 1),
        ("9I", "320706", 1),
        ("91", "3207", 1),
    ],
)
def test_codes_are_not_made_from_arguments_out_of_bounds(pair: str, region: str, serial: int) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - NotACreditCode is one
        make_code(pair, region, serial)


@given(CODES, st.data())
def test_one_mistyped_character_is_always_noticed(code: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(min_value=0, max_value=17))
    other = data.draw(st.sampled_from(ALPHABET).filter(lambda char: char != code[place]))
    with pytest.raises(NotACreditCode):
        read_code(code[:place] + other + code[place + 1 :])


@given(CODES, st.integers(min_value=0, max_value=16))
def test_two_swapped_neighbours_are_always_noticed(code: str, place: int) -> None:
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    if swapped != code:
        with pytest.raises(NotACreditCode):
            read_code(swapped)


@given(st.text() | st.text(alphabet=ALPHABET, min_size=18, max_size=18))
def test_any_text_is_read_or_refused_and_reading_twice_changes_nothing(text: str) -> None:
    with contextlib.suppress(NotACreditCode):
        assert read_code(read_code(text)) == read_code(text)


def test_codes_of_enterprises_are_shown_and_codes_of_sole_traders_masked() -> None:
    assert masked("9132070070404786XB") == "9132070070404786XB"
    trader = make_code("92", "320706", 12)
    assert masked(trader) == f"92320706********{trader[16:]}"
    institution = make_code("12", "320706", 12)
    assert masked(institution) == institution


def test_a_mistyped_enterprise_code_stays_readable() -> None:
    assert masked("91320700704O4786XB") == "91320700704O4786XB"
    assert masked("9132070070404786X") == "9132070070404786X"


@pytest.mark.parametrize("text", ["6222000000000000000", "92320706XN00001B", "11132319800101001X"])
def test_of_a_number_that_may_point_at_a_person_only_its_kind_is_shown(text: str) -> None:
    assert masked(text) == text[:2] + "*" * (len(text) - 2)


@pytest.mark.parametrize("text", ["13900000000", "某某", "91某某某某某某某某某某某某某", "912345"])
def test_of_other_texts_nothing_is_shown(text: str) -> None:
    assert masked(text) == "*" * len(text)


def test_a_long_cell_is_shown_short() -> None:
    assert masked("某" * 1000) == "*" * 20
    assert masked("6" * 1000) == "66" + "*" * 18


@pytest.mark.parametrize("first17", ["99000019000101001", "91113119810803002"])
def test_an_identity_number_is_starred_out_whatever_it_begins_with(first17: str) -> None:
    number = identity_number(first17)
    assert masked(number) == number[:2] + "*" * 16


def test_a_right_code_that_may_be_an_identity_number_is_starred_out() -> None:
    ambiguous = next(
        number
        for serial in range(1000)
        if (number := identity_number(f"113232201901{serial // 10 % 9 + 1:02d}{serial:03d}"))
        and check_character(number[:17]) == number[17]
    )
    assert read_code(ambiguous) == ambiguous
    assert masked(ambiguous) == "11" + "*" * 16
