"""Signs that nobody sees, or that turn the direction of those beside them: what has them is not what it looks like."""

# For a class of a pattern. Joiners and variation selectors are not among them: Persian, Hindi and emoji need them.
MARKS = (
    r"\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164"
    r"\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
UNSEEN = r"\x00-\x1f\x7f-\x9f" + MARKS  # in one line
UNSEEN_IN_LINES = r"\x00-\x08\x0b-\x1f\x7f-\x9f" + MARKS  # in a text, whose lines and tabs are seen
SEEN = rf"[^{UNSEEN}\s\u200c\u200d\ufe00-\ufe0f]"  # a sign that is seen by itself
LINE = rf"\A[^{UNSEEN}]*{SEEN}[^{UNSEEN}]*\Z"  # of which something is seen
