"""The nouns of the field: customers, interactions, classes and criteria; no I/O, no plugins."""
