"""The rows of this room as pages show them."""
