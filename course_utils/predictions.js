// A predict question: one choice, one confidence, one button. Python writes the answer down and says so in data.recorded.

figures.predict = (board) => {
  const { question, choices, why } = board.data;
  board.root.classList.add("predict");
  const answers = board.choice({ name: "choice", label: question, options: choices.map((words, i) => [i, words]) });
  if (why) answers.querySelector("legend").append(element("span", { class: "why" }, why));
  const confidence = board.slider({
    name: "confidence", label: "How sure are you?", min: 50, max: 100, step: 5, value: 75, say: (value) => `${value} %`,
  });
  const button = board.button({ label: "Record my answer", press: () => {
    if (board.data.recorded) return;
    board.set(board.state.choice === undefined ? { hurried: true } : { record: true });
    board.save();
  } });
  const inputs = [answers, confidence].flatMap((box) => [...box.querySelectorAll("input")]);

  board.draw((state) => {
    const { recorded } = board.data;
    for (const input of inputs) input.disabled = Boolean(recorded || state.record);
    // the button is not disabled: it would lose the keyboard's place on the page
    button.setAttribute("aria-disabled", Boolean(recorded));
    button.textContent = recorded ? "Recorded" : "Record my answer";
    if (recorded) return `You said: ${recorded.choice}, ${recorded.confidence} % sure. ${recorded.problem}`.trim();
    if (state.record) return "Writing it down …";
    if (state.hurried && state.choice === undefined) return "Choose one of the answers first.";
    return "50 % is the toss of a coin, 100 % a certainty. The first answer you record is the one that counts.";
  });
};
