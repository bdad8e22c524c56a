"""The 45 claims of the two articles that the course takes apart, each with a number that is computed anew.

    python -m course_utils.claims                 # the table: claim, verdict, number, band, citation
    python -m course_utils.claims S12 --seed 3    # one claim, another seed
    from course_utils.claims.ledger import LEDGER, table

`lines`, `bends`, `training` and `space` hold the claims in the order of the lessons, `record` what a claim is.

Is this an answer key? Lesson 10 asks for verdicts, so the words OK, IMPRECISE and WRONG are kept here as digests,
which the table turns into words: nobody meets one by reading the package or by a completion in a notebook, and
nothing shows the table before lesson 10's exercise has been passed. It is no lock. Each verdict was said in the closing
box of its lesson, the answers stand in `solutions/` for whoever wants them, and one who asks this command for the table
has asked. The numbers are computed in other ways than the exercises ask for, wherever there is another way.
"""
