"""PostgreSQL: where it is, who may see which rows of it, and for whom a transaction works."""
