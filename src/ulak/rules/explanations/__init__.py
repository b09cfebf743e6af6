"""What a finding says to a person: curated texts (``*.toml``), and sentences derived from the rule itself.

``words/*.toml`` is the vocabulary of the derived sentences: element names, code list names, patterns and the
mistakes people make with codes. ``ulak.rules.explain`` is the door; nothing else imports from here.
"""
