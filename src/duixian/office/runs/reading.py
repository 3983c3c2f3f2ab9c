"""Reading runs (查阅批次): what an account may see of them; every reading of one enterprise's results is told."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from duixian.office.accounts.actor import Actor
from duixian.office.accounts.models import Role
from duixian.office.accounts.permissions import demand
from duixian.office.acting import acting, tell
from duixian.office.city import city
from duixian.office.kept_query import KeptQuery
from duixian.office.refusal import NotThere
from duixian.office.runs.compare import Difference, difference
from duixian.office.runs.explain import Explanation, explain_row
from duixian.office.runs.models import Ruling, Run, StoredDetermination
from duixian.office.runs.verify import verify
from duixian.wording import Language


def runs(actor: Actor) -> QuerySet[Run]:
    """All runs, the newest first."""
    demand(actor, "run.read")
    return Run.objects.all()


def run_of(actor: Actor, run_id: int) -> Run:
    """One run.

    Raises:
        NotThere: when there is none.
    """
    demand(actor, "run.read")
    return _run(run_id)


def rulings(actor: Actor) -> QuerySet[Ruling]:
    """All rulings, the newest first."""
    demand(actor, "ruling.read")
    return Ruling.objects.select_related("proposed_by", "signature__signed_by").order_by("-id")


def ruling_of(actor: Actor, ruling_id: int) -> Ruling:
    """One ruling.

    Raises:
        NotThere: when there is none.
    """
    found = rulings(actor).filter(pk=ruling_id).first()
    if found is None:
        raise NotThere("not-there", "没有找到", why="没有这项口径决定")
    return found


def determinations(
    actor: Actor, run_id: int, *, enterprise: str = "", outcome: str = "", clause: str = "", area: str = ""
) -> QuerySet[StoredDetermination]:
    """The determinations of a run that an account may see: an enterprise its own, a county officer those of his area."""
    demand(actor, "determination.read", area=actor.area, enterprise=actor.enterprise)
    found = _run(run_id).determinations.order_by("position")
    if actor.is_enterprise:
        found = found.filter(enterprise=actor.enterprise)
    elif actor.role == Role.COUNTY_OFFICER:
        found = found.filter(area__in=_areas_within(actor.area))
    wanted = {"enterprise": enterprise, "outcome": outcome, "clause": clause, "area": area}
    found = found.filter(**{name: value for name, value in wanted.items() if value})
    if enterprise:
        with acting():
            tell(actor, "determination.read", run_id, enterprise=enterprise)
    return found


def explained(actor: Actor, run_id: int, position: int, lang: Language = Language.CHINESE) -> Explanation:
    """The calculation of one determination: it shows what is known of the enterprise, so reading it is told.

    Raises:
        NotThere: when there is no such row, or it is not the account's to see.
        Clash: when it cannot be told again as it was kept.
    """
    with acting():
        row = _ROW.first(run_id, position)
        if row is None:
            raise NotThere("not-there", "没有找到", why="本批次没有这一条结果")
        demand(actor, "determination.explain", area=row.area, enterprise=row.enterprise)
        tell(actor, "determination.explain", row, enterprise=row.enterprise, detail={"run": run_id})
        return explain_row(row, lang)


_ROW = KeptQuery(
    lambda run, position: StoredDetermination.objects.filter(run=run, position=position).select_related("run")
)


def compared(actor: Actor, old_id: int, new_id: int) -> Difference:
    """What differs between two runs."""
    demand(actor, "run.compare")
    with acting():
        tell(actor, "run.compare", new_id, detail={"old": old_id})
    return difference(_run(old_id), _run(new_id))


def verified(actor: Actor, run_id: int) -> list[str]:
    """What recomputing a run complains of."""
    demand(actor, "run.verify")
    return verify(_run(run_id))


def latest_run(on_or_before: date | None = None) -> Run | None:
    """The newest finished run, of that day or earlier where one is named."""
    found = Run.objects.filter(state="finished").order_by("-id")
    return (found if on_or_before is None else found.filter(as_of__lte=on_or_before)).first()


def _run(run_id: int) -> Run:
    found = Run.objects.filter(pk=run_id).first()
    if found is None:
        raise NotThere("not-there", "没有找到", why="没有这个认定批次")
    return found


def _areas_within(area: str) -> list[str]:
    region = city().region
    return [name for name in region.areas if region.lies_in(name, frozenset((area,)))]
