"""Lists and tables come in (导入): a published list in four requests, a table of facts in one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from django.core.files.uploadedfile import SimpleUploadedFile

from duixian.credit_code import make_code
from duixian.office.api.models import KeptAnswer
from duixian.office.audit.models import AuditEvent
from duixian.office.city import city
from duixian.office.registry.bulk import insert_rows
from duixian.office.registry.fact_rows import ensure_enterprises
from duixian.office.registry.models import Attribute, ColumnMapping, FactRecord, Roster, Source
from duixian.office.registry.sources import record_source
from tests.office.killed.deed import Desk, State, person

_FIRST_DAY = date(2001, 1, 1)
_KNOWN, _STRANGE = 100_000, 200_000
"""Where the serial numbers of codes begin."""
_NEW = 20


@dataclass(frozen=True, slots=True)
class Lists:
    """A list of so many rows is uploaded, its columns are named, it is looked at and taken over (名单入库)."""

    rows: int
    name: str = "roster"

    def open(self) -> None:
        """The enterprises on the lists, with their names."""
        source = record_source(person("maker"), "企业登记簿")
        codes = [make_code("91", "320722", _KNOWN + each) for each in range(self.rows)]
        ensure_enterprises(codes)
        columns = ("enterprise_id", "name", "value", "source_id", "recorded_at", "is_withdrawal")
        rows = (
            (code, "企业名称", _name(each), source.pk, source.recorded_at, False)
            for each, code in enumerate(codes)
        )
        insert_rows(Attribute, columns, rows)

    def prepare(self, number: int) -> None:
        """Nothing: a list comes from outside."""

    def do(self, number: int, desk: Desk) -> None:
        """Bring the list in."""
        file = SimpleUploadedFile("名单.csv", _csv("企业名称,称号,日期,批次", self._lines(number)))
        roster = desk.send(
            "maker", "/rosters", file=file, kind="认定", title=_title(number), issuer=self._issuer(number),
            document_number=f"苏工信〔2026〕{number}号",
        )  # fmt: skip
        fields = {"1": "企业名称", "2": "称号", "3": "日期", "4": "批次"}
        desk.post("maker", f"/rosters/{roster['id']}/columns", {"fields": fields})
        desk.post("maker", f"/rosters/{roster['id']}/preview")
        desk.post("maker", f"/rosters/{roster['id']}/commit")

    def state(self, number: int) -> State:
        """The list, its rows, and the facts that came of it."""
        rosters = Roster.objects.filter(title=_title(number))
        facts = FactRecord.objects.filter(source__title=_title(number))
        told = AuditEvent.objects.filter(
            subject_type="Roster", subject_id__in=[str(key) for key in rosters.values_list("pk", flat=True)]
        )
        return {
            "lists": list(rosters.values_list("state", flat=True)),
            "counts": [each.counts for each in rosters],
            "rows": sorted(
                Counter(rosters.exclude(rows=None).values_list("rows__verdict", flat=True)).items()
            ),
            "rows with facts": rosters.exclude(rows__fact=None).values("rows__fact").distinct().count(),
            "facts": facts.count(),
            "enterprises": facts.values("enterprise").distinct().count(),
            "sources": Source.objects.filter(title=_title(number)).count(),
            "mappings": ColumnMapping.objects.filter(issuer=self._issuer(number)).count(),
            "events": sorted(Counter(told.values_list("action", flat=True)).items()),
            "answers": KeptAnswer.objects.filter(key__startswith=f"{self.name}-{number}-").count(),
        }

    def between(self, states: list[State]) -> list[tuple[int, State]]:
        """Each request is a step."""
        return list(enumerate(states))

    def wrong(self, number: int) -> list[str]:
        """Nothing that the tables do not say."""
        return []

    def _issuer(self, number: int) -> str:
        return f"省厅{number}处"

    def _lines(self, number: int) -> Iterator[str]:
        day = _FIRST_DAY + timedelta(days=number)
        return (f"{_name(each)},{_word(number)},{day},第{each}批" for each in range(self.rows))


@dataclass(frozen=True, slots=True)
class Tables:
    """A table of so many facts with codes, imported in one request (导入事实表); one row in twenty brings a new enterprise."""

    rows: int
    name: str = "tables"

    def open(self) -> None:
        """Nothing: a table brings its enterprises along."""

    def prepare(self, number: int) -> None:
        """Nothing."""

    def do(self, number: int, desk: Desk) -> None:
        """Import the table."""
        header = "编号,统一社会信用代码,企业名称,称号,日期"
        file = SimpleUploadedFile("认定.csv", _csv(header, self._lines(number)))
        desk.send("maker", "/tables", file=file, title=_title(number, "表"))

    def state(self, number: int) -> State:
        """The facts of the table, and its enterprises."""
        facts = FactRecord.objects.filter(number__startswith=f"T{number}/")
        sources = Source.objects.filter(title__startswith=_title(number, "表"))
        told = AuditEvent.objects.filter(action="tables.import")
        known = {each.pk for each in sources}
        return {
            "facts": facts.count(),
            "enterprises": facts.values("enterprise").distinct().count(),
            "sources": len(known),
            "facts of the source": facts.filter(source__in=sources).count(),
            "events": sum(bool(known & set(each.detail["sources"])) for each in told),
            "answers": KeptAnswer.objects.filter(key__startswith=f"{self.name}-{number}-").count(),
        }

    def between(self, states: list[State]) -> list[tuple[int, State]]:
        """It is one step."""
        return list(enumerate(states))

    def wrong(self, number: int) -> list[str]:
        """Nothing that the tables do not say."""
        return []

    def _lines(self, number: int) -> Iterator[str]:
        day = _FIRST_DAY + timedelta(days=number)
        for each in range(self.rows):
            serial, name = _KNOWN + each, _name(each)
            if each % _NEW == 0:
                serial, name = (
                    _STRANGE + number * self.rows // _NEW + each // _NEW,
                    f"灌云新{number}第{each}食品有限公司",
                )
            yield f"T{number}/{each},{make_code('91', '320722', serial)},{name},{_word(number + 7)},{day}"


def _title(number: int, what: str = "名单") -> str:
    return f"{what}之{number}。"


def _name(number: int) -> str:
    return f"连云港第{number}机械有限公司"


@cache
def _words() -> tuple[str, ...]:
    return tuple(city().vocabulary.titles)


def _word(number: int) -> str:
    return _words()[number % len(_words())]


def _csv(header: str, lines: Iterator[str]) -> bytes:
    return "\n".join((header, *lines)).encode()
