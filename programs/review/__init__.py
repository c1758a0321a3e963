"""What it means: who needs the therapist today, and how each patient is doing."""
