"""The registry through the API (企业库接口): enterprises over time, their facts, and tables taken over."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from ninja import File, Form, Query, Router, Status, UploadedFile
from pydantic import Field

from duixian.office.accounts.permissions import demand
from duixian.office.api.acts import acts
from duixian.office.api.paging import Id, Page, Paging, page_of, page_told
from duixian.office.api.schema import Schema
from duixian.office.api.schemas_registry import (
    AttributeAnswer,
    AttributesIn,
    ChangeIn,
    CodeInPath,
    CorrectionIn,
    EnterpriseAnswer,
    FactAnswer,
    FactIn,
    ImportedAnswer,
    RegistryReasonIn,
    SourceAnswer,
    SourceIn,
    WholeEnterpriseAnswer,
    attribute_answer,
    fact_answer,
    imported_answer,
    source_named,
)
from duixian.office.api.signing_in import actor_of_request
from duixian.office.evidence.file_names import safe_name
from duixian.office.evidence.store import demand_size
from duixian.office.registry import change, dossiers, find, history, record, sources
from duixian.office.registry.import_tables import import_tables
from duixian.office.registry.models import FactRecord
from duixian.office.registry.stored_values import stored_values
from duixian.office.registry.written_values import read_attributes, read_fact

router = Router(tags=["企业库 registry"])


class EnterprisesWanted(Paging):
    """Which enterprises are wanted (查找企业): a code, or a part of a name."""

    text: str = Field("", max_length=100)


class OnDay(Schema):
    """On which day (日期); today when none is given."""

    on: date | None = None


class HistoryWanted(Paging):
    """Of which attribute, or all (属性沿革)."""

    name: str = Field("", max_length=40)


class FactsWanted(Paging):
    """Which facts are wanted, and whether with all their versions (事实查询)."""

    kind: str = Field("", max_length=40)
    number: str = Field("", max_length=80)
    all_versions: bool = False


class TablesIn(Schema):
    """Where tables come from, and from which day on what they say of enterprises holds (导入说明)."""

    title: str = Field(min_length=1, max_length=120)
    since: date | None = None


@router.get("/enterprises", response=Page[EnterpriseAnswer])
@acts("enterprise.list")
def list_enterprises(request: HttpRequest, wanted: Query[EnterprisesWanted]) -> dict[str, Any]:
    """Enterprises by code or name (企业)."""
    found = find.find_enterprises(
        actor_of_request(request), wanted.text, first=wanted.first, most=wanted.size
    )
    return page_told(found.enterprises, found.total, wanted)


@router.get("/enterprises/{code}", response=WholeEnterpriseAnswer)
@acts("enterprise.read")
def read_enterprise(request: HttpRequest, code: CodeInPath, wanted: Query[OnDay]) -> dict[str, Any]:
    """What an enterprise was on a day (企业档案)."""
    on = wanted.on or timezone.localdate()
    found = dossiers.read_dossier(actor_of_request(request), code, on)
    return {
        "code": code, "name": found.name, "area": dossiers.area_of(code, on), "on": on,
        "values": stored_values(found.subject), "facts": len(found.facts),
    }  # fmt: skip


@router.get("/enterprises/{code}/attributes", response=Page[AttributeAnswer])
@acts("enterprise.read")
def list_attributes(request: HttpRequest, code: CodeInPath, wanted: Query[HistoryWanted]) -> dict[str, Any]:
    """Every row that was ever recorded of what an enterprise is (属性沿革)."""
    rows = history.attribute_history(actor_of_request(request), code, wanted.name)
    return page_of(rows, wanted, attribute_answer)


@router.get("/enterprises/{code}/facts", response=Page[FactAnswer])
@acts("fact.read")
def list_facts(request: HttpRequest, code: CodeInPath, wanted: Query[FactsWanted]) -> dict[str, Any]:
    """The facts of an enterprise (事实)."""
    rows, total = history.fact_history(
        actor_of_request(request), code, wanted.kind, wanted.number,
        is_whole=wanted.all_versions, first=wanted.first, most=wanted.size,
    )  # fmt: skip
    return page_told([fact_answer(each) for each in rows], total, wanted)


@router.post("/sources", response={201: SourceAnswer})
@acts("source.record")
def record_source(request: HttpRequest, wanted: SourceIn) -> Status[Any]:
    """Put down a source (登记来源)."""
    return Status(201, sources.record_source(actor_of_request(request), **wanted.dict()))


@router.post("/enterprises/{code}/attributes", response=EnterpriseAnswer)
@acts("enterprise.record")
def record_attributes(request: HttpRequest, code: CodeInPath, wanted: AttributesIn) -> find.Listed:
    """Record what an enterprise was from one day to another (登记企业信息)."""
    actor = actor_of_request(request)
    source, values = source_named(wanted.source), read_attributes(wanted.values)
    found = record.record_enterprise(
        actor, source, code, values, wanted.row, valid_from=wanted.valid_from, valid_to=wanted.valid_to
    )
    return find.listed([found.pk])[0]


@router.post("/enterprises/{code}/changes", response=AttributeAnswer)
@acts("enterprise.correct")
def change_attribute(request: HttpRequest, code: CodeInPath, wanted: ChangeIn) -> dict[str, Any]:
    """Record that something is otherwise from a day on (登记变更)."""
    actor = actor_of_request(request)
    source, ((name, value),) = (
        source_named(wanted.source),
        read_attributes({wanted.name: wanted.value}).items(),
    )
    return attribute_answer(change.change(actor, source, code, name, value, wanted.since, wanted.row))


@router.post("/attributes/{attribute_id}/correct", response=AttributeAnswer)
@acts("enterprise.correct")
def correct_attribute(request: HttpRequest, attribute_id: Id, wanted: CorrectionIn) -> dict[str, Any]:
    """Say that a row was wrong from the beginning (更正登记)."""
    actor, name = actor_of_request(request), change.name_of_attribute(attribute_id)
    source, values = source_named(wanted.source), read_attributes({name: wanted.value})
    return attribute_answer(
        change.correct(
            actor, source, attribute_id, values[name], valid_from=wanted.valid_from, valid_to=wanted.valid_to
        )
    )


@router.post("/attributes/{attribute_id}/withdraw", response=AttributeAnswer)
@acts("enterprise.correct")
def withdraw_attribute(request: HttpRequest, attribute_id: Id, wanted: RegistryReasonIn) -> dict[str, Any]:
    """Say that a row should not be there at all (撤回登记)."""
    return attribute_answer(change.withdraw_attribute(actor_of_request(request), attribute_id, wanted.reason))


@router.post("/enterprises/{code}/facts", response=FactAnswer)
@acts("fact.record")
def record_fact(request: HttpRequest, code: CodeInPath, wanted: FactIn) -> dict[str, Any]:
    """Record one fact, or a new version of it (登记事实)."""
    actor, source = actor_of_request(request), source_named(wanted.source)
    row = record.FactRow(wanted.kind, wanted.number, code, read_fact(wanted.kind, wanted.values), wanted.row)
    recorded = record.record_facts(actor, source, [row])
    return fact_answer(
        FactRecord.objects.select_related("source").get(pk=recorded.facts[wanted.kind, wanted.number])
    )


@router.post("/facts/{fact_id}/withdraw", response=FactAnswer)
@acts("fact.withdraw")
def withdraw_fact(request: HttpRequest, fact_id: Id, wanted: RegistryReasonIn) -> dict[str, Any]:
    """Withdraw a fact (撤回事实)."""
    return fact_answer(record.withdraw(actor_of_request(request), fact_id, wanted.reason))


@router.post("/tables", response=ImportedAnswer)
@acts("tables.import")
def import_table(request: HttpRequest, file: File[UploadedFile], wanted: Form[TablesIn]) -> dict[str, Any]:
    """Import one table, or a workbook with a sheet for each kind (导入事实表)."""
    actor = actor_of_request(request)
    demand(actor, "tables.import")
    demand_size(file.size or 0)
    with TemporaryDirectory(dir=settings.COPIES) as folder:
        path = Path(folder) / safe_name(file.name or "")
        path.write_bytes(file.read())
        return imported_answer(import_tables(actor, wanted.title, path, since=wanted.since))
