"""The table of states holds together, and its page says what it says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from duixian.office.accounts.models import Role
from duixian.office.accounts.permissions import SYSTEM_ROLE
from duixian.office.awards.models import ENDED, Mode, State
from duixian.office.awards.states import DECISIONS, TABLE, Need, page, roles_of, rows_of
from tests.house.tree import ROOT


def test_the_page_of_states_is_in_step_with_the_table(golden: Callable[[str | Path, str], None]) -> None:
    golden(ROOT / "docs" / "reference" / "states.md", page())


def test_every_state_can_be_reached_and_left_unless_it_is_an_end() -> None:
    reached = {row.target for row in TABLE if row.target}
    left = {state for row in TABLE for state in row.sources if row.target}
    assert reached == set(State)
    assert set(State) - left == set(ENDED)


@pytest.mark.parametrize("mode", list(Mode))
@pytest.mark.parametrize("is_scored", [True, False])
@pytest.mark.parametrize("state", ["", *State])
def test_one_action_by_one_role_leads_to_one_place(state: str, mode: str, is_scored: bool) -> None:
    rows = [(row.action, role) for row in rows_of(state, mode, is_scored) for role in row.roles]
    assert len(rows) == len(set(rows))


def test_the_administrator_and_the_auditor_move_nothing() -> None:
    assert not any({Role.ADMINISTRATOR, Role.AUDITOR} & row.roles for row in TABLE)


def test_the_system_decides_nothing_and_neither_does_the_enterprise() -> None:
    assert not any({SYSTEM_ROLE, Role.ENTERPRISE} & roles_of(action) for action in DECISIONS)


def test_every_way_to_money_asks_for_the_notice() -> None:
    ways = [row for row in TABLE if row.target in (State.APPROVED, State.IN_PAYMENT, State.PAID)]
    assert {row.action for row in ways if Need.NOTICE_RAN not in row.needs} == {"cancel"}


def test_every_refusal_return_override_and_claim_asks_for_a_reason() -> None:
    asked = {row.action for row in TABLE if Need.REASON in row.needs}
    assert {
        "refuse",
        "correct",
        "override_exclusion",
        "stand_in",
        "claim",
        "reopen",
        "renew",
        "unpublish",
    } <= asked
