"""Which column is which field: what people name, what software calls it, and how to say it."""
