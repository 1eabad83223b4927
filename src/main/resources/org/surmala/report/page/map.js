/* The plane: data to screen is scale and shift; the screen is in CSS pixels. */
const canvas = $('map');
const context = canvas.getContext('2d');
const points = webGlPoints($('points')) || canvasPoints($('points'));
const view = {scale: 1, x: 0, y: 0, width: 0, height: 0, ratio: 1};
const LIMIT = 400;
let home = 1, hovered = -1, selected = -1, lassoPath = null, line = [];
let lowX = 0, highX = 0, lowY = 0, highY = 0;
const screenX = i => songs.x[i] * view.scale + view.x;
const screenY = i => view.y - songs.y[i] * view.scale;
const isInside = (x, y) => x > 0 && y > 0 && x < view.width && y < view.height;

// Hovering checks a few cells, not every song.
const CELLS = 256;
let cellSize = 1, cellStart = new Int32Array(CELLS * CELLS + 1), cellSongs = new Int32Array(0);
const cellAt = (value, low) => Math.max(0, Math.min(CELLS - 1, Math.floor((value - low) / cellSize)));
function indexCells() {
  lowX = lowY = Infinity; highX = highY = -Infinity;
  for (let i = 0; i < n; i++) {
    lowX = Math.min(lowX, songs.x[i]); highX = Math.max(highX, songs.x[i]);
    lowY = Math.min(lowY, songs.y[i]); highY = Math.max(highY, songs.y[i]);
  }
  cellSize = Math.max(highX - lowX, highY - lowY) / CELLS || 1;
  const cells = Int32Array.from({length: n}, (_, i) => cellAt(songs.x[i], lowX) * CELLS + cellAt(songs.y[i], lowY));
  cellStart.fill(0);
  for (const cell of cells) cellStart[cell + 1]++;
  for (let c = 0; c < CELLS * CELLS; c++) cellStart[c + 1] += cellStart[c];
  const next = cellStart.slice();
  cellSongs = new Int32Array(n);
  for (let i = 0; i < n; i++) cellSongs[next[cells[i]]++] = i;
}
// Calls back for each song in the cells that a rectangle of the plane touches.
function inBox(fromX, toX, fromY, toY, found) {
  for (let a = cellAt(fromX, lowX); a <= cellAt(toX, lowX); a++) {
    const row = a * CELLS, end = cellStart[row + cellAt(toY, lowY) + 1];
    for (let at = cellStart[row + cellAt(fromY, lowY)]; at < end; at++) found(cellSongs[at]);
  }
}
function nearest(px, py, within) {
  const x = (px - view.x) / view.scale, y = (view.y - py) / view.scale, r = within / view.scale;
  let best = -1, least = r * r;
  inBox(x - r, x + r, y - r, y + r, i => {
    if (shown[i] !== SHOWN) return;
    const d = (songs.x[i] - x) ** 2 + (songs.y[i] - y) ** 2;
    if (d < least) { least = d; best = i; }
  });
  return best;
}

function fit() {
  const box = canvas.getBoundingClientRect();
  if (!box.width) return;
  const keep = view.width && {x: (view.width / 2 - view.x) / view.scale, y: (view.y - view.height / 2) / view.scale,
    zoom: view.scale / home};
  view.width = box.width; view.height = box.height; view.ratio = devicePixelRatio || 1;
  for (const each of [canvas, $('points')]) {
    each.width = Math.round(view.width * view.ratio); each.height = Math.round(view.height * view.ratio);
  }
  home = Math.min((view.width - 40) / Math.max(highX - lowX, 1e-9), (view.height - 56) / Math.max(highY - lowY, 1e-9));
  if (!isFinite(home) || home > 1e8) home = 1;
  if (keep) moveView(keep);
  else reset();
  // A resized canvas is empty: wait for no frame.
  paintNow();
}
// The centre of the view, and its zoom.
const currentView = () => ({x: (view.width / 2 - view.x) / view.scale, y: (view.y - view.height / 2) / view.scale,
  zoom: view.scale / home});
function moveView(where) {
  view.scale = home * where.zoom;
  view.x = view.width / 2 - where.x * view.scale; view.y = view.height / 2 + where.y * view.scale;
  paint();
}
const reset = () => moveView({x: (lowX + highX) / 2, y: (lowY + highY) / 2, zoom: 1});
function zoom(factor, px = view.width / 2, py = view.height / 2) {
  const next = Math.max(home / 2, Math.min(home * LIMIT, view.scale * factor));
  view.x = px - (px - view.x) * next / view.scale;
  view.y = py - (py - view.y) * next / view.scale;
  view.scale = next;
  paint();
}

// Colours or visibility of the points have changed.
let hasFaint = false, isStale = true;
function changed() {
  isStale = true;
  middles = null;
  names.key = '';
  paint();
}
function updatePoints() {
  const positions = new Float32Array(2 * n), styles = new Uint8Array(4 * n);
  const grey = rgb(colorOf(-1)), colors = new Map();
  const span = column.high - column.low || 1;
  hasFaint = false;
  for (let i = 0; i < n; i++) {
    positions[2 * i] = songs.x[i]; positions[2 * i + 1] = songs.y[i];
    let color = grey, shape = 0;
    if (shown[i] === FAINT) hasFaint = true;
    else if (column.kind === 'number') {
      const value = column.values[i];
      if (value !== null && value !== undefined) {
        const step = Math.round(31 * Math.max(0, Math.min(1, (value - column.low) / span)));
        if (!colors.has(step)) colors.set(step, gradient(step / 31));
        color = colors.get(step);
      }
    } else if (column.of[i] >= 0) {
      const category = column.of[i];
      if (!colors.has(category)) colors.set(category, rgb(colorOf(category)));
      color = colors.get(category);
      shape = shapeOf(category);
    }
    styles[4 * i] = color[0]; styles[4 * i + 1] = color[1]; styles[4 * i + 2] = color[2];
    styles[4 * i + 3] = shape | shown[i] << 4;
  }
  points.set(positions, styles);
  isStale = false;
}
const radius = () => Math.max(1.9, Math.min(4.2, 95 / Math.sqrt(n)))
  * Math.max(1, Math.min(2.2, Math.pow(view.scale / home, .35)));

// Without a graphics card frames are slow: while the map moves, only the first points are drawn, a random part because
// ids are hashes.
const SLOW = 40, STILL = 200, LEAST_PART = .04, MOST_ALWAYS = 4000;
let waiting = false, part = 1, painted = 0, whole = 0;
function paint() {
  if (waiting || !view.width) return;
  waiting = true;
  requestAnimationFrame(now => {
    waiting = false;
    const gap = now - painted;
    painted = now;
    if (gap < STILL * 2) part = gap > SLOW ? Math.max(LEAST_PART, part * .6) : Math.min(1, part * 1.05);
    paintNow(n > MOST_ALWAYS ? part : 1);
    clearTimeout(whole);
    if (part < 1) whole = setTimeout(paintNow, STILL, 1);
  });
}
function paintNow(share = 1) {
  if (!view.width) return;
  if (isStale) updatePoints();
  const r = radius();
  points.draw(view, r, hasFaint, Math.ceil(n * share));
  context.setTransform(view.ratio, 0, 0, view.ratio, 0, 0);
  context.clearRect(0, 0, view.width, view.height);
  const style = getComputedStyle(document.documentElement);
  const ink = style.getPropertyValue('--ink'), paper = style.getPropertyValue('--paper');
  if (line.length > 1) {
    context.beginPath();
    line.forEach((i, k) => k ? context.lineTo(screenX(i), screenY(i)) : context.moveTo(screenX(i), screenY(i)));
    context.lineWidth = 2; context.lineJoin = 'round'; context.strokeStyle = ink; context.stroke();
  }
  drawNames(ink, paper);
  for (const [i, extra] of [[selected, 4], [hovered, 2.5]]) {
    if (i < 0) continue;
    context.beginPath();
    context.arc(screenX(i), screenY(i), r + extra, 0, 7);
    context.lineWidth = 2; context.strokeStyle = ink; context.stroke();
  }
  if (lassoPath) {
    context.beginPath();
    lassoPath.forEach(([x, y], k) => k ? context.lineTo(x, y) : context.moveTo(x, y));
    context.closePath();
    context.lineWidth = 1.5; context.setLineDash([5, 4]); context.strokeStyle = ink; context.stroke();
    context.setLineDash([]);
    context.globalAlpha = .08; context.fillStyle = ink; context.fill(); context.globalAlpha = 1;
  }
}
