"""The officer's addresses of cohorts, a file for each thing."""
