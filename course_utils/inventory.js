// The inventory: one question after the other, each with an answer and a reason. Python writes down and says how many are.

figures.inventory = (board) => {
  const { questions } = board.data;
  board.root.classList.add("predict");
  const pages = questions.map(({ text, answers, reasons }, i) => {
    const options = (texts) => texts.map((words, k) => [k, words]);
    return [
      board.choice({ name: `answer${i}`, label: text, options: options(answers) }),
      board.choice({ name: `reason${i}`, label: "Because …", options: options(reasons) }),
    ];
  });
  const button = board.button({ label: "Record and go on", press: () => {
    const now = board.data.recorded;
    if (now >= pages.length || board.state.record === now) return;
    const whole = [`answer${now}`, `reason${now}`].every((name) => board.state[name] !== undefined);
    board.set(whole ? { record: now } : { hurried: now });
    board.save();
  } });
  let shown;

  board.draw((state) => {
    const { recorded, result, problem } = board.data;
    pages.forEach((boxes, i) => boxes.forEach((box) => { box.style.display = i === recorded ? "" : "none"; }));
    button.style.display = recorded < pages.length ? "" : "none";
    // who has pressed the button by keyboard goes on in the next question
    if (shown !== undefined && shown !== recorded) pages[recorded]?.[0].querySelector("input").focus();
    shown = recorded;
    if (recorded >= pages.length) return result;
    const place = `Question ${recorded + 1} of ${pages.length}. ${problem}`.trim();
    if (state.record === recorded) return `${place} Writing it down …`;
    if (state.hurried === recorded) return `${place} Choose an answer and a reason; “I do not know yet” is one.`;
    return place;
  });
};
