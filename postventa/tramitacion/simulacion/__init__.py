"""A believable history of a company, walked through the door, to show or to measure the product.

`registro` is what a room fills in, `historia` what each of its cases does, `marcha` the days that
go by, and `tirada` the whole of it; `masa` tells a few histories again of many people.
"""
