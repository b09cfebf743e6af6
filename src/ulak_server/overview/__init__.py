"""What people see at a glance: what needs them, sums of months, months closed, the first steps of a taxpayer."""
