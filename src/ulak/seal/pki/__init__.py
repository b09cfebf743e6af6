"""A certificate authority for tests that imitates KamuSM."""
