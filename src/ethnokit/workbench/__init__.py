"""The page to code and review in, served on this machine to one person, and to nobody else."""
