"""What authors and maintainers run: the builder, the hand-out, the benches. Learners need none of it."""
