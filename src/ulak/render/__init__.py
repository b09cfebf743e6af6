"""A document as a person sees it."""
