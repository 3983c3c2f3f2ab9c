"""Pages of a list (分页): ``?page=&size=`` → ``{items, total, page, size}``.

    @router.get("/awards", response=Page[AwardAnswer])
    @acts("award.read")
    def list_awards(request: HttpRequest, paging: Query[Paging]) -> dict[str, Any]:
        return page_of(awards(actor_of_request(request)), paging)

``Id`` is the type of a number in a path, within what a database can hold.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Any, Generic, TypeVar

from django.db.models import Model, QuerySet
from ninja import Path
from pydantic import Field

from duixian.office.api.schema import Schema

MOST = 200
"""The most items of a page."""
T = TypeVar("T")
Row = TypeVar("Row", bound=Model)

Id = Annotated[int, Path(ge=1, le=2**63 - 1)]
"""The number of a thing in a path (编号)."""


class Paging(Schema):
    """Which page is wanted (分页)."""

    page: int = Field(1, ge=1, le=1_000_000)
    size: int = Field(50, ge=1, le=MOST)

    @property
    def first(self) -> int:
        """How many items stand before the page."""
        return (self.page - 1) * self.size


class Page(Schema, Generic[T]):
    """A page of a list (一页): ``total`` counts the whole list."""

    items: list[T]
    total: int
    page: int
    size: int


def page_of(
    things: QuerySet[Row] | Sequence[Any], paging: Paging, told: Callable[[Any], Any] | None = None
) -> dict[str, Any]:
    """The page that is wanted; a page after the last one is empty. ``told`` makes an answer of each item of the page.

    A query is counted and cut in the database, and ordered by its key where it has no order of its own: pages must not overlap.
    """
    first = paging.first
    if isinstance(things, QuerySet):
        ordered = things if things.ordered else things.order_by("pk")
        items = list[Any](ordered[first : first + paging.size])
        # A page that is not full is the last one, and tells how many there are.
        is_last = 0 < len(items) < paging.size or (not items and first == 0)
        total = first + len(items) if is_last else things.count()
    else:
        total, items = len(things), list(things[first : first + paging.size])
    if told is not None:
        items = [told(each) for each in items]
    return page_told(items, total, paging)


def page_told(items: Sequence[Any], total: int, paging: Paging) -> dict[str, Any]:
    """A page that was cut already, in the form of the answer."""
    return {"items": items, "total": total, "page": paging.page, "size": paging.size}
