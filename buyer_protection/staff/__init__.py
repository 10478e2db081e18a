"""Staff: the command line with which people work claims, disputes and evidence."""
