// What a network may be told of a point: ready features, and the learner's own in a small language of x1 and x2.
//
//   sum     = ["-"] product (("+" | "-") product)*
//   product = power (["*"] power)*            a number needs its "*"
//   power   = atom ["^" digit]
//   atom    = number | "pi" | "x1" | "x2" | ("sin" | "cos" | "tanh" | "abs") "(" sum ")" | "(" sum ")"
//
// Nothing of such a text is ever run as a program. course_utils/playground/inputs.py reads the same language.

const READY_FEATURES = {
  x1: ["x₁", (p) => p], x2: ["x₂", (p, q) => q],
  x1x1: ["x₁²", (p) => p * p], x2x2: ["x₂²", (p, q) => q * q], x1x2: ["x₁x₂", (p, q) => p * q],
  sin1: ["sin πx₁", (p) => Math.sin(Math.PI * p)], sin2: ["sin πx₂", (p, q) => Math.sin(Math.PI * q)],
};
const MOST_OWN = 3, LONGEST_OWN = 60, FURTHEST = 1e6;
const OWN_FUNCTIONS = { sin: Math.sin, cos: Math.cos, tanh: Math.tanh, abs: Math.abs };

// The text of an own feature as a function of a point, or an Error whose message tells the learner what is wrong.
const parseFeature = (text) => {
  const plain = text.toLowerCase().replaceAll("₁", "1").replaceAll("₂", "2").replace(/[·×]/g, "*").replaceAll("π", "pi");
  const marks = [...plain.matchAll(/\s*(x[12]|sin|cos|tanh|abs|pi|\d+(?:\.\d+)?|[a-z]+|\S)/g)].map(([, mark]) => mark);
  let at = 0;
  const take = (...wanted) => (wanted.includes(marks[at]) ? marks[at++] : undefined);
  const need = (mark) => {
    if (!take(mark)) throw new Error(`${mark} is missing ${marks[at] ? `before ${marks[at]}` : "at the end"}`);
  };
  const isNumber = (mark) => /^\d/.test(mark ?? "");

  const sum = () => {
    const minus = take("-"), first = product();
    let value = minus ? (p, q) => -first(p, q) : first;
    for (let sign; (sign = take("+", "-"));) {
      const left = value, right = product();
      value = sign === "+" ? (p, q) => left(p, q) + right(p, q) : (p, q) => left(p, q) - right(p, q);
    }
    return value;
  };
  const product = () => {
    let value = power();
    while (take("*") || /^([xsct(pa])/.test(marks[at] ?? "")) {
      const left = value, right = power();
      value = (p, q) => left(p, q) * right(p, q);
    }
    return value;
  };
  const power = () => {
    const base = atom();
    if (!take("^")) return base;
    if (!/^\d$/.test(marks[at] ?? "")) throw new Error("after ^ stands one digit");
    const exponent = Number(marks[at++]);
    return (p, q) => base(p, q) ** exponent;
  };
  const atom = () => {
    const mark = marks[at++];
    if (mark === "x1") return (p) => p;
    if (mark === "x2") return (p, q) => q;
    if (mark === "pi") return () => Math.PI;
    if (isNumber(mark)) return () => Number(mark);
    const f = Object.hasOwn(OWN_FUNCTIONS, mark ?? "") ? OWN_FUNCTIONS[mark] : undefined;
    if (f) need("(");
    else if (mark !== "(") throw new Error(mark ? `${mark} is not known here` : "something is missing at the end");
    const inner = sum();
    need(")");
    return f ? (p, q) => f(inner(p, q)) : inner;
  };

  if (text.length > LONGEST_OWN) throw new Error(`it is longer than ${LONGEST_OWN} characters`);
  const value = sum();
  if (at < marks.length) throw new Error(`${marks[at]} does not fit there`);
  return value;
};

const isFeature = (text) => {
  if (typeof text !== "string") return false;
  if (Object.hasOwn(READY_FEATURES, text)) return true;
  try { return Boolean(parseFeature(text)); } catch { return false; }
};

const nameOfFeature = (text) => (Object.hasOwn(READY_FEATURES, text) ? READY_FEATURES[text][0]
  : text.replaceAll("x1", "x₁").replaceAll("x2", "x₂").replaceAll("*", "·"));

// A row of features for each point, flat. What is too large, or no number, is cut off, so that training always goes on.
const withFeatures = (flat, features) => {
  const many = features.length, n = flat.length / 2, made = new Float64Array(n * many);
  features.forEach((text, j) => {
    const f = READY_FEATURES[text]?.[1] ?? parseFeature(text);
    for (let i = 0; i < n; i++) {
      const value = f(flat[2 * i], flat[2 * i + 1]);
      made[i * many + j] = Number.isNaN(value) ? 0 : Math.min(FURTHEST, Math.max(-FURTHEST, value));
    }
  });
  return made;
};
