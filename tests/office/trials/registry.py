"""Trials of the registry and its lists."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from duixian.office.registry.models import Attribute, FactRecord, Roster
from duixian.office.registry.rosters.commit import commit
from duixian.office.registry.rosters.decide_row import skip_rows
from duixian.office.registry.rosters.preview import preview
from duixian.office.registry.rosters.upload import upload
from tests.office.awards.scene import CODE
from tests.office.trials.trial import Build, Stage, Trial, plain

LIST = "企业名称,称号,级别\n查无此名公司,企业技术中心,省级\n".encode()
TOLD = {"kind": "认定", "title": "名单", "issuer": "省厅", "document_number": "某文〔2026〕1号"}


class _File(SimpleUploadedFile):
    """A file that can be sent by one after the other."""

    def read(self, size: int | None = -1) -> bytes:
        """From the beginning each time."""
        self.seek(0)
        content: bytes = super().read()
        return content


def _roster(stage: Stage) -> Roster:
    return upload(
        stage.scene.people.city,
        LIST,
        "名单.csv",
        kind="认定",
        title="名单",
        issuer="省厅",
        document_number="某文〔2026〕1号",
    )


def _seen(stage: Stage) -> Roster:
    return preview(stage.scene.people.city, _roster(stage).pk)


def _decided(stage: Stage) -> Roster:
    return skip_rows(stage.scene.people.city, _seen(stage).pk, "unknown")


def _committed(stage: Stage) -> Roster:
    return commit(stage.scene.people.city, _decided(stage).pk)


def _of_enterprise(body: dict[str, object] | None = None) -> Build:
    def build(stage: Stage) -> Trial:
        told = None if body is None else {**body, "source": stage.scene.source.pk}
        return Trial({"code": CODE}, body=told)

    return build


def _of_attribute(body: dict[str, object], *, with_source: bool) -> Build:
    def build(stage: Stage) -> Trial:
        row = Attribute.objects.get(enterprise_id=CODE, name="企业名称")
        told = {**body, "source": stage.scene.source.pk} if with_source else body
        return Trial({"attribute_id": row.pk}, body=told)

    return build


def _of_fact(stage: Stage) -> Trial:
    fact: FactRecord = stage.scene.fact()
    return Trial({"fact_id": fact.pk}, body={"reason": "有误"})


def _row(stage: Stage) -> Trial:
    return Trial({"row_id": _seen(stage).rows.get().pk}, body={"skip": True}, is_nobodys=True)


TRIALS: dict[str, Build] = {
    "GET /enterprises": plain(query="text=连云港"),
    "GET /enterprises/{code}": _of_enterprise(),
    "GET /enterprises/{code}/attributes": _of_enterprise(),
    "GET /enterprises/{code}/facts": _of_enterprise(),
    "POST /sources": plain({"title": "登记簿"}),
    "POST /enterprises/{code}/attributes": _of_enterprise({"values": {"规上类别": "规上工业"}}),
    "POST /enterprises/{code}/changes": _of_enterprise(
        {"name": "企业名称", "value": "新名有限公司", "since": "2026-02-01"}
    ),
    "POST /enterprises/{code}/facts": _of_enterprise(
        {"kind": "认定", "number": "T-1", "values": {"称号": "企业技术中心", "级别": "省级"}}
    ),
    "POST /attributes/{attribute_id}/correct": _of_attribute({"value": "更正有限公司"}, with_source=True),
    "POST /attributes/{attribute_id}/withdraw": _of_attribute({"reason": "有误"}, with_source=False),
    "POST /facts/{fact_id}/withdraw": _of_fact,
    "POST /tables": lambda stage: Trial(
        form={"file": _File("认定.csv", b"x"), "title": "导入"}, is_nobodys=True
    ),
    "GET /rosters": plain(),
    "POST /rosters": lambda stage: Trial(form={"file": _File("名单.csv", LIST), **TOLD}, is_nobodys=True),
    "GET /rosters/{roster_id}": lambda stage: Trial({"roster_id": _roster(stage).pk}, is_nobodys=True),
    "GET /rosters/{roster_id}/rows": lambda stage: Trial({"roster_id": _seen(stage).pk}, is_nobodys=True),
    "POST /rosters/{roster_id}/columns": lambda stage: Trial(
        {"roster_id": _roster(stage).pk}, body={"fields": {"1": "企业名称", "2": "称号"}}, is_nobodys=True
    ),
    "POST /rosters/{roster_id}/preview": lambda stage: Trial(
        {"roster_id": _roster(stage).pk}, is_nobodys=True
    ),
    "POST /roster-rows/{row_id}/decide": _row,
    "POST /rosters/{roster_id}/skip": lambda stage: Trial(
        {"roster_id": _seen(stage).pk}, body={"verdict": "unknown"}, is_nobodys=True
    ),
    "POST /rosters/{roster_id}/commit": lambda stage: Trial(
        {"roster_id": _decided(stage).pk}, is_nobodys=True
    ),
    "POST /rosters/{roster_id}/undo": lambda stage: Trial(
        {"roster_id": _committed(stage).pk}, body={"reason": "作废"}, is_nobodys=True
    ),
}
