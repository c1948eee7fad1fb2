"""What the door counts of its own work, for whoever watches the server. Nothing here is about anybody."""

from bisect import bisect_left

BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)  # seconds


class Figures:
    """Counts since the process began. One thread writes; a reader may see a batch half counted."""

    __slots__ = ("batches", "buckets", "failed", "refused", "seconds", "taken_in")

    def __init__(self) -> None:
        self.taken_in = self.refused = self.failed = self.batches = 0
        self.seconds = 0.0
        self.buckets = [0] * (len(BOUNDS) + 1)

    def batch(self, taken_in: int, refused: int, seconds: float) -> None:
        """One more batch was stored, signed and published, or wholly refused."""
        self.taken_in += taken_in
        self.refused += refused
        if taken_in or refused:
            self.batches += 1
            self.seconds += seconds
            self.buckets[bisect_left(BOUNDS, seconds)] += 1


figures = Figures()
