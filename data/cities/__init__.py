"""Cities of 50,000 people or more: where they lie and which time their clocks show.

The facts are those of GeoNames (CC BY 4.0), see README.md beside this file.
"""

from data.cities.table import City, cities_named, city_zone, zone_of_city

__all__ = ["City", "cities_named", "city_zone", "zone_of_city"]
