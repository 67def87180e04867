"""The kiosk: the whole window given to a client, who fills in the form, signs it, and sees nothing else."""

from ui.kiosk.kiosk import Kiosk, hand_over

__all__ = ["Kiosk", "hand_over"]
