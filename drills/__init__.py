"""Drills: each does to a whole organization, many times, what must never harm it, and looks whether it did."""
