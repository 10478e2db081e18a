"""Writes to the database off the event loop; on SQLite what comes together is committed together.

SQLite lets one write at a time, and each commit waits for the disk: threads that wait for one another would waste
both, so there one thread writes, and takes into a transaction all that waits by then. Each work is undone alone if it
fails. On PostgreSQL each has a transaction of its own.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any, Final, TypeVar

from sqlalchemy.engine import Connection, Engine

from buyer_protection.disputes.transactions import hold_conversation, writing

#: Works in one transaction; more than wait at once would make the first wait for the last.
_MOST: Final = 32

_T = TypeVar("_T")


@dataclass(frozen=True)
class _Job:
    work: Callable[[Connection], Any]
    done: Callable[[Any, BaseException | None], None]


class Writer:
    """Writes for one process."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._thread: threading.Thread | None = None

    async def write(self, work: Callable[[Connection], _T], conversation: str | None = None) -> _T:
        """The result of work in a transaction that is committed by then, and that holds the conversation meanwhile.

        The work may run more than once, in a thread, so it must do nothing but write. Raises what it or the database
        raises.
        """
        if conversation is not None:
            work = _holding(conversation, work)
        if self._engine.dialect.name != "sqlite":
            return await asyncio.to_thread(writing, self._engine, work)
        if self._thread is None:
            self._thread = threading.Thread(target=self._write_together, name="writer", daemon=True)
            self._thread.start()
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[_T] = loop.create_future()

        def done(result: _T, error: BaseException | None) -> None:
            loop.call_soon_threadsafe(_settle, answer, result, error)

        self._jobs.put(_Job(work, done))
        return await answer

    def stop(self) -> None:
        """Ends the thread, once what waits is written."""
        if self._thread is not None:
            self._jobs.put(None)
            self._thread.join()
            self._thread = None

    def _write_together(self) -> None:
        while (first := self._jobs.get()) is not None:
            jobs, is_last = [first], False
            while len(jobs) < _MOST and not is_last:
                try:
                    job = self._jobs.get_nowait()
                except Empty:
                    break
                is_last = job is None
                if job is not None:
                    jobs.append(job)
            self._write(jobs)
            if is_last:
                return

    def _write(self, jobs: list[_Job]) -> None:
        try:
            results = writing(self._engine, lambda connection: [_alone(connection, job, len(jobs)) for job in jobs])
        except BaseException as error:
            results = [(None, error)] * len(jobs)
        for job, (result, failure) in zip(jobs, results, strict=True):
            job.done(result, failure)


def _alone(connection: Connection, job: _Job, together: int) -> tuple[Any, BaseException | None]:
    """What one work comes to among others, undone by itself if it fails."""
    if together == 1:
        return job.work(connection), None
    try:
        with connection.begin_nested():
            return job.work(connection), None
    except Exception as error:
        return None, error


def _holding(conversation: str, work: Callable[[Connection], _T]) -> Callable[[Connection], _T]:
    def held(connection: Connection) -> _T:
        hold_conversation(connection, conversation)
        return work(connection)

    return held


def _settle(answer: asyncio.Future[Any], result: Any, error: BaseException | None) -> None:
    if answer.done():
        return
    if error is not None:
        answer.set_exception(error)
    else:
        answer.set_result(result)
