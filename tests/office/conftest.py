"""What tests of the office share: an account in every role, and how to act as one."""

from __future__ import annotations

from collections.abc import Callable
from shutil import rmtree

import pytest
from django.conf import settings

from duixian.office.accounts.actor import Actor, actor_of
from duixian.office.accounts.models import Role, User

AREA, OTHER_AREA = "东海县", "灌云县"
"""Two counties of the real city: own and other."""
CODE = "91320722MA1XXXXX0T"


@pytest.fixture(autouse=True)
def _no_anchors_of_other_tests() -> None:
    """What a test takes back from the database it leaves in the home: anchors of a chain that is no more."""
    rmtree(settings.HOME / "anchors", ignore_errors=True)


@pytest.fixture
def make_user(db: None) -> Callable[..., User]:
    """Make an account without a password: ``make_user(Role.CITY_OFFICER, name="甲")``."""

    def make(role: str, name: str = "", *, area: str = "", enterprise: str = "") -> User:
        if role == Role.COUNTY_OFFICER:
            area = area or AREA
        if role == Role.ENTERPRISE:
            enterprise = enterprise or CODE
        user = User(username=name or str(role), role=role, area=area, enterprise_code=enterprise)
        user.set_unusable_password()
        user.save()
        return user

    return make


@pytest.fixture
def make_actor(make_user: Callable[..., User]) -> Callable[..., Actor]:
    """Make an account and act as it."""
    return lambda *arguments, **named: actor_of(make_user(*arguments, **named))
