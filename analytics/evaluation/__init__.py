"""How good forecasts were: scores, calibration and skill against rivals."""
