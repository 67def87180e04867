"""The body map: figures to mark on, by hand or by keys."""

from ui.widgets.body_map.widget import BodyMap

__all__ = ["BodyMap"]
