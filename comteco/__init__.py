"""Rooms of COMTECO R.L. (Bolivia): reception hall and post-sale procedures."""
