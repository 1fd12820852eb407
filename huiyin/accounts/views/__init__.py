"""Pages about the account itself. Views translate between HTTP and the services."""
