"""When projects will finish, as ranges, from what was known on a day."""
