"""Files that are put somewhere before a call that names them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bulkops.definition.kinds.found_things import Col


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file that is put where the service says, just before a call that takes its id is sent.

    `operation` asks for a place, with `args`; it answers with an id, with a signed address, which
    is a secret, and with the headers that belong to it. To do it again is harmless.
    """

    operation: str
    args: Mapping[str, Col]
    file: Col
    """The column of the file: its octets, or the text in the cell."""
    most: int
    """Octets that the service takes."""
    id: str = "uploadId"
    url: str = "url"
    headers: str = "headersToInclude"

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that it reads."""
        return (self.file.name, *(col.name for col in self.args.values()))
