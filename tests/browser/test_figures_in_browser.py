"""What all live figures share: keys and themes in JupyterLab, values between Python and the browser, pages without a kernel."""

import pytest
from boards import follows_an_arrow_key, photograph, picture, press, says

from course_utils.figures import collapse, feature_crosses, live, no_line

SETUP = """
import numpy as np
from course_utils.figures import collapse as lesson

def collapse(Ws, bs):
    W, b = Ws[0], bs[0]
    for V, c in zip(Ws[1:], bs[1:]):
        W, b = W @ V, b @ V + c
    return W, b

turns = [np.array([[0.8, -0.6], [0.6, 0.8]]), np.array([[1.2, 0.3], [0.0, 0.9]]), np.array([[0.5, -0.4], [0.3, 1.1]])]
"""
CALLS = {
    "depth": "depth = lesson.depth_slider(collapse)\ndepth",
    "step": "lesson.grid_filmstrip(turns, collapse)",
    "bend": "lesson.one_bend()",
    "w1": "lesson.two_neurons()",
}
NOTEBOOK = [SETUP, *CALLS.values(), "depth.state = {**depth.state, 'depth': 33}"]
# figures that need nothing of a learner, or little
PAGES = {
    "one_bend": collapse.one_bend,
    "degree_slider": feature_crosses.degree_slider,
    "turn_the_line": no_line.turn_the_line,
    "truth_tables": lambda: no_line.truth_tables(lambda X, y: 0.75),
    "cover_curve": lambda: no_line.cover_curve(lambda N, d: 0.5),
}
# a board on a model of our own, which keeps what is saved and lets a test speak for Python
ALONE = """
const values = { data: {}, state: { a: 0, b: 0 }, figure: "two", touches: 0 }, heard = {};
window.saved = [];
window.python = (changes) => { Object.assign(values, changes); heard["change:state"]?.(); };
figures.two = (board) => {
  for (const name of ["a", "b"]) board.slider({ name, label: name, min: 0, max: 9, step: 1 });
  board.draw(({ a, b }) => `${a} ${b}`);
};
window.end = render({ el: document.body, model: {
  get: (name) => values[name], set: (name, value) => { values[name] = value; }, off() {},
  on: (event, hear) => { heard[event] = hear; },
  save_changes: () => window.saved.push({ state: { ...values.state }, touches: values.touches }),
} });
"""


def figure(page, control):
    return page.locator(".untangle").nth(list(CALLS).index(control))


def active_cell(page):
    cells = page.locator(".jp-Notebook .jp-Cell")
    return cells.evaluate_all("all => all.findIndex((cell) => cell.classList.contains('jp-mod-active'))")


def test_python_can_move_a_slider(page):
    assert figure(page, "depth").locator("output").text_content() == "33 layers"


@pytest.mark.parametrize("control", CALLS)
def test_an_arrow_key_changes_picture_and_text_and_leaves_the_cells_alone(page, control):
    follows_an_arrow_key(figure(page, control), control, times=2)
    # the cell that holds the figure; an arrow key would go on to the next one
    assert active_cell(page) == 1 + list(CALLS).index(control)


def test_deleting_keys_on_a_control_delete_no_cell(page):
    cells = page.locator(".jp-CodeCell").count()
    page.locator(".untangle button").first.focus()
    page.keyboard.press("d")
    page.keyboard.press("d")
    # a key that JupyterLab would hear after them: a is for a new cell above
    page.keyboard.press("a")
    page.evaluate("new Promise((done) => setTimeout(() => requestAnimationFrame(done), 200))")
    assert page.locator(".jp-CodeCell").count() == cells


def test_figures_follow_the_dark_theme(page):
    board = figure(page, "step")
    light = picture(board)
    page.evaluate("document.body.dataset.jpThemeLight = 'false'")
    assert picture(board) != light
    page.evaluate("document.body.dataset.jpThemeLight = 'true'")
    assert picture(board) == light


def test_the_filmstrips_two_pictures_end_alike(page):
    board = figure(page, "step")
    press(board, "step", "End")
    left, right = board.locator("canvas").evaluate_all("all => all.map((canvas) => canvas.toDataURL())")
    assert left == right


def test_the_deep_stack_and_the_single_neuron_lie_on_one_another_at_fifty(page):
    said = press(figure(page, "depth"), "depth", "End")
    assert said.startswith("50 layers, 13,393 parameters: the boundary is still one straight line.")


@pytest.fixture
def alone(browser):
    """A page with two sliders, a and b, and a model that the test holds."""
    page = browser.new_page()
    page.set_content(f'<style>{live.style()}</style><body class="untangle-page"></body>')
    code = live.module().removesuffix("export default { render };\n") + ALONE
    page.evaluate("async (code) => { await import(URL.createObjectURL(new Blob([code], { type: 'text/javascript' }))); }", code)
    page.locator(".untangle[data-draws]").wait_for()
    yield page
    page.close()


def test_a_touch_that_python_has_not_heard_of_outlives_what_python_sets(alone):
    board = alone.locator(".untangle")
    assert press(board, "a", "ArrowRight", times=3) == "3 0"
    alone.wait_for_function("window.saved.at(-1)?.state.a === 3")
    heard = alone.evaluate("window.saved.at(-1).touches")
    # the cell that sets b began before the third press was heard of
    alone.evaluate("(touches) => window.python({ state: { a: 2, b: 7 }, touches })", heard - 1)
    assert says(board) == "3 7"
    alone.wait_for_function("window.saved.at(-1).state.a === 3 && window.saved.at(-1).state.b === 7")
    # and what it sets knowing of every touch holds
    alone.evaluate("window.python({ state: { a: 1, b: 1 }, touches: window.saved.at(-1).touches })")
    assert says(board) == "1 1"


def test_a_touch_just_before_the_figure_goes_is_saved(alone):
    alone.evaluate("""() => {
      const [a] = document.querySelectorAll("input");
      a.value = 5;
      a.dispatchEvent(new Event("input"));
      window.end();
    }""")
    assert alone.evaluate("window.saved.at(-1).state.a") == 5


def test_a_figure_that_is_gone_holds_no_pictures(alone):
    left = alone.evaluate("""() => {
      const root = document.querySelector(".untangle"), canvas = document.createElement("canvas");
      root.append(canvas);
      window.end();
      return [root.isConnected, root.childElementCount, canvas.width, canvas.height];
    }""")
    assert left == [False, 0, 0, 0]


def test_a_figure_out_of_sight_waits_and_is_drawn_when_it_comes_back(alone):
    board = alone.locator(".untangle")
    alone.evaluate("document.body.style.display = 'none'")
    drawn = board.get_attribute("data-draws")
    board.locator("input").first.evaluate("(it) => { it.value = 5; it.dispatchEvent(new Event('input')); }")
    says(board)
    assert board.get_attribute("data-draws") == drawn
    alone.evaluate("document.body.style.display = ''")
    alone.wait_for_function("document.querySelector('.says').textContent === '5 0'")


def test_a_figure_out_of_sight_for_less_than_a_frame_is_drawn_all_the_same(alone):
    alone.evaluate("""() => {
      const [a] = document.querySelectorAll("input");
      requestAnimationFrame(() => { document.body.style.display = "none"; });
      a.value = 5;
      a.dispatchEvent(new Event("input"));
      requestAnimationFrame(() => { document.body.style.display = ""; });
    }""")
    alone.wait_for_function("document.querySelector('.says').textContent === '5 0'", timeout=5000)


@pytest.fixture
def visit(browser, tmp_path, monkeypatch):
    """Open a figure as a page from disk, at a width; errors and requests elsewhere are collected and checked."""
    monkeypatch.setattr(live, "display", lambda *_, **__: None)
    pages, wrong = [], []

    def visit(figure, width, **options):
        (tmp_path / "page.html").write_text(figure.page(), encoding="utf-8")
        page = browser.new_page(viewport={"width": width, "height": 800}, **options)
        pages.append(page)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda request: None if request.url.startswith("file:") else wrong.append(request.url))
        page.goto((tmp_path / "page.html").as_uri())
        page.locator(".untangle[data-draws]").wait_for()
        return page

    yield visit
    for page in pages:
        page.close()
    assert not wrong


@pytest.mark.parametrize("name", PAGES)
def test_a_page_without_a_kernel_fits_a_telephone_and_its_controls_work(visit, name):
    page = visit(PAGES[name](), 360)
    board = page.locator(".untangle")
    before = picture(board)
    first = board.locator("input").first.get_attribute("data-name")
    press(board, first, "ArrowRight")
    assert picture(board) != before
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    photograph(page, f"page-{name}")


def test_the_playground_learns_the_spirals_only_with_hidden_layers(visit):
    from course_utils.playground import Playground

    said = {}
    for layers in ((), (16, 16, 2)):
        page = visit(Playground(layers=layers), 1000)
        page.get_by_role("button", name="Play").click()
        reached = "includes('100.0 %')" if layers else r"match(/Epoch \d{2,}:/)"
        page.wait_for_function(f"document.querySelector('.says').textContent.{reached}", timeout=60_000)
        page.get_by_role("button", name="Pause").click()
        said[layers] = says(page.locator(".untangle"))
        photograph(page, f"playground-{len(layers)}")
    assert "the boundary is one straight line" in said[()] and "100.0 %" not in said[()]
    page.get_by_role("button", name="Remove one").click()
    page.get_by_role("button", name="Layer 1: one neuron less").click()
    assert says(page.locator(".untangle")).startswith("Hidden layers of 15, 16 (tanh), 318 parameters. Epoch 0")
