"""GİB's side of every protocol, simulated: Merkez with its accounts, the portal, customs, e-Arşiv and e-Defter.

It keeps GİB's order of checks, its codes and its times, runs on a clock that can be moved, and fails on demand. It is
for trying and for tests, never for real documents.
"""
