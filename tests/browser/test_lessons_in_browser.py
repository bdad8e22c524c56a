"""Every lesson in a real JupyterLab: it runs from top to bottom, and every control of every live figure can be used by everyone."""

import shutil

import lessons
import pytest
from boards import drag, photograph, says

from tools.build import ROOT

# what JupyterLab shows in red: errors and whatever went to stderr
RED = '[data-mime-type="application/vnd.jupyter.stderr"]'
# the controls of a figure that Tab should stop at, in order: of a group of radio buttons one
STOPS = """(root) => {
  const all = [...root.querySelectorAll("input, select, button, textarea, summary, a, [tabindex]")]
    .filter((it) => !it.disabled && it.tabIndex >= 0 && it.checkVisibility());
  const chosen = (it) => all.find((other) => other.name === it.name && other.checked) ?? all.find((other) => other.name === it.name);
  return all.filter((it) => it.type !== "radio" || chosen(it) === it);
}"""
LOOK = f"""([root, place]) => {{
  const it = document.activeElement, style = getComputedStyle(it);
  return {{
    there: ({STOPS})(root).indexOf(it) === place,
    ringed: it.matches(":focus-visible") && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    keeps: it.dataset.lmSuppressShortcuts === "true",
    high: (it.labels?.[0]?.parentElement ?? it).getBoundingClientRect().height,
    what: it.outerHTML.slice(0, 200),
  }};
}}"""
# what a key on a control changes at once, and what its figure draws anew
HELD = """([root, it]) => [root.querySelectorAll(`[data-name="${it.dataset.name}"]`), [it]]
  .flatMap((all) => [...all]).map((one) => [one.checked, one.value, one.textContent]).join()"""
DRAWN = "([root, it]) => root.dataset.draws"
OUTPUTS = """() => window.jupyterapp.shell.currentWidget.content.widgets
  .flatMap((cell) => (cell.model.outputs?.toJSON() ?? []).map((output) => [cell.model.id, output]))"""
# pictures that are white for a good part: those that a dark theme has left as they were
LIGHT = """() => [...document.querySelectorAll(".untangle[data-draws] .picture canvas")].filter((canvas) => {
  const board = canvas.closest(".untangle"), { width, height } = canvas;
  if (!width || !height || !board.checkVisibility()) return false;
  const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
  let white = 0;
  for (let k = 0; k < data.length; k += 4) white += data[k + 3] > 250 && Math.min(data[k], data[k + 1], data[k + 2]) > 250;
  return white > 0.25 * width * height;
}).map((canvas) => canvas.getAttribute("aria-label"))"""


@pytest.fixture(scope="module", params=lessons.NAMES)
def page(request, lab, browser):
    """A solved lesson in JupyterLab, run from top to bottom."""
    shutil.copy(ROOT / "solutions" / request.param / f"{request.param}.ipynb", lab.folder)
    page = lab.show(browser, f"{request.param}.ipynb")
    yield page
    assert not page.complaints


def figures(page):
    return page.locator(".untangle[data-draws]").all()


def test_a_solved_lesson_runs_in_jupyterlab_and_each_still_makes_room_for_its_live_figure(page):
    assert figures(page)
    for cell, output in page.evaluate(OUTPUTS):
        lessons.presentable(cell, output)
    assert page.locator(RED).all_inner_texts() == []
    assert page.locator(".untangle-still:visible").count() == 0
    photograph(page, page.url.rpartition("/")[2])


def test_tab_stops_at_every_control_and_shows_where_it_is(page):
    for board in figures(page):
        root = board.element_handle()
        stops = len(page.evaluate(f"(root) => ({STOPS})(root).map(() => 0)", root))
        page.evaluate(f"(root) => ({STOPS})(root)[0]?.focus()", root)
        for place in range(stops):
            if place:
                page.keyboard.press("Tab")
            seen = page.evaluate(LOOK, [root, place])
            assert seen["there"] and seen["keeps"] and seen["high"] >= 24, seen
            # Chromium rings what a script has focused only after a key
            assert seen["ringed"] or not place, seen


def test_every_control_answers_the_keyboard_and_every_figure_says_something_new(page):
    for board in page.locator(".untangle[data-draws]:not(:has(.layers))").all():
        root = board.element_handle()
        said = {says(board)}
        for place in range(40):
            it = page.evaluate_handle(f"([root, place]) => ({STOPS})(root)[place]", [root, place]).as_element()
            if it is None:
                break
            it.focus()
            use(page, root, it)
            said.add(board.locator(".says").text_content())
        says(board)
        assert len(said) > 1, f"the words stay as they are: {said}"


def use(page, root, it):
    """Change a control by its usual key, and wait until it has changed and its figure has been drawn anew."""
    kind, value, most = it.evaluate("it => [it.type || it.localName, it.value, it.max]")
    key = {"range": "ArrowLeft" if value == most else "ArrowRight", "radio": "ArrowDown", "checkbox": "Space",
           "select-one": "ArrowDown", "button": "Enter"}[kind]  # fmt: skip
    drawn, held = page.evaluate(DRAWN, [root, it]), page.evaluate(HELD, [root, it])
    page.keyboard.press(key)
    if kind != "button":
        page.wait_for_function(f"([pair, held]) => ({HELD})(pair) !== held", arg=[[root, it], held])
    page.wait_for_function(f"([pair, drawn]) => ({DRAWN})(pair) !== drawn", arg=[[root, it], drawn])
    if "Pause" in it.text_content():
        page.keyboard.press("Enter")
        page.wait_for_function("it => !it.textContent.includes('Pause')", arg=it)


def test_a_slider_of_every_figure_follows_the_mouse(page):
    for board in figures(page):
        slider = board.locator("input[type=range]:visible:enabled").first
        if not slider.count():
            continue
        before, drawn = slider.input_value(), board.get_attribute("data-draws")
        now = slider.evaluate("it => (it.value - it.min) / (it.max - it.min)")
        drag(board, slider.get_attribute("data-name"), 0.85 if now < 0.5 else 0.15)
        assert slider.input_value() != before and board.get_attribute("data-draws") != drawn


def test_figures_follow_the_theme_and_axe_finds_nothing_serious_in_either(page, axe):
    assert axe(page, ".untangle") == []
    page.evaluate("window.jupyterapp.commands.execute('apputils:change-theme', { theme: 'JupyterLab Dark' })")
    page.wait_for_selector("body[data-jp-theme-light=false]", state="attached")
    # nothing but the colours is another
    assert axe(page, ".untangle", ["color-contrast"]) == []
    page.wait_for_function(f"() => ({LIGHT})().length === 0", timeout=30_000)


def test_an_untouched_lesson_stops_at_its_first_check_with_the_answer_still_to_be_written(lab, browser):
    shutil.copy(ROOT / "notebooks" / "01-one-line" / "01-one-line.ipynb", lab.folder / "untouched.ipynb")
    page = lab.show(browser, "untouched.ipynb")
    errors = page.locator(RED)
    errors.first.wait_for(timeout=30_000)
    assert errors.count() == 1 and "not written yet" in errors.text_content()


@pytest.mark.parametrize(("name", "answer", "sentence"), [
    ("another-shape", "return Ws[0][:, 0], bs[0]", "collapse's W should be an array of finite numbers of shape (2, 1), but its shape is (2,)"),
    ("stops", "return Ws[0] @ bs, bs[0]", "collapse should return W and b, but it stopped with"),
])  # fmt: skip
def test_a_figure_that_cannot_use_an_answer_says_why_in_a_sentence_and_draws_nothing(lab, browser, name, answer, sentence):
    asked = f"def collapse(Ws, bs):\n    {answer}\n\ndepth_slider(collapse)"
    lab.write(f"{name}.ipynb", ["from course_utils.figures.collapse import depth_slider", asked])
    page = lab.show(browser, f"{name}.ipynb")
    page.locator(RED).first.wait_for(timeout=30_000)
    (told,) = page.locator(RED).all_inner_texts()
    assert sentence in told and answer.partition(" ")[2] in told and "arguments.py" not in told
    assert page.locator(".untangle").count() == 0 and not page.complaints
