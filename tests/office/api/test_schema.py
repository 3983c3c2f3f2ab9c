"""The whole API as a stranger and as every role sees it: no bug, and every answer as the document says.

schemathesis makes requests from the document, the same ones in every run; everybody asks each of them. Numbers in paths are often those
of things that are there.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import schemathesis
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from duixian.office.accounts.actor import actor_of
from duixian.office.accounts.models import Role, User
from duixian.office.accounts.tokens import issue
from duixian.office.treasury.models import Payer
from tests.office.treasury.world import CODES, COUNTY, make_world

pytestmark = pytest.mark.django_db
EXAMPLES = 2
CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance, response_headers_conformance,
    response_schema_conformance,
]  # fmt: skip
SMALL = 4
"""Of everything that is made below there are about so many, numbered from 1."""


def _operations() -> list[Any]:
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    return [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]


OPERATIONS = _operations()


@pytest.fixture(scope="module")
def askers(django_db_setup: None, django_db_blocker: Any) -> Iterator[list[dict[str, str]]]:
    """The headers under which everybody asks; there are things to ask for. All of it goes when the last test has ended."""
    with django_db_blocker.unblock(), _one_connection(), transaction.atomic():
        _make_things()
        yield [{}, *(_token(role) for role in Role)]
        transaction.set_rollback(True)


@contextmanager
def _one_connection() -> Iterator[None]:
    """Requests keep the connection, as with Django's own test client: it would be closed within our transaction."""
    signals = (request_started, request_finished)
    for each in signals:
        each.disconnect(close_old_connections)
    yield
    for each in signals:
        each.connect(close_old_connections)


def _make_things() -> None:
    world = make_world()
    world.grant(10**9)
    world.grant(10**9, level="county", area=COUNTY)
    world.paid(world.award(300_000_00))
    world.ordered([world.award(200_000_00)])
    world.published([world.award(100_000_00)], payer=Payer.CITY)
    world.award(50_000_00)


def _token(role: str) -> dict[str, str]:
    user = User.objects.create(
        username=f"schema-{role}", role=role, area=COUNTY if role == Role.COUNTY_OFFICER else "",
        enterprise_code=CODES[0] if role == Role.ENTERPRISE else "",
    )  # fmt: skip
    return {"Authorization": f"Bearer {issue(actor_of(user), 'schema').text}"}


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: each.label)
def test_every_answer_is_as_the_document_says(
    operation: Any, askers: list[dict[str, str]], settings: Any
) -> None:
    for name in ("PUBLIC_REQUESTS", "PUBLIC_CALCULATIONS", "SIGN_IN_REQUESTS"):
        setattr(settings, f"{name}_PER_MINUTE", 10**9)
    cache.clear()
    _ask(operation, askers)


def _ask(operation: Any, askers: list[dict[str, str]]) -> None:
    @settings(
        max_examples=EXAMPLES, derandomize=True, database=None, deadline=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck), report_multiple_bugs=False,
    )  # fmt: skip
    @given(case=operation.as_strategy(), number=st.integers(1, SMALL))
    def ask(case: Any, number: int) -> None:
        for name, given_number in (case.path_parameters or {}).items():
            if isinstance(given_number, int):
                case.path_parameters[name] = number
        for headers in askers:
            with transaction.atomic():
                answer = case.call(headers=headers)
                case.validate_response(answer, checks=CHECKS)

    ask()
