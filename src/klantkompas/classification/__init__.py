"""Counting success factors, classifying by them, and saying why."""
