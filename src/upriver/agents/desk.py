"""One call at a time: a turn, a limit of seconds, and an end to work that nobody waits for.

Beliefs choose the draws of the whole process, so that two calls at once would see each other's; and
one call has both of the engine's threads. Whoever asks while another is served waits for its turn.
"""

import asyncio
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from upriver.core.errors import OutOfBounds

from . import limits

Answer = TypeVar("Answer")
Progress = Callable[[int, int], None]


class Desk:
    """Where calls are worked on, in a thread of their own.

    seconds: of work on a call. waiting: calls that may wait besides the one that is served.
    """

    def __init__(self, seconds: float = limits.SECONDS, waiting: int = limits.WAITING) -> None:
        self.seconds, self.waiting = seconds, waiting
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="upriver-work")
        self._inside = 0

    async def do(self, job: Callable[[Progress], Answer], tell: Progress | None = None) -> Answer:
        """Work on a call when its turn comes.

        Args:
            job: is given what it tells its progress. tell: hears of progress, in this loop.

        Raises:
            OutOfBounds: too many wait, or it took more than its seconds.
        """
        if self._inside > self.waiting:
            raise OutOfBounds(
                "too many calls are waiting", found=str(self._inside), allowed=f"{self.waiting}",
                hint="Ask again once one is answered.",
            )  # fmt: skip
        loop, gone = asyncio.get_running_loop(), threading.Event()

        def heard(done: int, whole: int) -> None:
            if tell is not None:
                loop.call_soon_threadsafe(tell, done, whole)

        self._inside += 1
        try:
            return await loop.run_in_executor(self._thread, self._work, job, gone, heard)
        finally:
            gone.set()
            self._inside -= 1

    def _work(
        self, job: Callable[[Progress], Answer], gone: threading.Event, heard: Progress
    ) -> Answer:
        """In the thread: the work, looked at after every batch of draws."""
        from upriver.engine.stopping import while_allowed

        end = time.monotonic() + self.seconds

        def look() -> None:
            if gone.is_set():
                raise OutOfBounds("stopped: whoever asked is gone")
            if time.monotonic() > end:
                raise OutOfBounds(
                    "took too long and was stopped",
                    allowed=f"{self.seconds:g} seconds of work",
                    hint="Ask for fewer draws or fewer scenarios.",
                )

        def told(done: int, whole: int) -> None:
            look()
            heard(done, whole)

        with while_allowed(look):
            look()
            return job(told)

    def close(self) -> None:
        """Stop taking calls; what runs ends at its next look."""
        self._thread.shutdown(wait=False, cancel_futures=True)
