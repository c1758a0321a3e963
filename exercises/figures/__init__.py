"""Exercise figures: a body of joint angles, posed, moved and drawn as SVG. Pure: no Django.

Lengths are centimetres of the body, angles degrees. x points to the right of the side view, y up, z to the viewer. A
figure that faces +x shows its right side.
"""
