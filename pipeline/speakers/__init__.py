"""Who says it: names, noun phrases and pronouns, and the speaker that each stands for."""
