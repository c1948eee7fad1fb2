"""Rules for one winner on ranked ballots."""
