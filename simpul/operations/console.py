"""How a command speaks: text for people, one JSON object for machines, progress on stderr, problems that say what
to do."""

import json
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TextIO

from django.core.serializers.json import DjangoJSONEncoder

QUIET = 2.0  # seconds of work without a word where no terminal shows a bar

#: done, total, what is being done; a total of 0 is unknown
Progress = Callable[[int, int, str], None]


class Problem(Exception):
    """A mistake of the user or a state of the machine, in words, with what to do about it.

    `code` is stable English for machines; the command ends with `exit_code` (1: it did not work, 2: wrong use).
    """

    def __init__(self, message: Any, hint: Any = "", *, code: str = "failed", exit_code: int = 1) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.code = code
        self.exit_code = exit_code

    def __str__(self) -> str:
        return f"{self.message}\n{self.hint}" if self.hint else str(self.message)


class Console:
    """Where one command speaks."""

    def __init__(self, *, is_json: bool = False, out: TextIO | None = None, err: TextIO | None = None) -> None:
        self.is_json = is_json
        self.out = out or sys.stdout
        self.err = err or sys.stderr

    def say(self, text: Any = "") -> None:
        """A line for people; silent where a machine reads."""
        if not self.is_json:
            self.out.write(f"{text}\n")
            self.out.flush()

    def warn(self, text: Any) -> None:
        """A line on stderr, for people and for logs."""
        self.err.write(f"{text}\n")
        self.err.flush()

    def answer(self, facts: dict[str, Any], *lines: Any) -> None:
        """The result: `facts` as one JSON object (English keys) with --json, else `lines`."""
        if self.is_json:
            self.out.write(json.dumps(facts, ensure_ascii=False, cls=DjangoJSONEncoder) + "\n")
            self.out.flush()
        for line in lines:
            self.say(line)

    def refuse(self, problem: Problem) -> int:
        """Say what is wrong on stderr (as JSON on stdout for machines) and give the exit code."""
        if self.is_json:
            self.out.write(json.dumps({"error": {"code": problem.code, "message": str(problem.message),
                                                 "hint": str(problem.hint)}}, ensure_ascii=False) + "\n")
        else:
            self.warn(problem)
        return problem.exit_code

    @contextmanager
    def progress(self) -> Iterator[Progress]:
        """A bar on a terminal, a plain line every ten seconds elsewhere; wiped or ended when the work is done."""
        bar = _Bar(self.err)
        try:
            yield bar
        finally:
            bar.close()


class _Bar:
    """Redraws at most ten times a second; long work calls it as often as it likes."""

    def __init__(self, err: TextIO) -> None:
        self.err = err
        self.is_terminal = err.isatty()
        self.started = self.drawn_at = time.monotonic()
        self.label = ""
        self.has_drawn = False

    def __call__(self, done: int, total: int, what: str = "") -> None:
        now = time.monotonic()
        if self.is_terminal:
            is_time = what != self.label or now - self.drawn_at >= 0.1 or done == total
        else:  # a log: nothing about quick work, a line at each new step and every ten seconds of one
            is_time = now - self.started >= QUIET and (what != self.label or now - self.drawn_at >= 10)
        if not is_time:
            return
        self.label, self.drawn_at = what, now
        if self.is_terminal:
            self._draw(done, total)
        else:
            share = f" {done * 100 // total} %" if total else (f" {done}" if done else "")
            self.err.write(f"{what}{share}\n")
        self.err.flush()

    def _draw(self, done: int, total: int) -> None:
        columns = shutil.get_terminal_size().columns
        seconds = time.monotonic() - self.started
        if total:
            full = 24 * min(done, total) // total
            text = f"[{'█' * full}{'·' * (24 - full)}] {done * 100 // total:3} %  {self.label}  {seconds:.0f} s"
        else:
            text = f"{self.label} {done or ''}  {seconds:.0f} s"
        self.err.write("\r\x1b[K" + text[: columns - 1])
        self.has_drawn = True

    def close(self) -> None:
        if self.has_drawn:
            self.err.write("\r\x1b[K")
            self.err.flush()
