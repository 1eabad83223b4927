/* Colours and shapes of the points: Okabe and Ito's colours, the same as in the plots; the two that are hard to see on a dark page are lighter there. */
const LIGHT = ['#0072b2', '#e69f00', '#009e73', '#cc79a7', '#d55e00', '#56b4e9', '#4a4a4a', '#d9cb1e'];
const DARK = ['#3d9be0', '#e69f00', '#12b886', '#d98ab6', '#ee7428', '#8fd0f7', '#c9ccd1', '#e5da4a'];
const CIVIDIS = [[0, 34, 78], [50, 60, 108], [101, 103, 110], [142, 138, 120], [190, 175, 104], [253, 234, 69]];
const SHAPES = 5;
const CATEGORIES = LIGHT.length * SHAPES;
let dark = false;
const rgb = hex => [1, 3, 5].map(at => parseInt(hex.slice(at, at + 2), 16));
const colorOf = category => category < 0 ? (dark ? '#59616b' : '#a9b0b8') : (dark ? DARK : LIGHT)[category % LIGHT.length];
const shapeOf = category => category < 0 ? 0 : Math.floor(category / LIGHT.length) % SHAPES;
function gradient(share) {
  const at = Math.max(0, Math.min(1, share)) * (CIVIDIS.length - 1);
  const i = Math.min(CIVIDIS.length - 2, Math.floor(at));
  return CIVIDIS[i].map((v, k) => Math.round(v + (CIVIDIS[i + 1][k] - v) * (at - i)));
}
function outline(shape, x, y, r) {
  const corners = points => 'M' + points.map(([a, b]) => (x + a * r) + ' ' + (y + b * r)).join('L') + 'Z';
  if (shape === 0) return `M${x - r} ${y}A${r} ${r} 0 1 0 ${x + r} ${y}A${r} ${r} 0 1 0 ${x - r} ${y}Z`;
  if (shape === 1) return corners([[0, -1.25], [1.08, .63], [-1.08, .63]]);
  if (shape === 2) return corners([[-.88, -.88], [.88, -.88], [.88, .88], [-.88, .88]]);
  if (shape === 3) return corners([[0, -1.25], [1.25, 0], [0, 1.25], [-1.25, 0]]);
  return corners([[-.38, -1.1], [.38, -1.1], [.38, -.38], [1.1, -.38], [1.1, .38], [.38, .38], [.38, 1.1],
    [-.38, 1.1], [-.38, .38], [-1.1, .38], [-1.1, -.38], [-.38, -.38]]);
}
const swatch = category => draw('svg', {width: 13, height: 13, viewBox: '0 0 13 13', 'aria-hidden': 'true'},
    draw('path', {d: outline(shapeOf(category), 6.5, 6.5, 4.6), fill: colorOf(category)}));
