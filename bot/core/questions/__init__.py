"""Reading a question: its words, what is asked, typing errors, and questions that ask the same."""
