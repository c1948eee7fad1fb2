"""Sealed acts beside unsealed ones: at the door, over HTTP, in ``verify``, at a start."""
