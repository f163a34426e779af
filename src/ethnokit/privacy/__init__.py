"""What one audience may read: decided in one place, before any template."""
