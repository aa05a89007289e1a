"""What the text of a column says: dates, numbers, durations, words, as people write them."""
