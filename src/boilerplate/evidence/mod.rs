//! What speaks for a part of the page not being the story, one file a kind. Each adds what it finds to the reading;
//! `decode` calls them in order.
pub mod captions;
pub mod closing;
pub mod credits;
pub mod cues;
pub mod dates;
pub mod embed;
pub mod formulas;
pub mod frames;
pub mod head;
pub mod hinted;
pub mod keywords;
pub mod labels;
pub mod marks;
pub mod repeat;
pub mod shapes;
pub mod signature;
pub mod templates;
