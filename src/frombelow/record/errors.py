"""What every refusal of the record has in common."""


class RecordError(Exception):
    """Something was refused; the message is one plain sentence that a member can read."""
