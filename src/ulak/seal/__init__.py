"""XAdES seals: made, verified, and the keys and the trust they rest on."""
