//! The page as an article.
