"""Committees from approvals: each ballot says whom it approves, and the committee shall represent the voters.

Ties in all of these rules: "back" or "forward" prefer whoever more ballots approve; then "seed" or "ask".
"""

from .profile import ApprovalProfile, approvals_of

__all__ = ["ApprovalProfile", "approvals_of"]
