"""The entries of the catalogue of deviations, by what they are about."""
