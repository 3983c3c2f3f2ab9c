"""What tests of runs share: a small city of enterprises in the registry."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest
from django.conf import settings

from duixian.exchange.demo.write import write_demo_city
from duixian.exchange.tables.facts import read_facts
from duixian.office.accounts.actor import Actor
from duixian.office.accounts.models import Role
from duixian.office.city import city
from duixian.office.registry.import_tables import import_tables
from duixian.rules.fact import Dossier

DAY = date(2026, 12, 31)
"""The day of all runs here: the facts of the demo city end with it."""


DECIDED = {"五级成熟度": "按四级", "先进级以上含义": "含先进级"}
"""What the city's own folder has decided."""


@cache
def demo_facts() -> Path:
    """The fact tables of a demo city of 300 bodies."""
    return write_demo_city(Path(mkdtemp(prefix="duixian-demo-")), enterprises=300).facts


@cache
def demo_dossiers() -> tuple[Dossier, ...]:
    """The same as dossiers."""
    return read_facts(demo_facts(), city()).dossiers


@pytest.fixture
def officer(make_actor: Callable[..., Actor]) -> Actor:
    """A city officer."""
    return make_actor(Role.CITY_OFFICER, "市级经办")


@pytest.fixture
def reviewer(make_actor: Callable[..., Actor]) -> Actor:
    """A city reviewer."""
    return make_actor(Role.CITY_REVIEWER, "市级审核")


@pytest.fixture
def demo_city(officer: Actor) -> tuple[Dossier, ...]:
    """The demo city in the registry."""
    import_tables(officer, "虚构城市", demo_facts())
    return demo_dossiers()


@pytest.fixture
def copy_of_city() -> Callable[[Path], Path]:
    """Copy the city's folder."""
    return lambda into: Path(shutil.copytree(settings.CITY, into))
