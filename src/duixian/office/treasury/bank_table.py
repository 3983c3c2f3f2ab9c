"""Reading what the bank sends back (银行回执表): csv or xlsx, columns known by many names, every bad line told with its place."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from duixian.errors import Place, Problem
from duixian.exchange.tables.areas import AreaReader
from duixian.exchange.tables.cells import Words
from duixian.exchange.tables.findings import Findings
from duixian.exchange.tables.header import HeaderNames, read_header
from duixian.exchange.tables.regular_file import NotOpened
from duixian.exchange.tables.roles import Roles
from duixian.exchange.tables.rows import Record, RowCount, TooManyRows, read_rows
from duixian.exchange.tables.table import Table
from duixian.exchange.tables.table_csv import open_csv
from duixian.exchange.tables.table_xlsx import open_workbook
from duixian.office.city import city
from duixian.rules.vocabulary import FactKind, Field, FieldType
from duixian.source.titles import TitleReader

REFERENCE, AMOUNT, RESULT, DAY, REASON, BANK_REFERENCE = (
    "支付编号",
    "金额",
    "结果",
    "日期",
    "原因",
    "银行流水号",
)
_PAID = frozenset(
    "成功 支付成功 交易成功 已支付 已入账 入账成功 付款成功 处理成功 paid success succeeded".split()
)
_FAILED = frozenset(
    "失败 支付失败 交易失败 退票 退汇 已退回 退回 付款失败 处理失败 拒绝 failed rejected returned".split()
)
_KIND = FactKind(
    "银行回执",
    {
        each.name: each
        for each in (
            Field(REFERENCE, FieldType.IDENTIFIER, True, aliases=tuple("业务编号 客户流水号 企业流水号 附言编号 reference".split())),
            Field(AMOUNT, FieldType.MONEY, True, aliases=tuple("交易金额 支付金额 付款金额 发生额 amount".split())),
            Field(RESULT, FieldType.TEXT, True, aliases=tuple("状态 交易状态 支付状态 处理结果 交易结果 支付结果 status".split())),
            Field(DAY, FieldType.DATE, True, aliases=tuple("交易日期 支付日期 入账日期 处理日期 付款日期 date".split())),
            Field(REASON, FieldType.TEXT, aliases=tuple("失败原因 退回原因 备注 处理信息 返回信息 reason".split())),
            Field(BANK_REFERENCE, FieldType.TEXT, aliases=tuple("流水号 交易流水号 银行流水 回单编号 回单号".split())),
        )
    },
    date_field=DAY,
)  # fmt: skip
FIELDS = tuple(_KIND.fields)
"""What a line says; the last two may be absent."""
_ROLES = Roles(REFERENCE, "", "")
_MOST_ROWS = 200_000


@dataclass(frozen=True, slots=True)
class BankLine:
    """What the bank says of one payment (回执行). ``is_paid`` is None when nobody knows what its word means."""

    place: Place
    reference: str
    amount_fen: int
    is_paid: bool | None
    word: str
    day: date
    reason: str
    bank_reference: str

    @property
    def content(self) -> tuple[object, ...]:
        """What two lines about one payment must have in common to be one."""
        return self.amount_fen, self.is_paid, self.day, self.bank_reference


def read_bank_lines(
    content: bytes, name: str, mapping: Mapping[str, str] | None = None
) -> tuple[list[BankLine], list[Problem]]:
    """The lines of a bank's file, and what is wrong with the others.

    ``mapping`` leads from headers of the file to fields (``FIELDS``), where the bank's words are not known.
    """
    kind, findings = _kind(mapping or {}), Findings()
    lines: list[BankLine] = []
    try:
        for table in _tables(content, name, kind, findings):
            lines += [_line(record) for record in _records(table, findings)]
    except NotOpened as refusal:
        findings.add(refusal.code, Place(name), found=refusal.found, expected=refusal.expected)
    except TooManyRows:
        findings.add("too-many-rows", Place(name), expected=str(_MOST_ROWS))
        lines = []
    return lines, list(findings.problems())


def _kind(mapping: Mapping[str, str]) -> FactKind:
    """The kind of the table; a mapped header is no other field's any more."""
    fields = {
        name: replace(
            field,
            aliases=(
                *(header for header, meant in mapping.items() if meant == name),
                *(alias for alias in field.aliases if alias not in mapping),
            ),
        )
        for name, field in _KIND.fields.items()
    }
    return replace(_KIND, fields=fields)


def _tables(content: bytes, name: str, kind: FactKind, findings: Findings) -> Iterator[Table]:
    stream = io.BytesIO(content)
    if name.lower().endswith(".xlsx"):
        return open_workbook(stream, name, kind, {kind.name: kind}, findings)
    return open_csv(stream, kind, Place(name), HeaderNames(kind).count, findings)


def _records(table: Table, findings: Findings) -> Iterator[Record]:
    header = read_header(table, _ROLES, findings)
    if header is not None:
        here = city()
        words = Words(TitleReader.of(here.vocabulary), AreaReader(here.region))
        yield from read_rows(table, header, _ROLES, words, findings, RowCount())


def _line(record: Record) -> BankLine:
    said = record.values
    fen, day = said[AMOUNT], said[DAY]
    assert isinstance(fen, int)
    assert isinstance(day, date)
    word = str(said[RESULT]).strip()
    return BankLine(
        record.place,
        record.id.strip().upper(),
        fen,
        _is_paid(word.lower()),
        word,
        day,
        str(said.get(REASON, "")),
        str(said.get(BANK_REFERENCE, "")),
    )


def _is_paid(word: str) -> bool | None:
    return True if word in _PAID else False if word in _FAILED else None
