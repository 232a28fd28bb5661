"""What is printed on a certificate, as plain values."""
