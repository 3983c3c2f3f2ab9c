"""Documents in time (有效期): days on which two apply, days between them on which none does, periods that are empty.

Why: in December 2025 both documents of the demo city apply, and each project can be brought under either; a gap would leave
events under no policy at all. Whether a document has run out depends on a day that somebody names: see :func:`expired`.

Example: 2023-08-10—2025-12-31 and 2025-12-01—2028-12-01 share 31 days.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations, pairwise

from duixian.checks.finding import finding
from duixian.checks.window import Window, holding_window, other_windows
from duixian.errors import Problem
from duixian.rules.policy import City, Policy


def check_validity(city: City) -> list[Problem]:
    """Empty periods, shared days, and days between documents."""
    problems = [problem for policy in city.policies for problem in _empty(policy, city)]
    filled = [policy for policy in city.policies if holding_window(policy, city.decisions).days]
    for one, two in combinations(filled, 2):
        problems += _shared(one, two, city)
    in_time = sorted(filled, key=lambda policy: holding_window(policy, city.decisions).first)
    problems += _between(in_time, city)
    return problems


def expired(city: City, on: date) -> list[Problem]:
    """Documents that say 有效 and had run out by that day (已过有效期)."""
    return [
        finding(
            "checks.document-expired",
            policy.validity.place,
            holding_window(policy, city.decisions).last.isoformat(),
            on.isoformat(),
            clause=policy.validity.clause,
            document=policy.number,
        )
        for policy in city.policies
        if policy.head.status == "有效" and holding_window(policy, city.decisions).last < on
    ]


def _empty(policy: Policy, city: City) -> Iterator[Problem]:
    windows = {"—": holding_window(policy, city.decisions), **other_windows(policy, city.decisions)}
    for option, window in windows.items():
        if not window.days and policy.validity.clause:
            yield finding(
                "checks.validity-empty",
                policy.validity.place,
                str(window),
                clause=policy.validity.clause,
                document=policy.number,
                option=option,
            )


def _shared(one: Policy, two: Policy, city: City) -> Iterator[Problem]:
    """Days on which both apply, if they are about the same kinds of facts."""
    kinds = {measure.kind for measure in one.measures} & {measure.kind for measure in two.measures}
    shared = holding_window(one, city.decisions).meets(holding_window(two, city.decisions))
    if shared.days and kinds:
        yield finding(
            "checks.validity-overlap",
            two.validity.place,
            str(shared),
            clause=two.validity.clause,
            document=two.number,
            other=one.number,
            other_clause=one.validity.clause,
            days=str(shared.days),
            kinds="、".join(sorted(kinds)),
            options=_under_options(one, two, city),
        )


def _under_options(one: Policy, two: Policy, city: City) -> str:
    """How many days are shared under each option that does not hold."""
    windows = [
        *((name, window, two) for name, window in other_windows(one, city.decisions).items()),
        *((name, window, one) for name, window in other_windows(two, city.decisions).items()),
    ]
    told = [(name, window.meets(holding_window(other, city.decisions))) for name, window, other in windows]
    return "；".join(f"{name}：{shared.days}" for name, shared in told) or "—"


def _between(in_time: list[Policy], city: City) -> Iterator[Problem]:
    latest: Window | None = None
    for one, two in pairwise(in_time):
        earlier = holding_window(one, city.decisions)
        latest = earlier if latest is None or earlier.last > latest.last else latest
        gap = Window(
            latest.last + timedelta(days=1), holding_window(two, city.decisions).first - timedelta(days=1)
        )
        if gap.days:
            yield finding(
                "checks.validity-gap",
                two.validity.place,
                str(gap),
                clause=two.validity.clause,
                document=two.number,
                other=one.number,
                days=str(gap.days),
            )
