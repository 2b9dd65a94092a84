"""The demos, one a file: a `Scene`, and the function that makes it live, which `gt.widgets` has too."""
