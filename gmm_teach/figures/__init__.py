"""Static pictures of the lessons, drawn with the artists of `plots`: one file for each part of the course."""

from .runs import Picture, blank, data_figure, sheet, show, step_picture, time_chart

__all__ = ["Picture", "blank", "data_figure", "sheet", "show", "step_picture", "time_chart"]
