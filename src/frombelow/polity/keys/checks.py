"""The signatures of a long record: set aside while it is replayed, and looked at many at a time, beside it."""

from collections import deque
from concurrent.futures import BrokenExecutor, Executor, Future

from ...keys import Job, KeyFault, check_many, check_signature
from .seals import Check

BATCH = 2_000  # signatures: a tenth of a second of work
AHEAD = 12  # batches that may wait, so that memory stays bounded


class BadSeal(Exception):  # noqa: N818  the word of the field
    """The first entry whose signature does not hold, and why not."""

    def __init__(self, index: int, fault: KeyFault) -> None:
        super().__init__(index, fault)
        self.index, self.fault = index, fault


class Checks:
    """Looks at signatures in their order: in the processes of ``pool``, or at once where there is none."""

    def __init__(self, pool: Executor | None = None) -> None:
        self._pool = pool
        self._index = 0
        self._batch: list[Job] = []
        self._indices: list[int] = []
        self._running: deque[tuple[Future[int | None], list[Job], list[int]]] = deque()

    def of(self, index: int) -> Check:
        """What takes the signatures of this entry on. Raises BadSeal for an earlier one."""
        self._index = index
        return self._at_once if self._pool is None else self._later

    def finish(self) -> None:
        """All that was taken on holds; raises BadSeal for the first that does not."""
        while self._running:
            self._look()
        self._say(check_many(self._batch), self._batch, self._indices)  # a few: no process has to begin for them
        self._batch, self._indices = [], []

    @staticmethod
    def _at_once(job: Job) -> None:
        check_signature(*job)

    def _later(self, job: Job) -> None:
        self._batch.append(job)
        self._indices.append(self._index)
        if len(self._batch) >= BATCH:
            self._send()
            while len(self._running) > AHEAD:
                self._look()

    def _send(self) -> None:
        if self._batch and self._pool is not None:
            try:
                future = self._pool.submit(check_many, self._batch)
            except BrokenExecutor:
                self._pool = None
                self._say(check_many(self._batch), self._batch, self._indices)
            else:
                self._running.append((future, self._batch, self._indices))
            self._batch, self._indices = [], []

    def _look(self) -> None:
        future, jobs, indices = self._running.popleft()
        try:
            bad = future.result()
        except BrokenExecutor:  # the system ended one of its processes: no memory, perhaps. All is looked at here
            bad, self._pool = check_many(jobs), None
        self._say(bad, jobs, indices)

    @staticmethod
    def _say(bad: int | None, jobs: list[Job], indices: list[int]) -> None:
        if bad is not None:
            try:
                check_signature(*jobs[bad])
            except KeyFault as fault:
                raise BadSeal(indices[bad], fault) from None
