"""The inspector's day: own visits in order, on a phone or on paper."""
