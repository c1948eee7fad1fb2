"""Benches: each module measures one thing and gives its figures by name."""
