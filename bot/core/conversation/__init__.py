"""The way from what somebody typed to an answer: talk, follow-ups, searching, verdicts."""
