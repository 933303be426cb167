//! What callers send that is not as it should be, in each of the five systems: named, refused, never kept.

mod card_numbers;
mod languages;
mod members;
mod nul;
mod unicode_forms;
mod used_members;
