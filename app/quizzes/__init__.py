"""Questions and their versions, quizzes, attempts, slots, responses, grading."""
