"""Enumerations, logs and the wall clock."""
