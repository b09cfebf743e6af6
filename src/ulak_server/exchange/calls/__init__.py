"""Calls to Merkez: made after the commit that asked for them, told in one transaction, never blindly repeated.

`Calls.carry_out` takes what `Shell.outside` collected. Whether a call may be made at all is for `gate`, what its end
means for `making`; `telling` writes the ends, and `handlers` what an envelope's end means for what is in it.
"""
