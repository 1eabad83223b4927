/* Pointers: one drags or draws the lasso; two pinch. */
const pointers = new Map();
let moved = 0, pinch = null;
const positionOf = event => {
  const box = canvas.getBoundingClientRect();
  return [event.clientX - box.left, event.clientY - box.top];
};
canvas.addEventListener('pointerdown', event => {
  canvas.setPointerCapture(event.pointerId);
  pointers.set(event.pointerId, positionOf(event));
  moved = 0;
  if (pointers.size === 2) { pinch = spread(); lassoPath = null; }
  else if (event.shiftKey || $('lasso').getAttribute('aria-pressed') === 'true') lassoPath = [positionOf(event)];
});
canvas.addEventListener('pointermove', event => {
  const [x, y] = positionOf(event);
  if (!pointers.has(event.pointerId)) {
    hover(nearest(x, y, 12), x, y);
    return;
  }
  const [oldX, oldY] = pointers.get(event.pointerId);
  pointers.set(event.pointerId, [x, y]);
  moved += Math.abs(x - oldX) + Math.abs(y - oldY);
  if (pinch && pointers.size === 2) {
    const now = spread();
    view.x += now.x - pinch.x; view.y += now.y - pinch.y;
    zoom(now.d / pinch.d, now.x, now.y);
    pinch = now;
  } else if (lassoPath) {
    lassoPath.push([x, y]);
    paint();
  } else if (moved > 4) {
    hover(-1);
    view.x += x - oldX; view.y += y - oldY;
    paint();
  }
});
function spread() {
  const [a, b] = [...pointers.values()];
  return {x: (a[0] + b[0]) / 2, y: (a[1] + b[1]) / 2, d: Math.hypot(a[0] - b[0], a[1] - b[1]) || 1};
}
function release(event) {
  if (!pointers.delete(event.pointerId)) return;
  if (pinch) { if (pointers.size < 2) pinch = null; return; }
  const path = lassoPath;
  lassoPath = null;
  if (path && path.length > 2) lasso(path);
  else if (moved <= 4 && event.type === 'pointerup') {
    const i = nearest(...positionOf(event), event.pointerType === 'touch' ? 22 : 12);
    if (i < 0 || !choose(i)) select(i);
  }
  paint();
}
canvas.addEventListener('pointerup', release);
canvas.addEventListener('pointercancel', release);
canvas.addEventListener('pointerleave', () => hover(-1));
canvas.addEventListener('wheel', event => {
  event.preventDefault();
  const lines = event.deltaMode === 1 ? 16 : 1;
  zoom(Math.exp(-event.deltaY * lines * .0018), ...positionOf(event));
}, {passive: false});

function lasso(path) {
  const xs = path.map(([x]) => (x - view.x) / view.scale), ys = path.map(([, y]) => (view.y - y) / view.scale);
  const caught = [];
  inBox(Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys), i => {
    if (shown[i] === SHOWN && isWithin(xs, ys, songs.x[i], songs.y[i])) caught.push(i);
  });
  press($('lasso'), false);
  if (caught.length) pick({title: 'Lasso', order: caught.sort((a, b) => songs.distance[a] - songs.distance[b] || a - b)});
}

// Whether a ray from the point crosses the outline an odd number of times.
function isWithin(xs, ys, x, y) {
  let odd = false;
  for (let a = 0, b = xs.length - 1; a < xs.length; b = a++) {
    if (ys[a] > y !== ys[b] > y && x < (xs[b] - xs[a]) * (y - ys[a]) / (ys[b] - ys[a]) + xs[a]) odd = !odd;
  }
  return odd;
}

/* Keys. */
function step(dx, dy) {
  let from = selected;
  if (from < 0 || shown[from] !== SHOWN) {
    from = nearest(view.width / 2, view.height / 2, Math.hypot(view.width, view.height));
    if (from >= 0) select(from);
    return;
  }
  let best = -1, least = Infinity;
  for (let i = 0; i < n; i++) {
    if (shown[i] !== SHOWN || i === from) continue;
    const x = screenX(i) - screenX(from), y = screenY(i) - screenY(from);
    const along = x * dx + y * dy, aside = Math.abs(x * dy) + Math.abs(y * dx);
    if (along <= 0 || aside > along * 1.2) continue;
    const d = along + aside * 2;
    if (d < least) { least = d; best = i; }
  }
  if (best >= 0) select(best);
}
canvas.addEventListener('keydown', event => {
  const enter = () => selected >= 0 && choose(selected);
  const keys = {
    ArrowLeft: () => step(-1, 0), ArrowRight: () => step(1, 0), ArrowUp: () => step(0, -1), ArrowDown: () => step(0, 1),
    '+': () => zoom(1.4), '=': () => zoom(1.4), '-': () => zoom(1 / 1.4), '0': reset,
    Enter: enter, ' ': enter, Escape: clear,
  };
  if (keys[event.key] && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    keys[event.key]();
  }
});
