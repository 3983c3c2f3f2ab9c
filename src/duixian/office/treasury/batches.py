"""Batches (兑付批次): awards put together, α computed and computed again while a draft, published by another person, then frozen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import QuerySet
from django.utils import timezone

from duixian.office.accounts.actor import Actor
from duixian.office.accounts.permissions import demand
from duixian.office.acting import acting, tell
from duixian.office.awards.models import Award, State
from duixian.office.city import city
from duixian.office.refusal import Clash, NotAllowed, NotThere, Refusal, Stale
from duixian.office.treasury.ledger import lock_accounts
from duixian.office.treasury.models import Batch, BatchLine, BatchState, LedgerAccount, Payer, PaymentOrder
from duixian.office.treasury.rating import Rated, budgets_hit, rate_lines

LINE_FIELDS = (
    "payable_fen", "city_fen", "county_fen", "city_part", "county_part", "remainder", "basis", "area", "city_budget",
    "county_budget",
)  # fmt: skip


def make_batch(
    actor: Actor,
    *,
    title: str,
    document: str,
    year: int,
    payer: str = Payer.EACH,
    awards: Sequence[int] | None = None,
) -> Batch:
    """Put approved awards of one document together, to be paid from the budgets of one year (编制批次).

    Without ``awards``: all that are approved and in no batch. α is not computed yet.
    """
    with acting():
        demand(actor, "batch.make")
        if document not in {policy.number for policy in city().policies}:
            raise Refusal("unknown-document", "没有这个文号的政策", fix="请选择本市已录入的政策文件")
        if payer not in Payer.values or not title.strip():
            raise Refusal("bad-batch", "批次填写不完整", why="要有名称和支付方式", fix="请补全后再编制")
        batch = Batch.objects.create(
            title=title.strip(), document=document, year=year, payer=payer, made_by_id=actor.account_id
        )
        _put_in(batch, _waiting(document) if awards is None else awards)
        tell(actor, "batch.make", batch, detail={"awards": batch.lines.count(), "year": year, "payer": payer})
    return batch


def add_awards(actor: Actor, batch_id: int, awards: Sequence[int], *, version: int | None = None) -> Batch:
    """Put more awards into a draft (列入); its rate is open again."""
    with acting():
        demand(actor, "batch.make")
        batch = _own_draft(actor, batch_id, version)
        _put_in(batch, awards)
        _reopen(batch)
        tell(actor, "batch.add", batch, detail={"awards": sorted(awards)})
    return batch


def take_out(actor: Actor, batch_id: int, award_id: int, *, reason: str, version: int | None = None) -> Batch:
    """Take an award out of a batch (移出), as long as nothing of it is ordered; what the others get stays as published."""
    with acting():
        demand(actor, "batch.make")
        batch = lock_batch(batch_id, version)
        if not reason.strip():
            raise Refusal("reason-missing", "没有写明理由", why="移出要说明理由", fix="请填写理由")
        award = (
            Award.objects.select_for_update(no_key=True).filter(pk=award_id, batch_line__batch=batch).first()
        )
        if award is None:
            raise NotThere("not-there", "该批次没有这一项")
        if PaymentOrder.objects.filter(award=award).exists():
            raise Clash("already-ordered", "该项已下达支付令", why="下达后不能移出批次", fix="可撤销支付令")
        BatchLine.objects.filter(award=award).delete()
        if batch.state == BatchState.DRAFT:
            _reopen(batch)
        else:
            _touch(batch)
        tell(actor, "batch.take-out", batch, enterprise=award.enterprise_id, detail={"award": award.pk})
    return batch


def compute_rate(actor: Actor, batch_id: int, *, version: int | None = None) -> Batch:
    """Compute α of a draft, and what is payable of each award (测算系数).

    Raises:
        Clash: ``not-draft``, ``empty-batch``, ``award-not-approved``, ``no-budget``, ``share-unknown``, ``share-differs``, ``no-money``.
    """
    with acting():
        demand(actor, "batch.make")
        batch = _draft(batch_id, version)
        rated = _rated(batch)
        BatchLine.objects.bulk_update(rated.lines, LINE_FIELDS)
        batch.rate_numerator, batch.rate_denominator = rated.rate.numerator, rated.rate.denominator
        _touch(batch)
        tell(actor, "batch.compute", batch, detail={"rate": str(rated.rate)})
    return batch


def publish_rate(actor: Actor, batch_id: int, *, version: int | None = None) -> Batch:
    """Publish α (公布系数): from now on it stands, and its awards may be ordered. Who made the batch does not publish it.

    Raises:
        Clash: ``not-draft``; ``rate-missing``; ``rate-outdated`` when money or awards have changed since α was computed.
        NotAllowed: ``own-entry``.
    """
    with acting():
        demand(actor, "batch.publish")
        batch = lock_batch(batch_id, version)
        if batch.state == BatchState.PUBLISHED and batch.published_by_id == actor.id:
            return batch
        _demand_draft(batch)
        if batch.made_by_id == actor.account_id:
            raise NotAllowed(
                "own-entry", "不能公布自己编制的批次", why="编制与公布须由两人经办", fix="请由另一人公布"
            )
        if batch.rate_numerator is None:
            raise Clash("rate-missing", "还没有测算系数", why="公布的系数必须先测算", fix="请先测算系数")
        _demand_current(batch)
        batch.state = BatchState.PUBLISHED
        batch.published_by_id, batch.published_at = actor.id, timezone.now()
        _touch(batch)
        tell(
            actor, "batch.publish", batch, detail={"rate": f"{batch.rate_numerator}/{batch.rate_denominator}"}
        )
    return batch


def batches(actor: Actor) -> QuerySet[Batch]:
    """All batches, the newest first (批次列表)."""
    demand(actor, "batch.read")
    return Batch.objects.order_by("-pk")


def read_batch(actor: Actor, batch_id: int) -> Batch:
    """One batch (批次)."""
    demand(actor, "batch.read")
    batch = Batch.objects.filter(pk=batch_id).first()
    if batch is None:
        raise NotThere("not-there", "没有找到该批次")
    return batch


def lock_batch(batch_id: int, version: int | None = None) -> Batch:
    """One batch, held until the transaction ends.

    Raises:
        Stale: when it is not of this version any more.
    """
    batch = Batch.objects.select_for_update(no_key=True).filter(pk=batch_id).first()
    if batch is None:
        raise NotThere("not-there", "没有找到该批次")
    if version is not None and version != batch.version:
        raise Stale("stale", "批次已有变动", why="读取后被他人修改", fix="请刷新后再办")
    return batch


def _waiting(document: str) -> list[int]:
    """The approved awards of a document that no batch has yet."""
    found = Award.objects.filter(document=document, state=State.APPROVED, batch_line=None)
    return list(found.order_by("pk").values_list("pk", flat=True))


def _put_in(batch: Batch, awards: Iterable[int]) -> None:
    wanted = sorted(set(awards))
    found = Award.objects.select_for_update(no_key=True).filter(pk__in=wanted).order_by("pk")
    by_key = {award.pk: award for award in found}
    taken = set(BatchLine.objects.filter(award__in=wanted).values_list("award_id", flat=True))
    for key in wanted:
        award = by_key.get(key)
        if award is None or award.document != batch.document:
            raise NotThere("not-there", "没有找到该项，或不是本文件的事项", award=key)
        if key in taken:
            raise Clash(
                "already-in-batch", "该项已在批次中", why="一项只列入一个批次", fix="请先移出", award=key
            )
        _demand_approved(award)
    BatchLine.objects.bulk_create(
        BatchLine(batch=batch, award=award, approved_fen=award.approved_fen or 0) for award in by_key.values()
    )


def _demand_approved(award: Award) -> None:
    if award.state != State.APPROVED or not award.approved_fen:
        raise Clash(
            "award-not-approved",
            "该项未批准，或没有核定金额",
            why="只有已批准的事项才能列入批次",
            fix="请先办理批准",
            award=award.pk,
        )


def _rated(batch: Batch) -> Rated:
    """The batch rated anew, with the accounts of its budgets held: nobody promises the same money meanwhile."""
    lines = list(
        batch.lines.select_related("award__determination__run")
        .order_by("pk")
        .select_for_update(of=("self",), no_key=True)
    )
    if not lines:
        raise Clash("empty-batch", "批次没有事项", why="没有可以测算的金额", fix="请先列入已批准的事项")
    for line in lines:
        _demand_approved(line.award)
        line.approved_fen = line.award.approved_fen or 0
    hit = budgets_hit(batch, lines)
    lock_accounts(
        LedgerAccount.objects.filter(budget__in=hit.budgets, kind="available").values_list("pk", flat=True)
    )
    return rate_lines(batch, hit)


def _demand_current(batch: Batch) -> None:
    """What is published must be what would be computed now."""
    shown = {line.pk: _numbers(line) for line in batch.lines.all()}
    rated = _rated(batch)
    is_same = (batch.rate_numerator, batch.rate_denominator) == rated.rate.as_integer_ratio()
    if not is_same or shown != {line.pk: _numbers(line) for line in rated.lines}:
        raise Clash(
            "rate-outdated",
            "测算后预算或事项有变动",
            why="公布的必须是按现有预算测算的系数",
            fix="请重新测算后再公布",
        )


def _numbers(line: BatchLine) -> tuple[object, ...]:
    return (
        line.approved_fen,
        line.payable_fen,
        line.city_fen,
        line.county_fen,
        line.city_budget_id,
        line.county_budget_id,
    )


def _own_draft(actor: Actor, batch_id: int, version: int | None) -> Batch:
    batch = _draft(batch_id, version)
    if batch.made_by_id != actor.id:
        raise NotAllowed(
            "not-the-maker", "批次由他人编制", why="只有编制人可以增加事项", fix="请联系编制人，或另编一批"
        )
    return batch


def _draft(batch_id: int, version: int | None) -> Batch:
    batch = lock_batch(batch_id, version)
    _demand_draft(batch)
    return batch


def _demand_draft(batch: Batch) -> None:
    if batch.state != BatchState.DRAFT:
        raise Clash("not-draft", "系数已公布，不能再改", why="公布后的系数和金额不再变动", fix="可另编一批")


def _reopen(batch: Batch) -> None:
    batch.rate_numerator = batch.rate_denominator = None
    _touch(batch)


def _touch(batch: Batch) -> None:
    batch.version += 1
    batch.save()
