"""The platform of an özel entegratör: a Django project over `ulak`, with PostgreSQL as its only companion."""
