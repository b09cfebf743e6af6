"""GİB's own ends: the portal's user, customs, probes, faulty calls, the lists that are published."""
