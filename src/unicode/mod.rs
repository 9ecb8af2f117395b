//! What a code point is: the questions that the rooms ask of the generated tables.
