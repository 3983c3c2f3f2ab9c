"""A synthetic city (虚构城市): bodies, three years of facts, tables on disk, and a page that says that nothing of it is true.

The same seed and size give the same bytes. From :data:`COMPLETE_FROM` bodies on, every award of the two documents of Lianyungang
is payable somewhere in it on 31 December 2026; every kind of "no" occurs as well: below a threshold, over a limit, too early,
too late, a blank cell. Its words are those of the vocabulary of Lianyungang; another city would have a demo of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random

from duixian.exchange.demo.city import Body, found_city
from duixian.exchange.demo.deeds import deliver, research, standardise
from duixian.exchange.demo.facts import CODE, NAME, DemoCity, Row
from duixian.exchange.demo.gaps import leave_gaps
from duixian.exchange.demo.payments import pay
from duixian.exchange.demo.projects import invest
from duixian.exchange.demo.recognitions import recognise
from duixian.exchange.demo.registers import blame, change, support
from duixian.exchange.demo.sectors import SERVICES, SOFTWARE
from duixian.exchange.demo.tables import write_tables

FEWEST, MOST = 300, 200_000
"""Below, park committees and institutes outnumber the enterprises; above, names and memory run short."""
COMPLETE_FROM = 1_000
"""In a smaller city a rare title may find nobody."""

STEPS: tuple[Callable[[DemoCity], None], ...] = (
    recognise,
    invest,
    research,
    deliver,
    standardise,
    support,
    pay,
    change,
    blame,
    leave_gaps,
)
"""What happens in the demo city, in this order."""

_NO_AREA_ONE_IN = 400


@dataclass(frozen=True, slots=True)
class DemoSummary:
    """What was written (写出的虚构城市). ``facts`` is the folder to determine; ``rows`` counts the facts of each kind."""

    facts: Path
    files: tuple[Path, ...]
    enterprises: int
    rows: Mapping[str, int]
    seed: int

    @property
    def fact_count(self) -> int:
        """All facts together."""
        return sum(self.rows.values())


def write_demo_city(out: Path, seed: int = 20260101, enterprises: int = 3000) -> DemoSummary:
    """Write a synthetic city into a folder, made if need be: ``facts/`` with its tables, and 说明.md beside it.

    ``enterprises`` counts all bodies, the few that are no enterprise among them. Files of the same names are overwritten.

    Raises:
        ValueError: unless ``enterprises`` lies between :data:`FEWEST` and :data:`MOST`.
        OSError: when the folder cannot be written.
    """
    if not FEWEST <= enterprises <= MOST:
        raise ValueError(f"a demo city has {FEWEST} to {MOST} enterprises")
    city = make_demo_city(seed, enterprises)
    facts = {kind: [fact.row for fact in rows] for kind, rows in city.facts.items()}
    folder = out / "facts"
    folder.mkdir(parents=True, exist_ok=True)
    files = write_tables(folder, [_subject(city, body) for body in city.bodies], facts)
    counts = {kind: len(rows) for kind, rows in facts.items()}
    page = out / "说明.md"
    page.write_bytes(_page(seed, enterprises, counts, files).encode())
    return DemoSummary(folder, (*files, page), enterprises, counts, seed)


def make_demo_city(seed: int, enterprises: int) -> DemoCity:
    """The city in memory."""
    city = DemoCity(seed, found_city(Random(f"{seed}/bodies"), enterprises))
    for step in STEPS:
        step(city)
    return city


def _subject(city: DemoCity, body: Body) -> Row:
    """The row of a body in 企业, as the register knows it at the end of the last year."""
    sector = body.sector
    row: Row = {
        CODE: body.code,
        NAME: body.name,
        "曾用名": body.former_name,
        "主体类型": body.subject_type,
        "成立日期": body.founded,
        "行业代码": sector.code,
        "制造业": sector.is_manufacturing,
        "装备制造业": sector.is_equipment,
        "装备方向": sector.directions,
        "民口企业": body.is_civil,
    }
    if body.subject_type == "企业":
        row["规上类别"] = _scale(body, body.is_scaled or body.code in city.entered)
    if body.moved_in:
        row["迁入日期"] = body.moved_in
    if body.strength % _NO_AREA_ONE_IN:
        row["所属地区"] = body.seat.area
    return row


def _scale(body: Body, is_scaled: bool) -> str:
    if not is_scaled:
        return "非规上"
    return {SOFTWARE: "规上软件和信息服务业", SERVICES: "规上服务业"}.get(body.sector, "规上工业")


def _page(seed: int, enterprises: int, counts: Mapping[str, int], files: list[Path]) -> str:
    """说明.md: what this folder is, and what it is not."""
    kinds = "\n".join(f"- {kind}：{count} 条" for kind, count in counts.items())
    names = "、".join(path.name for path in files)
    return f"""# 说明：本文件夹的数据全部是虚构的

企业、统一社会信用代码、项目、称号、文号和金额都由程序按随机种子生成，与任何真实的企业、单位和个人无关。
名称以“示例”开头、以“（虚构）”结尾；代码的校验位正确，但第9、10位都是 XN，不是登记机关发放的代码。

- 种子：{seed}
- 主体：{enterprises} 家（含园区管理机构、事业单位、社会团体、民办非企业）
{kinds}

`facts/` 里只有事实表：{names}。
同样的种子和家数，每次生成的文件逐字节相同。数量分布只求像样，不是统计数据，不能用来推断任何地方的情况。
"""
