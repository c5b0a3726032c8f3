"""Pictures of the glass: icons as masks, white on nothing, tinted by a colour of the theme.

Responsible for: nothing that runs on a terminal; `draw_icons` makes the files anew.
"""
