"""The codebook file: read, checked, and its word lists understood."""
