"""Structures that the API takes and gives, by room."""
