"""Seals judged: what was signed, by whom, and whether it holds."""
