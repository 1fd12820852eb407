"""Between HTTP and the services and selectors of this room."""
