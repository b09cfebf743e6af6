"""E-mail: written, handed over, and what came back of it."""
