"""Where the eye was in each frame, and frames moved back as if the eye had held still.

`search.found_motion` finds it, `motion.Motion` is what was found, `shift.registered` applies it.
"""
