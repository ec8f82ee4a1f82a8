"""The questions that a person is asked at a terminal, and what is shown before each."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType

from bulkops.cli.flag_values import Output
from bulkops.cli.output import say, say_beside, texts_on_stderr
from bulkops.cli.plan_output import print_plan, print_target
from bulkops.errors import InterruptedQuestionError, TerminatedQuestionError, UsageError
from bulkops.planning.target import Target
from bulkops.runs.summary import Summary

_YES, _NO = ("y", "yes"), ("n", "no", "")


class TerminalAsker:
    """Shows a plan and asks; with `yes` it only shows. Refuses where there is no one to ask.

    `surely`: the command asks in any case, so that it is refused before it has read anything.
    Where a JSON document is wanted, what a person must see before an answer goes to stderr.
    """

    def __init__(
        self, command: str, *, yes: bool, simulated: bool, output: Output, surely: bool = True
    ) -> None:
        self._command = command
        self._yes = yes
        self._simulated = simulated
        self._output = output
        if surely and not yes:
            self._require_terminal()

    def _require_terminal(self) -> None:
        if sys.stdin is None or not sys.stdin.isatty():
            raise UsageError(
                f"{self._command} asks before it sends anything, and there is no terminal to ask "
                "on: add --yes to agree beforehand."
            )

    def _agreed(self, question: str) -> bool:
        if self._yes:
            return True
        self._require_terminal()
        return answered(question)

    def plan(self, summary: Summary, targets: Sequence[Target]) -> bool:
        """Show the plan and ask whether to carry it out."""
        is_json = self._output is Output.JSON
        if not (is_json and self._yes):
            with texts_on_stderr(is_json):
                for target in targets:
                    print_target(target, simulated=self._simulated)
                print_plan(summary)
        return self._agreed("Carry this out?")

    def canary(self, said: str) -> bool:
        """Show how the canary rows ended and ask whether to go on."""
        with texts_on_stderr(self._output is Output.JSON):
            for line in said.splitlines():
                say(line)
        return self._agreed("Go on with the rest?")


def answered(question: str) -> bool:
    """Ask a question and tell whether the answer is yes; the end of input is a no.

    Raises InterruptedQuestionError at Ctrl-C, TerminatedQuestionError at SIGTERM and SIGHUP: at
    once, for a signal that only a running loop takes note of would wait for the answer.
    """
    with _signals_end_it():
        while True:
            say_beside(f"{question} [y/N]: ", end="")
            try:
                typed = sys.stdin.readline()
            except UnicodeDecodeError:
                typed = "?\n"
            except OSError:  # the terminal has hung up
                typed = ""
            word = typed.strip().casefold()
            if not typed:
                say_beside()
            if word in _YES or word in _NO:
                return word in _YES
            say_beside("Answer y or n.")


@contextmanager
def _signals_end_it() -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread is told of signals
        return
    names = ("SIGINT", "SIGTERM", "SIGHUP")  # Windows has no SIGHUP
    watched = [getattr(signal, name) for name in names if hasattr(signal, name)]
    # under nohup SIGHUP is ignored, and stays so
    before = {
        each: handler
        for each in watched
        if (handler := signal.getsignal(each)) not in (signal.SIG_IGN, None)
    }
    for each in before:
        signal.signal(each, _end)
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def _end(signum: int, frame: FrameType | None) -> None:
    del frame
    say_beside()
    if signum == signal.SIGINT:
        raise InterruptedQuestionError("stopped by Ctrl-C at the question; nothing was sent")
    raise TerminatedQuestionError("stopped by a signal at the question; nothing was sent")
