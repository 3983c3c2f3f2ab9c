"""Who may do what: the table equals its page, and every route answers every role as the table says, about one's own things and others'."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from duixian.office.accounts.actor import Actor, actor_of
from duixian.office.accounts.models import Role, User
from duixian.office.accounts.permissions import Action, Reach, all_actions, is_allowed
from duixian.office.accounts.tokens import issue
from duixian.office.api.acts import PUBLIC, Route, routes
from duixian.office.api.root import api
from tests.office.awards.conftest import scene as scene
from tests.office.awards.scene import AREA, CODE, OTHER_AREA, OTHER_CODE, Scene
from tests.office.permission_page import ALL, COLUMNS, NONE, OWN, PAGE, permission_page, told_on_page
from tests.office.trials.trial import Build, Stage, Trial

ROUTES = {f"{each.method} {each.path}": each for each in routes(api)}
TRIALS: dict[str, Build] = {}
for _file in sorted((Path(__file__).parent / "trials").glob("*.py")):
    TRIALS.update(getattr(import_module(f"tests.office.trials.{_file.stem}"), "TRIALS", {}))
STRANGER = "stranger"
CALLERS: dict[str, tuple[str, bool]] = {
    **{role.value: (role.value, True) for role in Role},
    "another enterprise": (Role.ENTERPRISE, False),
    "another county": (Role.COUNTY_OFFICER, False),
}
"""Who calls, in which role, and whether the thing is his own."""
CHANGED_BY_AUDITORS = {
    "account.read_own", "account.change_password", "second_factor.enrol", "second_factor.remove", "token.issue", "token.revoke",
    "audit.verify", "audit.anchor", "evaluation.run",
}  # fmt: skip
"""What an auditor does other than reading: with his own account, with the chain, and calculations that store nothing."""


# ── The table and its page ──────────────────────────────────────────────────────────────────────────────────────────────


def test_the_page_of_permissions_is_in_step_with_the_actions_and_routes(
    golden: Callable[[Path, str], None],
) -> None:
    golden(PAGE, permission_page())


@pytest.mark.parametrize("action", all_actions().values(), ids=lambda each: each.name)
def test_every_role_may_do_what_the_page_says_to_his_own_and_to_others_things(action: Action) -> None:
    told = told_on_page()
    for role in COLUMNS:
        actor = Actor(
            1,
            role,
            role,
            AREA if role == Role.COUNTY_OFFICER else "",
            "",
            CODE if role == Role.ENTERPRISE else "",
        )
        own = is_allowed(actor, action.name, area=AREA, enterprise=CODE)
        other = is_allowed(actor, action.name, area=OTHER_AREA, enterprise=OTHER_CODE)
        said = {(False, False): NONE, (True, False): OWN, (True, True): ALL}[own, other]
        assert said == told[action.name, role], (action.name, role)


def test_an_auditor_changes_nothing() -> None:
    changing = [
        f"{route.method} {route.path}"
        for route in ROUTES.values()
        if route.method != "GET" and route.action not in (PUBLIC, *CHANGED_BY_AUDITORS)
        if Role.AUDITOR in all_actions()[route.action].roles
    ]
    assert not changing


def test_an_administrator_decides_on_no_money() -> None:
    deciding = [
        each.name
        for each in all_actions().values()
        if Role.ADMINISTRATOR in each.roles
        if each.name.split(".")[0] not in ("account", "second_factor", "token", "audit", "holiday")
    ]
    assert not deciding


# ── The routes ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_route_names_an_action_of_the_table() -> None:
    astray = [
        name for name, each in ROUTES.items() if each.action != PUBLIC and each.action not in all_actions()
    ]
    assert not astray, "@acts(…) is missing, or names what no room's actions.py lists:\n" + "\n".join(astray)


def test_every_route_has_a_trial_and_every_trial_a_route() -> None:
    missing = sorted(ROUTES.keys() - TRIALS.keys())
    assert not missing, "no entry in tests/office/trials/:\n" + "\n".join(missing)
    assert not sorted(TRIALS.keys() - ROUTES.keys()), "trials of routes that there are not"


@pytest.mark.django_db
@pytest.mark.parametrize("name", [name for name in ROUTES if name in TRIALS])
def test_every_route_answers_every_role_as_the_table_says(
    name: str, scene: Scene, make_user: Callable[..., User], settings: LazySettings, tmp_path: Path
) -> None:
    settings.HOME, settings.FILES = tmp_path, tmp_path / "files"
    settings.SIGN_IN_REQUESTS_PER_MINUTE = settings.PUBLIC_REQUESTS_PER_MINUTE = 1_000
    settings.PUBLIC_CALCULATIONS_PER_MINUTE = 1_000
    cache.clear()
    route, trial = ROUTES[name], TRIALS[name](Stage(scene))
    astray = [
        f"{caller}: {answer.status_code} {_code(answer)} instead of {sorted(wanted)}"
        for caller in (STRANGER, *CALLERS)
        for wanted in [_wanted(route, trial, caller)]
        for answer in [_answer(route, trial, caller, make_user)]
        if answer.status_code not in wanted
    ]
    assert not astray, name + "\n" + "\n".join(astray)


def _wanted(route: Route, trial: Trial, caller: str) -> frozenset[int]:
    """The statuses that the table allows."""
    if route.action == PUBLIC:
        return trial.done | ({401} if trial.by_session and caller == STRANGER else frozenset())
    if caller == STRANGER:
        return frozenset({401})
    role, is_own = CALLERS[caller]
    action = all_actions()[route.action]
    is_others = not is_own and not trial.is_nobodys
    if role not in action.roles:
        # Who may not, and need not know that it is there, may learn either.
        return frozenset({403, 404} if is_others else {403})
    if is_others and action.reach is Reach.OWN_AREA:
        return frozenset({404})
    return trial.done


def _answer(route: Route, trial: Trial, caller: str, make_user: Callable[..., User]) -> Any:
    """What a caller gets; afterwards everything is as before."""
    with transaction.atomic():
        answer = _asked(route, trial, None if caller == STRANGER else _account(caller, make_user))
        transaction.set_rollback(True)
    return answer


def _account(caller: str, make_user: Callable[..., User]) -> User:
    """An account that has done nothing yet, so that no other rule than the table stands in its way."""
    role, is_own = CALLERS[caller]
    area = {True: AREA, False: OTHER_AREA}[is_own] if role == Role.COUNTY_OFFICER else ""
    enterprise = {True: CODE, False: OTHER_CODE}[is_own] if role == Role.ENTERPRISE else ""
    return make_user(role, f"来访-{caller.replace(' ', '-')}", area=area, enterprise=enterprise)


def _asked(route: Route, trial: Trial, user: User | None) -> HttpResponse:
    client, headers = Client(), {}
    body, path = trial.body, trial.path
    if user is not None:
        body = trial.body_of(user) if trial.body_of else body
        path = path(user) if callable(path) else path
        if trial.by_session:
            client.force_login(user)
        else:
            headers["Authorization"] = f"Bearer {issue(actor_of(user), '尝试').text}"
    known = path if not callable(path) else {"token_id": 1}
    address = f"/api/v1{route.path.format(**known)}?{trial.query}"
    if trial.form is not None:
        return client.post(address, trial.form, headers=headers)  # type: ignore[return-value]
    text = "" if body is None else json.dumps(body, ensure_ascii=False, default=str)
    return client.generic(route.method, address, text, "application/json", headers=headers)  # type: ignore[return-value]


def _code(answer: Any) -> str:
    try:
        return str(json.loads(answer.content).get("code", ""))
    except (ValueError, AttributeError):
        return ""
