"""How an operation gives its items page by page, by botocore's paginators or by its own members."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from bulkops.definition.model.model_files import paginators
from bulkops.definition.model.operations import operation_model
from bulkops.definition.model.shapes import Shape

_TOKENS = ("NextToken", "nextToken", "Marker", "NextMarker", "nextPageToken", "PageToken")
_SIZES = ("MaxResults", "maxResults", "PageSize", "pageSize", "MaxItems", "Limit", "limit")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paging:
    """Members of a paged operation. Empty where it has none: it answers with all at once."""

    asks: str = ""
    """Of the request: where the page begins."""
    tells: str = ""
    """Of the answer: where the next page begins, dotted where it stands inside of another."""
    size_member: str = ""
    size: int = 0
    """The most items that a page may hold; 0 where the model sets no limit."""
    items: str = ""
    """Of the answer: the list of the items, where a paginator says it."""

    def first(self, params: Mapping[str, object]) -> dict[str, object]:
        """Return the request of the first page, the largest there is."""
        size = {self.size_member: self.size} if self.size else {}
        return {**size, **params}


@cache
def paging(service: str, operation: str) -> Paging:
    """Return how an operation is paged; JobError where it is unknown."""
    model = operation_model(service, operation)
    asked, answered = model.input_shape, model.output_shape
    if asked is None or answered is None:
        return Paging()
    said = paginators(service).get(operation, {})
    size_member = str(said.get("limit_key") or _one_of(asked, _SIZES))
    sized = asked.members.get(size_member)
    asks = said.get("input_token") or _one_of(asked, _TOKENS)
    tells = said.get("output_token") or _one_of(answered, _TOKENS)
    found = said.get("result_key", "")
    if not isinstance(asks, str) or not isinstance(tells, str):
        return Paging()  # several tokens, such as Route 53's: read page by page by nobody here
    return Paging(
        asks=asks if tells else "",
        tells=tells if asks else "",
        size_member=size_member,
        size=int(sized.metadata.get("max", 0)) if sized is not None else 0,
        items=found if isinstance(found, str) else str(found[0]),
    )


def page_size(service: str, operation: str) -> int:
    """Return the most items that a page of a List or Search operation holds; 0 if not paged."""
    return paging(service, operation).size


def _one_of(shape: Shape, names: tuple[str, ...]) -> str:
    return next((name for name in names if name in shape.members), "")
