"""What a test does with a live figure on a page: find it, move its controls, see its picture, hear its words.

Nothing here waits for a time: every step waits for what it has done.
"""

import hashlib
import os
import pathlib
import re

# the picture is drawn in the next frame, and the words are heard when they have stood still for a moment
SETTLED = """async (root) => {
  const frame = () => new Promise(requestAnimationFrame), late = performance.now() + 30000;
  await frame();
  await frame();
  const [seen, heard] = [".says", ".heard"].map((part) => root.querySelector(part));
  while (seen.textContent !== heard.textContent) {
    if (performance.now() > late) throw Error(`still not heard: ${seen.textContent}`);
    await frame();
  }
  return heard.textContent;
}"""
VALUE = """(root, name) => [...root.querySelectorAll(`[data-name="${name}"]`)]
  .map((it) => (["radio", "checkbox"].includes(it.type) ? it.checked : it.value)).join()"""
PICTURES = os.environ.get("UNTANGLE_SCREENSHOTS")  # a folder, for who wants to look


def figure(page, control):
    """The live figure that has a control of this name."""
    return page.locator(".untangle", has=page.locator(f'[data-name="{control}"]'))


def says(board):
    """The words of a live figure, once they stand still."""
    return board.evaluate(SETTLED)


def picture(board):
    """A digest of every pixel that the figure's canvases hold, once they stand still."""
    says(board)
    drawn = board.locator("canvas").evaluate_all("all => all.map((canvas) => canvas.toDataURL())")
    return hashlib.sha256("".join(drawn).encode()).hexdigest()


def put(board, **values):
    """Move sliders to these values, as a drag does."""
    for name, value in values.items():
        board.locator(f'input[type="range"][data-name="{name}"]').evaluate(
            "(it, value) => { it.value = value; it.dispatchEvent(new Event('input')); }", value
        )


def press(board, control, key, times=1):
    """Press a key on a control, each time until the control's value has changed; return the words after it."""
    part = f'[data-name="{control}"]'
    board.locator(f"input{part}:checked, input[type=range]{part}, input[type=checkbox]{part}, select{part}").first.focus()
    for _ in range(times):
        before = board.evaluate(VALUE, control)
        board.page.keyboard.press(key)
        board.page.wait_for_function(
            f"([root, name, before]) => ({VALUE})(root, name) !== before", arg=[board.element_handle(), control, before]
        )
    return says(board)


def follows_an_arrow_key(board, control, times=1, words=True):
    """An arrow key on a control changes the picture; and the text, unless the control changes nothing that there is to say."""
    before, said = picture(board), says(board)
    press(board, control, "ArrowRight", times)
    assert picture(board) != before
    assert (says(board) != said) == words


def drag(board, control, share):
    """Drag a slider with the mouse from where it is to this share of its length; return the words after it."""
    slider = board.locator(f'input[type="range"][data-name="{control}"]')
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    now = slider.evaluate("it => (it.value - it.min) / (it.max - it.min)")
    # the middle of the thumb goes from half its width to the same before the end
    across = lambda part: box["x"] + 8 + part * (box["width"] - 16)  # noqa: E731
    mouse, middle = board.page.mouse, box["y"] + box["height"] / 2
    mouse.move(across(now), middle)
    mouse.down()
    mouse.move(across(share), middle, steps=4)
    mouse.up()
    return says(board)


def ours(page):
    """The console's complaints that are about this course or are errors, without those that come out of JupyterLab's files alone."""
    lines = [line for line in page.complaints if "untangle" in line.lower() or "error" in line.lower()]
    places = {line: re.findall(r"(?:blob:|https?://)\S+", line) for line in lines}
    return [line for line in lines if not places[line] or not all("/static/lab/" in place for place in places[line])]


def photograph(page, name):
    """Keep a picture of the page, for who asked for some."""
    if PICTURES:
        pathlib.Path(PICTURES).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=pathlib.Path(PICTURES) / f"{name}.png", full_page=True)
