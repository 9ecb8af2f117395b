//! What speaks for a part of the page not being the story, one file a kind. Each adds what it finds to the reading;
//! `decode` calls them in order.
pub mod credits;
pub mod cues;
pub mod dates;
pub mod embed;
pub mod formulas;
pub mod head;
pub mod labels;
pub mod repeat;
pub mod shapes;
pub mod tail;
pub mod templates;
