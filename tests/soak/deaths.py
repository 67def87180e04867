"""Let a child of this process die at one of the steps it takes, or at any moment, and hear what it said before.

A step is a call on the disk or a statement in the file; the child may die just before one and just after it.
The process that forks must have no threads: each of these programs is run by itself.
"""

from __future__ import annotations

import io
import json
import os
import signal
import sys
import time
from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from tests.storage.crash import STEPS

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterator

    Tell = Callable[[Any], None]
    Task = Callable[[Tell], object]

NEVER = 0
tell_now = os.write


class Steps:
    """Counts the steps of this process and ends it at one of them."""

    def __init__(self, last: int) -> None:
        self.last, self.taken = last, 0

    def tick(self, *_: object, **__: object) -> None:
        self.taken += 1
        if self.taken == self.last:
            os.kill(os.getpid(), signal.SIGKILL)

    def watch(self) -> None:
        for name in (*STEPS, "mkdir", "rmdir"):
            setattr(os, name, self._counted(getattr(os, name)))
        io.open = self._counted(io.open)
        for moment in ("before_cursor_execute", "after_cursor_execute", "commit"):
            event.listen(Engine, moment, self.tick)
        event.listen(Session, "after_commit", self.tick)

    def _counted(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:
            self.tick()
            answer = real(*given, **named)
            self.tick()
            return answer

        return call


class Life:
    """What a child said, and whether it lived to its end."""

    def __init__(self, said: list[Any], *, died: bool) -> None:
        self.said, self.died = said, died


def say(saying: int, said: object) -> None:
    tell_now(saying, json.dumps(said).encode() + b"\n")


def life(task: Task, *, step: int = NEVER, seconds: float = 0.0) -> Life:
    """Run a task in a child that dies at a step, or after some time, or lives; it says things by its argument."""
    hearing, saying = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(hearing)
        steps = Steps(step)
        steps.watch()
        task(partial(say, saying))
        say(saying, {"steps": steps.taken})
        os._exit(0)
    os.close(saying)
    if seconds:
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
    with os.fdopen(hearing, "rb") as pipe:
        said = [json.loads(line) for line in pipe]
    _, status = os.waitpid(child, 0)
    died = os.WIFSIGNALED(status)
    assert died or os.waitstatus_to_exitcode(status) == 0, "the task failed by itself"
    return Life(said, died=died)


def steps_of(task: Task) -> int:
    """Let the task live, and count its steps."""
    return int(life(task).said[-1]["steps"])


def ends(chance: random.Random, rounds: int, steps: int, seconds: float) -> Iterator[dict[str, Any]]:
    """Choose how to die: half the time at a step, half the time at some moment, if there is time for that."""
    for n in range(rounds):
        at_a_step = n % 2 or not seconds
        yield {"step": chance.randint(1, steps)} if at_a_step else {"seconds": chance.uniform(0.001, seconds)}


def report(**counts: int) -> None:
    sys.stdout.write(json.dumps(counts) + "\n")
