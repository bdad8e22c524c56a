"""The playground as a learner meets it: on a page from disk, by keyboard, and in JupyterLab."""

import re

import pytest

from course_utils import datasets
from course_utils.playground import Playground, points


@pytest.fixture
def visit(browser, tmp_path):
    """Open a playground as a page from disk; what goes wrong or is asked of the network is collected and checked."""
    pages, wrong = [], []

    def visit(playground, hash="", **options):
        (tmp_path / "page.html").write_text(playground.page(), encoding="utf-8")
        page = browser.new_page(**{"viewport": {"width": 1000, "height": 900}, **options})
        pages.append(page)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda request: wrong.append(request.url) if not request.url.startswith("file:") else None)
        page.goto((tmp_path / "page.html").as_uri() + hash)
        page.locator(".untangle[data-draws]").wait_for()
        return page

    yield visit
    for page in pages:
        page.close()
    assert not wrong


def says(page, words, seconds=25):
    page.wait_for_function(
        "words => document.querySelector('.says')?.textContent.includes(words)", arg=words, timeout=1000 * seconds
    )


def more(page):
    page.get_by_text("More to try").click()


def test_the_opening_is_one_line_and_three_controls_that_tell_nothing_of_its_fate(visit):
    page = visit(Playground())
    assert page.locator(".says").text_content().startswith("No hidden layer, 3 parameters: the boundary is one straight line.")
    controls = page.locator(".untangle :is(button, input, select, textarea):visible").all_text_contents()
    assert controls == ["▶ Play", "Reset", "Add a layer"]
    assert page.locator(".picture:visible figcaption").all_text_contents() == ["What it says about the plane"]
    assert page.locator("details[open]").count() == 0


def test_an_example_that_works_works_and_says_why(visit):
    page = visit(Playground())
    more(page)
    page.get_by_label("Example").select_option(label="XOR, with the product x₁x₂")
    page.get_by_role("button", name="Play").click()
    says(page, "200 of 200 points right")
    assert page.locator(".why").text_content().startswith("It works")


def test_seven_layers_of_two_part_the_spirals_at_once_and_nothing_is_projected(visit):
    page = visit(Playground())
    more(page)
    page.get_by_label("Example").select_option(label="Seven layers of two")
    says(page, "300 of 300 points right")
    assert "Epoch 0: " in page.locator(".says").text_content()
    captions = page.locator(".layers figcaption:visible").all_text_contents()
    assert captions == [f"layer {l}: its two neurons" for l in range(1, 8)]


def test_a_step_activation_leaves_the_hidden_weights_where_they_were(visit):
    page = visit(Playground())
    more(page)
    page.get_by_label("Example").select_option(label="Spirals, step activation")
    for _ in range(5):
        page.get_by_role("button", name="One epoch").click()
    says(page, "(step), 337 parameters. Epoch 5")
    assert "It fails" in page.locator(".why").text_content()


def test_training_stops_at_its_goal_and_test_points_are_judged_apart(visit):
    page = visit(Playground({"blobs": datasets.blobs(100)}, goal=1, test=0.2))
    page.get_by_role("button", name="Play").click()
    says(page, "80 of 80 points right (100.0 %).")
    page.get_by_role("button", name="Play").wait_for()
    said = page.locator(".says").text_content()
    assert re.search(r"Test: loss \d\.\d+, \d+ of 20 points right", said)
    page.wait_for_timeout(400)
    assert page.locator(".says").text_content() == said


def test_each_layer_shows_its_plane_and_what_share_of_the_spread_that_is(visit):
    page = visit(Playground(layers=[5, 2]))
    captions = page.locator(".layers figcaption:visible").all_text_contents()
    assert re.fullmatch(r"layer 1: 5 neurons, \d+ % of the spread", captions[0])
    assert captions[1:] == ["layer 2: its two neurons"]
    assert page.locator(".layers canvas:visible").first.get_attribute("aria-label") == captions[0]


def test_many_starts_end_in_a_rate_with_its_interval(visit):
    page = visit(Playground({"blobs": datasets.blobs(40)}))
    more(page)
    page.get_by_text("Many starts at once").click()
    page.get_by_label("Starts").select_option("10")
    page.get_by_role("button", name="Train them").click()
    page.wait_for_function("document.querySelector('.trial').textContent.includes('of 10 starts')", timeout=20_000)
    assert "10 of 10 starts reached 100 %" in page.locator(".trial").text_content()
    assert "100 %, and with 95 % confidence between 72 % and 100 %" in page.locator(".trial").text_content()


def test_a_text_picture_becomes_points_and_a_link_brings_them_back(visit):
    page = visit(Playground())
    more(page)
    page.get_by_text("Draw your own points").click()
    page.get_by_text("Or as a text picture").click()
    area = page.get_by_role("textbox", name="o is class 0")
    area.fill("xxx")
    page.get_by_role("button", name="Use this picture").click()
    assert page.get_by_text("The picture needs points of two classes").is_visible()
    area.fill("x o\no x\no s")
    page.get_by_role("button", name="Use this picture").click()
    page.get_by_role("button", name="Add a layer").click()
    says(page, "of 6 points right")
    page.get_by_text("Keep or share this playground").click()
    link = page.get_by_role("textbox", name="A link to this page").input_value()
    assert Playground.from_link(link).state["drawing"] == [[-1, 1, 1], [1, 1, 0], [-1, 0, 0], [1, 0, 1], [-1, -1, 0], [1, -1, 2]]
    again = visit(Playground(), hash="#" + link.partition("#")[2])
    says(again, "Hidden layers of 8 (tanh), 51 parameters. 3 classes. Epoch 0")
    says(again, "of 6 points right")


def test_points_are_drawn_erased_and_trained_on_by_keyboard_alone(visit):
    page = visit(Playground())
    for part in ("More to try", "Draw your own points"):
        page.locator("summary", has_text=part).focus()
        page.keyboard.press("Enter")
    board = page.get_by_role("application", name="Drawing board")
    board.focus()
    answer = page.locator(".tools .answer")
    for key in ("Enter", "ArrowRight", "ArrowRight", "ArrowUp", "2", "Enter"):
        page.keyboard.press(key)
    assert answer.text_content() == "A point of class 1 at x₁ 0.20, x₂ 0.10. 2 in all."
    says(page, "of 2 points right")
    for key in ("Shift+ArrowLeft", "3", "Space", "ArrowDown", "4", "Enter"):
        page.keyboard.press(key)
    says(page, "4 classes")
    for key in ("Delete", "ArrowUp"):
        page.keyboard.press(key)
    says(page, "3 classes. Epoch 0")
    assert answer.text_content() == "x₁ 0.18, x₂ 0.10: a point of class 2"
    page.keyboard.press("Delete")
    says(page, "of 2 points right")
    page.get_by_role("button", name="Play").focus()
    page.keyboard.press("Space")
    says(page, "2 of 2 points right")


def test_points_are_drawn_and_erased_by_mouse(visit):
    page = visit(Playground())
    more(page)
    page.get_by_text("Draw your own points").click()
    box = page.get_by_role("application", name="Drawing board").bounding_box()
    across, middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def drag(height, button="left"):
        page.mouse.move(across - 60, middle + height)
        page.mouse.down(button=button)
        page.mouse.move(across + 60, middle + height, steps=12)
        page.mouse.up(button=button)

    drag(-40)
    page.get_by_label("class 1, a triangle").check()
    drag(40)
    page.wait_for_function("/^No hidden.* of 1\\d points/.test(document.querySelector('.says').textContent)")
    drag(40, "right")
    words = page.locator(".tools .answer").text_content()
    assert words.endswith("Training needs points of two classes.") or words.startswith("No point near"), words


def test_an_input_of_ones_own_is_read_and_used_and_what_is_none_is_explained(visit):
    page = visit(Playground())
    more(page)
    page.get_by_label("Your own").fill("x1 * alert(1)")
    page.get_by_role("button", name="Add this input").click()
    assert page.get_by_text("Not read: alert is not known here.").is_visible()
    page.get_by_label("Your own").fill("x1 x2^2")
    page.get_by_label("Your own").press("Enter")
    says(page, "No hidden layer, 4 parameters. Epoch 0")
    page.get_by_label("x₁ x₂^2").click()  # an own input that is unchecked is gone
    says(page, "No hidden layer, 3 parameters")


def test_three_classes_have_regions_with_straight_borders_in_the_last_plane(visit):
    page = visit(Playground({"arms": points.arms(90, 3, 0.25)}, layers=[5, 4]))
    captions = page.locator(".layers figcaption:visible").all_text_contents()
    assert re.fullmatch(r"layer 2: 4 neurons, \d+ % of the spread", captions[1])
    assert page.locator(".legend span:visible").all_text_contents()[:3] == ["class 0", "class 1", "class 2"]
    page.get_by_role("button", name="Play").click()
    says(page, "90 of 90 points right")


def test_hinge_lines_are_drawn_when_asked_for(visit):
    page = visit(Playground(layers=[3, 2], activation="relu"))
    plane = "() => document.querySelector('canvas[aria-label=\"What it says about the plane\"]').toDataURL()"
    seen = [page.evaluate(plane)]
    more(page)
    for words in ("of the first layer", "of all layers"):
        page.get_by_label("Lines where a neuron bends the plane").select_option(label=words)
        page.wait_for_function(f"before => ({plane})() !== before", arg=seen[-1])
        assert page.locator(".legend span:visible", has_text="where a neuron bends").count() == 1
        seen.append(page.evaluate(plane))
    assert len(set(seen)) == 3


@pytest.mark.parametrize("hash", ["#playground=%7B", "#playground=null", "#playground=%7B%22layers%22%3A%5B99%5D%7D", "#else"])
def test_a_link_that_makes_no_sense_opens_the_usual_playground(visit, hash):
    assert visit(Playground(), hash=hash).locator(".says").text_content().startswith("No hidden layer, 3 parameters")


def test_the_keyboard_alone_builds_trains_and_changes_a_network(visit):
    page = visit(Playground())
    page.get_by_role("button", name="Add a layer").focus()
    page.keyboard.press("Enter")
    says(page, "Hidden layers of 8 (tanh)")
    page.get_by_label("Layer 1: activation").focus()
    page.keyboard.press("ArrowDown")
    says(page, "Hidden layers of 8 (ReLU)")
    page.locator("summary").first.focus()
    page.keyboard.press("Enter")
    page.get_by_label("x₁x₂").focus()
    page.keyboard.press("Space")
    says(page, "(ReLU), 41 parameters")
    page.get_by_role("button", name="Play").focus()
    page.keyboard.press("Space")
    page.wait_for_function("!document.querySelector('.says').textContent.includes('Epoch 0:')")
    for control in page.locator(".untangle :is(button, input, select, textarea, summary, [tabindex])").all():
        assert control.get_attribute("data-lm-suppress-shortcuts") == "true"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_narrow_page_fits_with_everything_open(visit, scheme):
    page = visit(Playground(layers=[3, 2]), viewport={"width": 360, "height": 800}, color_scheme=scheme)
    for part in page.locator("summary").all():
        part.click()
    page.get_by_role("application", name="Drawing board").wait_for()
    assert page.locator("details:not([open])").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def until(page, code, words, tries=40):
    """Run code in the last cell until it says these words: what the browser tells Python comes a moment later."""
    cell = page.locator(".jp-CodeCell").last
    cell.locator(".cm-content").fill(code)
    for _ in range(tries):
        cell.locator(".cm-content").click()
        page.keyboard.press("Control+Enter")
        page.wait_for_timeout(300)
        if words in (said := " ".join(cell.locator(".jp-OutputArea-output").all_text_contents())):
            return
    raise AssertionError(f"{words!r} never came; last: {said[:500]}")


def test_python_loads_weights_and_reads_what_was_trained(lab, browser):
    lab.write(
        "playground.ipynb",
        [
            "import numpy as np\nfrom course_utils import datasets, network\nfrom course_utils.playground import Playground\n"
            "p = Playground()\np",
            "p.add('moons', *datasets.moons(60))\n"
            "p.state = {**p.state, 'features': ['x1', 'x2', 'x1 x2^2']}\n"
            "p.load(network.init([3, 3, 2, 1], np.random.default_rng(1)), ['relu', 'tanh'])",
        ],
    )
    page = lab.open(browser, "playground.ipynb", viewport={"width": 1280, "height": 2000})
    says(page, "Hidden layers of 3 (ReLU), 2 (tanh), 23 parameters. Epoch 0", 60)
    more(page)
    for _ in range(3):
        page.get_by_role("button", name="One epoch").click()
    says(page, "Epoch 3")
    page.get_by_text("Draw your own points").click()
    page.get_by_role("button", name="Start from the points shown").click()
    says(page, "Epoch 0: ")
    page.get_by_role("button", name="One epoch").click()
    says(page, "Epoch 1: ")
    until(
        page,
        "X, y = p.points\nz = p.logits(X)[:, 0]\nmine = np.mean(np.logaddexp(0, np.where(y == 1, -z, z)))\n"
        "print('agrees' if abs(mine - p.history['loss'][-1]) < 1e-3 and p.history['epoch'] == [0, 1] and "
        "p.state['set'] == 'drawing' else (mine, p.history, p.state))",
        "agrees",
    )
    # a second view of the same playground goes on where the first one stands
    page.locator(".jp-CodeCell .cm-content").last.fill("p")
    page.keyboard.press("Control+Enter")
    page.locator(".untangle").nth(1).locator(".says", has_text="Epoch 1: ").wait_for(timeout=20_000)
    page.get_by_role("button", name="Reset").first.click()
    until(page, "print('epochs', p.history['epoch'])", "epochs [0]")
    assert not [line for line in page.complaints if "untangle" in line.lower() or "error" in line.lower()]
    page.close()
