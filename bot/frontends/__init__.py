"""Front-ends: each turns requests into calls of the service, and results into its own look."""
