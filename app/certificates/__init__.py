"""Issue batches, certificates, the register, revocation and public verification."""
