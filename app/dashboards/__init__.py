"""Pages made of several features: my classes, outline, lesson, the trainer's board."""
