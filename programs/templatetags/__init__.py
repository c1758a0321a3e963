"""Template tags of the patient's session."""
