"""What decides when work is done. `local` runs everything in this process."""
