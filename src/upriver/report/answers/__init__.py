"""Answers to the six questions that Upriver is built for, as words, tables and numbers.

Each question has a file that runs what it needs and says what came of it; no figure is typed.
`answer` is what an answer holds and how it is written, `words` what all of them say alike, `page`
puts them together.
"""
