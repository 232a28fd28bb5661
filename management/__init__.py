"""The commands of ``./taphuan``, one file each; a command loads only what it needs."""
