"""The project: settings, addresses, and what every page needs."""

from stenosis_pt.sqlite import stand_in

stand_in()
