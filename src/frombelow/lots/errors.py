"""What choosing by lot refuses, each as one plain sentence that a member can read."""


class LotsError(Exception):
    """Something was refused; the message is one plain sentence."""


class PoolError(LotsError):
    """A file of quotas or of people that cannot be read: which file, which line (1-based, None for the whole), why."""

    def __init__(self, file: str, line: int | None, why: str) -> None:
        super().__init__(f"{file}, line {line}: {why}" if line is not None else f"{file}: {why}")
        self.file, self.line, self.why = file, line, why


class QuotaError(LotsError):
    """No panel keeps these quotas. ``relaxations`` are the smallest changes that let one: of each quota, by its number,
    the least and the most that it would have."""

    def __init__(self, message: str, relaxations: dict[int, tuple[int, int]]) -> None:
        super().__init__(message)
        self.relaxations = relaxations


class CertificateError(LotsError):
    """A certificate that does not show what it claims; the message says what is wrong."""
