"""What this room asks."""
