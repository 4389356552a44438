"""Where the eye was in each frame, and frames put back to where it would have held still.

`search.found_motion` finds it, `motion.Motion` is what was found, `shift.registered` applies it.
"""
