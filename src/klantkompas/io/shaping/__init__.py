"""An export brought into the columns of a table, as its shape declares (domain 18)."""
