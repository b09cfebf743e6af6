"""What `ulak doctor` looks at: every check says what is well, what is not, and what to do about it."""
