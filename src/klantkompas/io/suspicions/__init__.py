"""What is read as it stands and is likely to be meant otherwise: noted, never changed."""
