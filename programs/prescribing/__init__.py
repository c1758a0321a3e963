"""The therapist's part: profile, draft, check, approval."""
