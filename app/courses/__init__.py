"""Course → version → module → activity; lessons; the open package format; publishing."""
