"""One file for each kind of question: its response, its grading and the name of its page.

A kind knows nothing of when it is graded or by whom it is answered. Content, key and feedback are
three values that never mix: nothing of the key can be worked out from the content.
"""
