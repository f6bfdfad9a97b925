"""A believable history of a company, walked through the door: for demonstrations and measurements.

`registro` is what a room fills in, `historia` what each of its cases does, `marcha` the days that go
by, and `tirada` the whole of it.
"""
