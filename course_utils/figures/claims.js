// Lesson 10: the golf course. One green at a time, the share of networks that hold against their parameters.

figures.golf = (board) => {
  const { greens, acts, counts, own } = board.data;
  board.choice({ name: "green", label: "Green:", value: greens[0], options: greens.map((green) => [green, green]) });
  for (const act of acts) board.check({ name: act, label: act, value: true });
  board.row("Read at", { aligned: false });
  board.slider({ name: "at", label: "parameters", min: 0, max: counts.length - 1, step: 1, value: 0, say: (place) => String(counts[place]) });
  const view = board.plane({
    title: "Share of networks that hold", x: [4.4, 75], y: [-0.04, 1.06], xLabel: "parameters", yLabel: "share that holds",
    xLog: true, aspect: 0.5, least: 220, width: 720, xTicks: [5, 9, 13, 17, 25, 33, 65], yTicks: [0, 0.25, 0.5, 0.75, 0.9, 1],
  });
  const looks = {
    relu: { color: "zero" }, tanh: { color: "second", dash: [7, 4] }, gelu: { color: "mark", dash: [8, 3, 2, 3] },
    sine: { color: "one", dash: [2, 3] }, square: { color: "soft" },
  };
  board.legend(acts.map((act) => {
    const { color, dash = [] } = looks[act];
    return [`<path d="M1 7H21" stroke="var(--${color})" stroke-width="2.2" stroke-dasharray="${dash}"/><circle cx="11" cy="7" r="3.5" fill="var(--${color})"/>`, act];
  }));
  board.legend([["square", "your design"]]);

  board.draw((state) => {
    const rates = board.data.rates[state.green], chosen = acts.filter((act) => state[act]);
    view.stroke([[4.4, 0.9], [75, 0.9]], { color: "soft", width: 1 });
    view.stroke([[counts[state.at], -0.04], [counts[state.at], 1.06]], { color: "faint", width: 6 });
    for (const act of chosen) {
      const path = counts.map((count, k) => [count, rates[act][k]]);
      view.stroke(path, { ...looks[act], width: 2.2 });
      view.dots(path, { color: looks[act].color, size: 3.5 });
    }
    const mine = own[state.green];
    view.dots([[Math.min(mine.count, 75), mine.rate]], { color: "ink", size: 7, shape: "square" });
    const here = chosen.map((act) => `${act} ${Math.round(100 * rates[act][state.at])} %`).join(", ");
    const first = counts.findIndex((_, k) => chosen.some((act) => rates[act][k] >= 0.9));
    const best = first < 0 ? "None of them holds in nine of ten." : `The first to hold in nine of ten: ${chosen.filter((act) => rates[act][first] >= 0.9).join(" and ")}, with ${counts[first]} parameters.`;
    return `${state.green}, ${counts[state.at]} parameters, of 40 networks: ${here || "no activation is switched on"}. ${best} Yours (${mine.words}): ${mine.count} parameters, ${Math.round(100 * mine.rate)} %.`;
  });
};
