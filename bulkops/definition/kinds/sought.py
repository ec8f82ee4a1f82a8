"""How things are found of a kind that nothing lists: by a key and its value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bulkops.definition.kinds.listing import Listing
from bulkops.definition.model.patterns import TextPattern


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyOf:
    """How one search is asked for things with any of several values of a key.

    In `asks`, JSON, `{key}` stands for the key and `{each}` for the list of what `each` says of one
    value, in which `{value}` stands for it. `told` is the path of the value in an item, with
    `{key}` in it. `most` is how many values one search takes.
    """

    asks: Mapping[str, Any]
    each: Mapping[str, Any]
    told: str
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """How things are found of a kind that has no list: by a key and its value, a search a name.

    A name is `key=value`. Without a key, the first of `forms` that the value has says which one is
    meant, and else it is `otherwise`. The kind's listing is that search.
    """

    forms: tuple[tuple[TextPattern, str], ...]
    """(form of a value, key that it is looked for by)."""
    otherwise: str
    borne: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Key → the members of a new thing that bear its value, the first of them where none does."""
    key: str = ""
    """Argument of the search that takes the key."""
    values: str = ""
    """Argument of the search that takes the value, as the only one of a list."""
    any_of: AnyOf | None = None
    """How one search is asked for several values instead; None: it takes one."""
    by_id: str = ""
    """The key whose value is the thing's id, so that nothing is searched for."""
    keys: Listing | None = None
    """Lists what may be a key, which is written by its name; None: keys are written as they are."""
    listed: bool = False
    """Whether the search shows all there are where it is asked for none."""

    def key_of(self, name: str) -> str:
        """Return a name with its key."""
        key, value = self.parts(name)
        return f"{key}={value}"

    def parts(self, name: str) -> tuple[str, str]:
        """Return the key and the value of a name."""
        key, equals, value = name.partition("=")
        if equals and value and (self.keys is not None or _KEY.search(key)):
            return key, value
        found = (key for form, key in self.forms if form.search(name))
        return next(found, self.otherwise), name

    def asked(self, key: str, values: Sequence[str]) -> Mapping[str, Any]:
        """Return what a search for a key's values is asked with: no more of them than `most`."""
        if self.any_of is None:
            return {self.key: key, self.values: [*values]}
        each = [_filled(self.any_of.each, {"{key}": key, "{value}": one}) for one in values]
        found: Mapping[str, Any] = _filled(self.any_of.asks, {"{key}": key, "{each}": each})
        return found

    @property
    def most(self) -> int:
        """How many values one search takes."""
        return 1 if self.any_of is None else self.any_of.most

    def names_in(self, params: Mapping[str, Any]) -> Iterator[str]:
        """Yield the names that something new has which is made with some members."""
        for key, members in self.borne.items():
            yield from (f"{key}={params[member]}" for member in members if member in params)


def _filled(asked: Any, said: Mapping[str, Any]) -> Any:  # noqa: ANN401  # JSON
    if isinstance(asked, Mapping):
        return {name: _filled(each, said) for name, each in asked.items()}
    if isinstance(asked, list):
        return [_filled(each, said) for each in asked]
    return said.get(asked, asked)


_KEY = TextPattern(r"^[a-zA-Z0-9_-]{1,64}\Z")
