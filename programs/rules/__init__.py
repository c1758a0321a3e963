"""The clinical rules: pure functions over plain values, each named by its rule id."""

RULES_VERSION = "0.2-draft"
"""The version of routines.md and safety.md that these rules carry out; stored with everything they decide."""
