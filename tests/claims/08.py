"""What notebook 08 says."""
