//! The frame: asks for the card.
