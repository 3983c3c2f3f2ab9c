"""The same evidence under two claims stops both, until somebody else has ruled."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from duixian.office.audit.models import AuditEvent
from duixian.office.awards.models import Award, State
from duixian.office.evidence.attach import attach, withdraw
from duixian.office.evidence.models import Evidence, EvidenceStop
from duixian.office.evidence.reading import download, evidence_of
from duixian.office.evidence.ruling import demand_no_open_stop, open_stops, rule, stops_before
from duixian.office.evidence.store import keep
from duixian.office.refusal import Clash, NotAllowed, NotThere, Refusal
from tests.office.evidence.conftest import PDF, Claims

pytestmark = pytest.mark.django_db
INVOICE = {"发票代码": "3200182130", "发票号码": "00123456"}
WIDE = {"发票代码": "３２００１８２１３０", "发票号码": "123456"}


def both(claims: Claims) -> EvidenceStop:
    attach(claims.enterprise, claims.first.pk, "invoice", "发票.pdf", INVOICE)
    attach(claims.other_enterprise, claims.second.pk, "invoice", "发票.pdf", WIDE)
    return EvidenceStop.objects.get()


def test_one_invoice_under_two_claims_stops_both(claims: Claims) -> None:
    stop = both(claims)
    assert (stop.first.award, stop.second.award) == (claims.first, claims.second)
    for award in (claims.first, claims.second):
        assert list(open_stops(award)) == [stop]
        with pytest.raises(Clash) as refused:
            demand_no_open_stop(award.pk)
        assert (refused.value.code, refused.value.facts["stops"]) == ("evidence-stopped", [stop.pk])


def test_the_same_piece_again_is_the_first(claims: Claims) -> None:
    file = keep(PDF, "a.pdf")
    pieces = {
        attach(claims.enterprise, claims.first.pk, "invoice", "发票.pdf", each, file).pk
        for each in (INVOICE, WIDE)
    }
    assert len(pieces) == 1
    with pytest.raises(Clash, match="同一份佐证"):
        attach(claims.enterprise, claims.first.pk, "invoice", "发票.pdf", INVOICE, keep(PDF + b"%", "b.pdf"))
    assert Evidence.objects.count() == 1
    piece = Evidence.objects.get()
    piece.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        piece.save(force_insert=True)


def test_evidence_without_identity_is_compared_with_nothing(claims: Claims) -> None:
    file = keep(PDF, "a.pdf")
    attach(claims.enterprise, claims.first.pk, "other", "营业执照.pdf", {}, file)
    attach(claims.other_enterprise, claims.second.pk, "other", "营业执照.pdf", {}, file)
    assert not EvidenceStop.objects.exists()
    with pytest.raises(Refusal, match="没有文件"):
        attach(claims.enterprise, claims.first.pk, "other", "空", {})


def test_a_ruling_lets_both_go_on_or_one(claims: Claims) -> None:
    stop = both(claims)
    assert rule(claims.city, stop.pk, "first", "发票开给甲") == rule(
        claims.city, stop.pk, "first", "发票开给甲"
    )
    demand_no_open_stop(claims.first.pk)
    with pytest.raises(Clash) as refused:
        demand_no_open_stop(claims.second.pk)
    assert refused.value.code == "evidence-ruled-out"
    with pytest.raises(Clash, match="已有处理结果"):
        rule(claims.reviewer, stop.pk, "allowed", "另一种看法")
    withdraw(claims.other_enterprise, stop.second_id, "开错了")
    demand_no_open_stop(claims.second.pk)


def test_a_ruling_needs_a_reason_and_somebody_else(claims: Claims) -> None:
    attach(claims.city, claims.first.pk, "invoice", "发票.pdf", INVOICE)
    attach(claims.other_enterprise, claims.second.pk, "invoice", "发票.pdf", INVOICE)
    stop = EvidenceStop.objects.get()
    with pytest.raises(Refusal, match="没有写理由"):
        rule(claims.reviewer, stop.pk, "allowed", "  ")
    with pytest.raises(Refusal, match="不能处理自己提交的佐证"):
        rule(claims.city, stop.pk, "allowed", "分批付款")
    with pytest.raises(NotAllowed):
        rule(claims.county, stop.pk, "allowed", "分批付款")
    with pytest.raises(Refusal) as refused:
        rule(claims.reviewer, stop.pk, "perhaps", "分批付款")
    assert refused.value.code == "ruling-unknown"
    rule(claims.reviewer, stop.pk, "allowed", "分批付款")
    demand_no_open_stop(claims.first.pk)
    demand_no_open_stop(claims.second.pk)


def test_a_stop_is_shown_to_the_officers_of_both_counties(claims: Claims) -> None:
    stop = both(claims)
    for officer in (claims.county, claims.other_county, claims.city, claims.reviewer):
        assert list(stops_before(officer, is_open=True)) == [stop]
    with pytest.raises(NotAllowed):
        stops_before(claims.enterprise)
    rule(claims.city, stop.pk, "allowed", "分批付款")
    assert not stops_before(claims.county, is_open=True).exists()
    assert list(stops_before(claims.county, is_open=False)) == [stop]


def test_a_claim_that_ended_without_money_stops_nobody(claims: Claims) -> None:
    attach(claims.enterprise, claims.first.pk, "invoice", "发票.pdf", INVOICE)
    Award.objects.filter(pk=claims.first.pk).update(state=State.REFUSED)
    attach(claims.other_enterprise, claims.second.pk, "invoice", "发票.pdf", INVOICE)
    assert not EvidenceStop.objects.exists()


def test_a_claim_that_was_paid_stops_the_next(claims: Claims) -> None:
    attach(claims.enterprise, claims.first.pk, "invoice", "发票.pdf", INVOICE)
    Award.objects.filter(pk=claims.first.pk).update(state=State.PAID)
    attach(claims.other_enterprise, claims.second.pk, "invoice", "发票.pdf", INVOICE)
    assert EvidenceStop.objects.count() == 1


def test_evidence_changes_only_while_the_claim_is_open(claims: Claims) -> None:
    piece = attach(claims.enterprise, claims.first.pk, "invoice", "发票.pdf", INVOICE)
    Award.objects.filter(pk=claims.first.pk).update(state=State.SUBMITTED)
    with pytest.raises(Clash, match="已不能改动佐证"):
        withdraw(claims.enterprise, piece.pk, "换一张")
    attach(claims.county, claims.first.pk, "equipment", "现场照片.jpg", {"制造商": "某机床", "出厂编号": "1"})
    Award.objects.filter(pk=claims.first.pk).update(state=State.PAID)
    with pytest.raises(Clash):
        attach(claims.county, claims.first.pk, "equipment", "照片.jpg", {"制造商": "某机床", "出厂编号": "2"})


def test_what_is_withdrawn_stays_and_no_longer_counts(claims: Claims) -> None:
    piece = attach(claims.enterprise, claims.first.pk, "invoice", "发票.pdf", INVOICE)
    assert withdraw(claims.enterprise, piece.pk, "换一张") == withdraw(claims.enterprise, piece.pk, "换一张")
    attach(claims.other_enterprise, claims.second.pk, "invoice", "发票.pdf", INVOICE)
    assert not EvidenceStop.objects.exists()
    attach(claims.enterprise, claims.first.pk, "invoice", "发票.pdf", INVOICE)
    assert EvidenceStop.objects.count() == 1
    assert len(evidence_of(claims.city, claims.first.pk)) == 2


def test_evidence_is_read_by_its_own_people_and_every_look_is_told(claims: Claims) -> None:
    piece = attach(claims.enterprise, claims.first.pk, "invoice", "发票.pdf", INVOICE, keep(PDF, "a.pdf"))
    for other in (claims.other_enterprise, claims.other_county):
        with pytest.raises(NotThere):
            evidence_of(other, claims.first.pk)
        with pytest.raises(NotThere):
            download(other, piece.pk)
        with pytest.raises(NotThere):
            attach(other, claims.first.pk, "invoice", "发票.pdf", WIDE)
    assert download(claims.county, piece.pk).content == PDF
    event = AuditEvent.objects.get(action="evidence.open")
    assert (event.actor, event.enterprise) == ("甲县", claims.first.enterprise_id)
    told = AuditEvent.objects.get(action="evidence.attach").detail
    assert told["fingerprint"] == piece.fingerprint
    assert "00123456" not in str(told)
