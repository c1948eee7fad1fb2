"""What every subject stands on: acts and entries, the agenda, judging, replaying, refusing, saying."""
