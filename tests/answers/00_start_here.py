"""Lesson 00: what learners usually get wrong in the warm-up, and other ways to get it right."""

MISTAKES = {
    "share_right": [
        ("returns the count", "That is how many", "def share_right(said, true):\n    return int(np.sum(said == true))\n"),
        ("returns percent", "the share in percent", "def share_right(said, true):\n    return 100 * np.mean(said == true)\n"),
        ("returns the share of wrong ones", "one of four answers is wrong", "def share_right(said, true):\n    return np.mean(said != true)\n"),
        ("divides without remainder", "as if all or none were right", "def share_right(said, true):\n    return sum(said == true) // len(said)\n"),
        ("returns one answer for each place", "one answer for each place", "def share_right(said, true):\n    return said == true\n"),
        ("counts only the ones", "An answer 0 is right, too", '''
def share_right(said, true):
    return sum(1 for a, b in zip(said, true) if a == 1 and b == 1) / len(said)
'''),
        ("forgets to return", "ends without return", "def share_right(said, true):\n    share = np.mean(said == true)\n"),
        ("returns 7", "three of four agree with [1 1 1 1], a share of 0.75", "def share_right(said, true):\n    return 7\n"),
    ],
}

RIGHT = {
    "share_right": ['''
def share_right(said, true):
    right = 0
    for a, b in zip(said, true):
        if a == b:
            right += 1
    return right / len(said)
''', '''
def share_right(said, true):
    return 1 - np.abs(said - true).mean()
''', '''
def share_right(said, true):
    return np.count_nonzero(said == true) / said.size
'''],
}
