"""Vectors and rotations in three dimensions, as plain tuples."""

from math import asin, atan2, cos, degrees, hypot, radians, sin, sqrt

Vector = tuple[float, float, float]
Matrix = tuple[Vector, Vector, Vector]
"""Three columns: where the local x, y and z axes point in the frame outside."""

UP: Vector = (0.0, 1.0, 0.0)


def add(a: Vector, b: Vector) -> Vector:
    """a + b."""
    return (a[0] + b[0], a[1] + b[1], a[2] + b[2])


def sub(a: Vector, b: Vector) -> Vector:
    """a - b."""
    return (a[0] - b[0], a[1] - b[1], a[2] - b[2])


def scale(a: Vector, by: float) -> Vector:
    """a, ``by`` times as long."""
    return (a[0] * by, a[1] * by, a[2] * by)


def dot(a: Vector, b: Vector) -> float:
    """The inner product."""
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def cross(a: Vector, b: Vector) -> Vector:
    """The outer product."""
    return (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])


def length(a: Vector) -> float:
    """How long a is."""
    return sqrt(dot(a, a))


def unit(a: Vector, otherwise: Vector = UP) -> Vector:
    """a with length 1; ``otherwise`` for one that has none."""
    size = length(a)
    return scale(a, 1 / size) if size > 1e-9 else otherwise


def mix(a: float, b: float, share: float) -> float:
    """Between a (0) and b (1)."""
    return a + (b - a) * share


def mixed(a: Vector, b: Vector, share: float) -> Vector:
    """Between a (0) and b (1)."""
    return (mix(a[0], b[0], share), mix(a[1], b[1], share), mix(a[2], b[2], share))


def turned(frame: Matrix, v: Vector) -> Vector:
    """A vector of the local frame, seen from outside."""
    x, y, z = frame
    return (
        x[0] * v[0] + y[0] * v[1] + z[0] * v[2],
        x[1] * v[0] + y[1] * v[1] + z[1] * v[2],
        x[2] * v[0] + y[2] * v[1] + z[2] * v[2],
    )


def within(frame: Matrix, v: Vector) -> Vector:
    """A vector from outside, seen in the local frame."""
    return (dot(frame[0], v), dot(frame[1], v), dot(frame[2], v))


def product(outer: Matrix, inner: Matrix) -> Matrix:
    """First ``inner``, then ``outer``."""
    return (turned(outer, inner[0]), turned(outer, inner[1]), turned(outer, inner[2]))


def about_x(angle: float) -> Matrix:
    """A rotation about x: y goes towards z."""
    c, s = cos(radians(angle)), sin(radians(angle))
    return ((1, 0, 0), (0, c, s), (0, -s, c))


def about_y(angle: float) -> Matrix:
    """A rotation about y: z goes towards x."""
    c, s = cos(radians(angle)), sin(radians(angle))
    return ((c, 0, -s), (0, 1, 0), (s, 0, c))


def about_z(angle: float) -> Matrix:
    """A rotation about z: x goes towards y."""
    c, s = cos(radians(angle)), sin(radians(angle))
    return ((c, s, 0), (-s, c, 0), (0, 0, 1))


def rotation(bend: float, side: float, turn: float) -> Matrix:
    """First ``turn`` about the long axis y, then ``side`` about x, then ``bend`` about z."""
    return product(about_z(bend), product(about_x(side), about_y(turn)))


def angles_of(frame: Matrix) -> Vector:
    """The bend, side and turn of which ``rotation`` makes the frame."""
    (x0, _x1, x2), (y0, y1, y2), (_z0, _z1, z2) = frame
    side = degrees(asin(max(-1.0, min(1.0, y2))))
    if hypot(y0, y1) < 1e-6:
        return (degrees(atan2(_x1, x0)), side, 0.0)
    return (degrees(atan2(-y0, y1)), side, degrees(atan2(-x2, z2)))
