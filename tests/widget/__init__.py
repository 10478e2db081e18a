"""A folder with this file is a package to pytest: what its conftest.py starts for the package ends with its last test."""
