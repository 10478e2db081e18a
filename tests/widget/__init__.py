"""A folder with this file is a package to pytest: what its conftest.py starts for it ends with its last test."""
