"""How far something is, shown as it was asked for: a bar, plain lines, events, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial

from bulkops.cli.flag_values import Output, Progress
from bulkops.cli.outlet import STDERR
from bulkops.cli.output import print_event, texts_on_stderr
from bulkops.engine.ports import Broadcast, Listener


@contextmanager
def chosen(
    progress: Progress,
    output: Output,
    *,
    bar: Callable[[], AbstractContextManager[Listener]],
    lines: Callable[[], Listener],
) -> Iterator[Listener]:
    """Yield a listener that shows progress as asked, on stderr.

    Events go to stdout, but to stderr where a JSON document has stdout for itself.
    """
    if progress is Progress.AUTO:
        progress = Progress.BAR if STDERR.isatty() else Progress.PLAIN
    if progress is Progress.BAR:
        with bar() as listener:
            yield listener
    elif progress is Progress.PLAIN:
        yield lines()
    elif progress is Progress.NDJSON:
        with texts_on_stderr():  # a program reads stdout
            yield partial(print_event, stderr=output is Output.JSON)
    else:
        yield Broadcast()
