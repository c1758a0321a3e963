"""The patient's part: the day, the session's plan, and the events that come back from it."""
