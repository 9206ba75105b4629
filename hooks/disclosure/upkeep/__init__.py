"""What a published site needs from time to time, and no build does: a look at its links, its sources and its gaps."""
