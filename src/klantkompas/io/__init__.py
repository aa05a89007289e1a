"""Records, data frames and files, checked into the columns of a kind of interaction."""
