"""Reviews: two readings compared, and who may be let go (S1 steps 5-7)."""
