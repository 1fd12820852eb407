"""Pages of the room: they translate between HTTP and selectors, presenters and services."""
