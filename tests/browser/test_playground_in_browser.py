"""The playground as a learner meets it: on a page from disk, by keyboard, and in JupyterLab."""

import re

import pytest

from course_utils import datasets
from course_utils.playground import Playground


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


def test_the_opening_is_one_line_that_tells_nothing_of_its_fate(visit):
    page = visit(Playground())
    assert page.locator(".says").text_content().startswith("No hidden layer, 3 parameters: the boundary is one straight line.")
    assert page.locator(".why").text_content() == ""
    assert page.locator(".layers").is_hidden()
    assert page.locator("details[open]").count() == 0


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("XOR, with the product x₁x₂", "200 of 200 points right"),
        ("Ring, three neurons", "200 of 200 points right"),
        ("Seven layers of two", "Epoch 0: loss 0.005, 300 of 300 points right"),
    ],
)
def test_a_preset_that_works_works_and_says_why(visit, name, words):
    page = visit(Playground())
    page.get_by_label("Preset").select_option(label=name)
    assert page.locator(".why").text_content() == "" or "works" in page.locator(".why").text_content()
    if "Epoch 0" not in words:
        page.get_by_role("button", name="Play").click()
    says(page, words)
    assert page.locator(".why").text_content().startswith("It works")


def test_a_step_activation_leaves_the_hidden_weights_where_they_were(visit):
    page = visit(Playground())
    page.get_by_label("Preset").select_option(label="Spirals, step activation")
    for _ in range(5):
        page.get_by_role("button", name="Step", exact=True).click()
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
    page.get_by_text("Many starts at once").click()
    page.get_by_label("Starts").select_option("10")
    page.get_by_role("button", name="Train them").click()
    page.wait_for_function("document.querySelector('.trial').textContent.includes('of 10 starts')", timeout=20_000)
    assert "10 of 10 starts reached 100 %" in page.locator(".trial").text_content()
    assert "100 %, and with 95 % confidence between 72 % and 100 %" in page.locator(".trial").text_content()


def test_a_drawing_becomes_points_and_a_link_brings_it_back(visit):
    page = visit(Playground())
    page.get_by_text("Draw your own points").click()
    area = page.get_by_role("textbox", name="o is class 0")
    area.fill("xxx")
    page.get_by_role("button", name="Use this drawing").click()
    assert page.get_by_text("The drawing needs at least one o and one x.").is_visible()
    area.fill("x o\no x\no x")
    page.get_by_role("button", name="Use this drawing").click()
    page.get_by_role("button", name="Add a layer").click()
    says(page, "of 6 points right")
    page.get_by_text("Keep or share this playground").click()
    link = page.get_by_role("textbox", name="A link to this page").input_value()
    again = visit(Playground(), hash="#" + link.partition("#")[2])
    says(again, "Hidden layers of 8 (tanh), 33 parameters. Epoch 0")
    says(again, "of 6 points right")


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
    for control in page.locator(".untangle :is(button, input, select, textarea, summary)").all():
        assert control.get_attribute("data-lm-suppress-shortcuts") == "true"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_narrow_page_fits_with_everything_open(visit, scheme):
    page = visit(Playground(layers=[3, 2]), viewport={"width": 360, "height": 800}, color_scheme=scheme)
    for part in page.locator("summary").all():
        part.click()
    page.wait_for_timeout(300)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_python_loads_weights_and_reads_what_was_trained(lab, browser):
    lab.write(
        "playground.ipynb",
        [
            "import numpy as np\nfrom course_utils import network\nfrom course_utils.playground import Playground\n"
            "p = Playground()\np",
            "p.load(network.init([2, 3, 2, 1], np.random.default_rng(1)), ['relu', 'tanh'])",
        ],
    )
    page = lab.open(browser, "playground.ipynb", viewport={"width": 1280, "height": 2000})
    says(page, "Hidden layers of 3 (ReLU), 2 (tanh), 20 parameters. Epoch 0", 60)
    for _ in range(3):
        page.get_by_role("button", name="Step", exact=True).click()
    says(page, "Epoch 3")
    page.wait_for_timeout(800)
    page.locator(".jp-CodeCell .cm-content").last.fill(
        "X, y = p.points\nz = network.forward(p.params[1:], np.maximum(X @ p.params[0][0] + p.params[0][1], 0))[1][:, 0]\n"
        "mine = np.mean(np.logaddexp(0, np.where(y == 1, -z, z)))\n"
        "print('agrees' if abs(mine - p.history['loss'][-1]) < 1e-3 and p.history['epoch'] == [0, 1, 2, 3] else p.history)"
    )
    page.keyboard.press("Shift+Enter")
    page.locator(".jp-OutputArea-output", has_text="agrees").wait_for(timeout=20_000)
    assert not [line for line in page.complaints if "untangle" in line.lower() or "error" in line.lower()]
    page.close()
