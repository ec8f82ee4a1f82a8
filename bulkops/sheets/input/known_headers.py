"""What the caller knows of the columns before the sheet is read."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import TypeAlias

from bulkops.planning.rows.headers import folded, speaks_of_secret

Headers: TypeAlias = "Collection[str] | Callable[[str], bool]"


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownHeaders:
    """Headers that the caller understands, of which some take dates and some are secret.

    Each is a collection of spellings, compared as planning compares headers, or a predicate on
    the header as it stands. A header that names a password, secret or token is secret in any case.
    """

    headers: Callable[[str], bool]
    dates: Callable[[str], bool]
    secrets: Callable[[str], bool]
    anything: bool
    """Nothing was said: every header is as good as any other."""

    @classmethod
    def of(cls, headers: Headers, dates: Headers = (), secrets: Headers = ()) -> KnownHeaders:
        """Build from spellings or predicates."""
        return cls(
            headers=_predicate(headers),
            dates=_predicate(dates),
            secrets=_predicate(secrets),
            anything=not callable(headers) and not headers,
        )

    def score(self, cells: Iterable[str]) -> int:
        """Return how many different known headers stand in a row."""
        return len({folded(cell) for cell in cells if cell and self.headers(cell)})

    def uses(self, header: str) -> bool:
        """Tell whether a column matters to the caller."""
        return bool(header) and (self.anything or self.headers(header))

    def hides(self, header: str) -> bool:
        """Tell whether a column's values may not be shown."""
        return self.secrets(header) or speaks_of_secret(header)


def _predicate(headers: Headers) -> Callable[[str], bool]:
    if callable(headers):
        return headers
    spellings = frozenset(folded(header) for header in headers) - {""}
    return lambda header: folded(header) in spellings
