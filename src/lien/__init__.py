"""An executable, formally verified specification of blockchain lending."""
