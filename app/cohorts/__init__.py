"""A group that is taught one published version in a period: sites, staff, enrolments."""
