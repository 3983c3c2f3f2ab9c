"""Settings under which the office is tested: the real ones, with a home of their own; ``DATABASE_URL`` chooses the database."""

import os
from pathlib import Path
from tempfile import mkdtemp

ROOT = Path(__file__).resolve().parents[2]
os.environ.setdefault("DUIXIAN_HOME", mkdtemp(prefix="duixian-office-"))
# Tests that run side by side each have a home of their own.
os.environ["DUIXIAN_HOME"] = str(Path(os.environ["DUIXIAN_HOME"], os.environ.get("PYTEST_XDIST_WORKER", "")))
os.environ.setdefault("DUIXIAN_CITY", str(ROOT / "policies" / "lianyungang"))
os.environ.setdefault("DUIXIAN_SECRET_KEY", "for tests alone")

from duixian.office.settings import *  # noqa: E402, F403
