// The drawing kit, part 2: what classes look like, the signs of legends, and how numbers are said.

// Up to four classes: each has a colour and a shape, everywhere in the course.
const KIND_COLOURS = ["zero", "one", "second", "mark"];
const KIND_SHAPES = ["circle", "triangle", "square", "diamond"];

// A path of one point's shape around (x, y).
const SHAPES = {
  circle: (pen, x, y, size) => { pen.moveTo(x + size, y); pen.arc(x, y, size, 0, 2 * Math.PI); },
  triangle: (pen, x, y, size) => {
    pen.moveTo(x, y - size * 1.2);
    pen.lineTo(x + size * 1.1, y + size * 0.8);
    pen.lineTo(x - size * 1.1, y + size * 0.8);
    pen.closePath();
  },
  square: (pen, x, y, size) => pen.rect(x - 0.9 * size, y - 0.9 * size, 1.8 * size, 1.8 * size),
  diamond: (pen, x, y, size) => {
    pen.moveTo(x, y - 1.3 * size);
    pen.lineTo(x + 1.1 * size, y);
    pen.lineTo(x, y + 1.3 * size);
    pen.lineTo(x - 1.1 * size, y);
    pen.closePath();
  },
};

// The classes are zero, one, two and three; the other signs are named after what they show.
const LEGEND_SIGNS = {
  zero: '<circle cx="11" cy="7" r="4.5" fill="var(--zero)"/>',
  one: '<path d="M11 2 16 11.5H6Z" fill="var(--one)"/>',
  two: '<rect x="7" y="3" width="9" height="9" fill="var(--second)"/>',
  three: '<path d="M11 1.5 16 7 11 12.5 6 7Z" fill="var(--mark)"/>',
  square: '<rect x="7" y="3" width="9" height="9" fill="var(--ink)"/>',
  line: '<path d="M1 7H21" stroke="var(--ink)" stroke-width="2.5"/>',
  dash: '<path d="M1 7H21" stroke="var(--ink)" stroke-width="2" stroke-dasharray="5 4"/>',
  dots: '<path d="M3 7H21" stroke="var(--mark)" stroke-width="5" stroke-linecap="round" stroke-dasharray="0 8"/>',
  first: '<path d="M1 7H21" stroke="var(--zero)" stroke-width="2"/>',
  second: '<path d="M1 7H21" stroke="var(--second)" stroke-width="2" stroke-dasharray="6 4"/>',
  plus: '<path d="M1 7H21" stroke="var(--one)" stroke-width="2.5"/>',
  minus: '<path d="M1 7H21" stroke="var(--zero)" stroke-width="2.5" stroke-dasharray="5 4"/>',
  hinge: '<path d="M1 7H21" stroke="var(--mark)" stroke-width="2" stroke-dasharray="2 3"/>',
  "area-zero": '<rect x="2" y="1" width="18" height="12" rx="2" fill="var(--zero)" opacity=".25"/>',
  "area-one": '<rect x="2" y="1" width="18" height="12" rx="2" fill="var(--one)" opacity=".25"/>',
};

const sayNumber = (value, digits = 2) => {
  const rounded = Number(value).toFixed(digits);
  return (Number(rounded) === 0 ? (0).toFixed(digits) : rounded).replace("-", "−");
};

const sayCount = (value) => String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ",");

const sayTiny = (value) => {
  if (value === 0) return "0";
  if (Math.abs(value) >= 0.001) return sayNumber(value, 3);
  const [digits, power] = value.toExponential(1).split("e");
  return `${digits} × 10${power.replace(/./g, (sign) => "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"["-0123456789".indexOf(sign)] ?? "")}`;
};

const clean = (value) => Number(value.toPrecision(12));

// About `count` round numbers between low and high.
const roundTicks = (low, high, count) => {
  const rough = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * [1, 2, 5, 10].find((size) => size * power >= rough * 0.999);
  const ticks = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) ticks.push(clean(i * step));
  return ticks;
};

const powerTicks = (low, high) => {
  const ticks = [];
  for (let power = Math.ceil(Math.log10(low) - 1e-9); 10 ** power <= high * (1 + 1e-9); power++) ticks.push(10 ** power);
  return ticks;
};

const tickWords = (value, log) => {
  if (!log) return String(value).replace("-", "−");
  if (value >= 1 && value < 1e6) return sayCount(value);
  return value >= 0.01 && value < 1 ? String(value) : `10${String(Math.round(Math.log10(value))).replace(/./g, (sign) => "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"["-0123456789".indexOf(sign)])}`;
};
