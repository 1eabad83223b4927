'use strict';
(() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const songs = data.songs;
  const {noun, nouns} = data;
  const isSound = noun === 'song';
  const n = songs.id.length;
  const $ = id => document.getElementById(id);
  const reducedMotion = matchMedia('(prefers-reduced-motion: reduce)').matches;

  // Everything that a tag may hold goes through here: text is never parsed as markup.
  function make(tag, properties, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(properties || {})) {
      if (name.startsWith('aria-')) element.setAttribute(name, value);
      else if (name in element) element[name] = value;
      else element.setAttribute(name, value);
    }
    element.append(...children.filter(child => child !== null && child !== undefined));
    return element;
  }
  const press = (button, on) => button.setAttribute('aria-pressed', String(on));
  const SVG = 'http://www.w3.org/2000/svg';
  function draw(tag, attributes, ...children) {
    const element = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  }

  /* Looks: Okabe and Ito's colours, the same as in the plots; the two that vanish on a dark page have another shade. */
  const LIGHT = ['#0072b2', '#e69f00', '#009e73', '#cc79a7', '#d55e00', '#56b4e9', '#4a4a4a', '#d9cb1e'];
  const DARK = ['#3d9be0', '#e69f00', '#12b886', '#d98ab6', '#ee7428', '#8fd0f7', '#c9ccd1', '#e5da4a'];
  const CIVIDIS = [[0, 34, 78], [50, 60, 108], [101, 103, 110], [142, 138, 120], [190, 175, 104], [253, 234, 69]];
  const SHAPES = 5;
  const CATEGORIES = LIGHT.length * SHAPES;
  let dark = false;
  const colorOf = place => place < 0 ? (dark ? '#59616b' : '#a9b0b8') : (dark ? DARK : LIGHT)[place % LIGHT.length];
  function gradient(share) {
    const at = Math.max(0, Math.min(1, share)) * (CIVIDIS.length - 1);
    const i = Math.min(CIVIDIS.length - 2, Math.floor(at));
    const c = CIVIDIS[i].map((v, k) => Math.round(v + (CIVIDIS[i + 1][k] - v) * (at - i)));
    return `rgb(${c})`;
  }
  function outline(place, x, y, r) {
    const shape = place < 0 ? 0 : Math.floor(place / LIGHT.length) % SHAPES;
    const corners = points => 'M' + points.map(([a, b]) => (x + a * r) + ' ' + (y + b * r)).join('L') + 'Z';
    if (shape === 0) return `M${x - r} ${y}A${r} ${r} 0 1 0 ${x + r} ${y}A${r} ${r} 0 1 0 ${x - r} ${y}Z`;
    if (shape === 1) return corners([[0, -1.25], [1.08, .63], [-1.08, .63]]);
    if (shape === 2) return corners([[-.88, -.88], [.88, -.88], [.88, .88], [-.88, .88]]);
    if (shape === 3) return corners([[0, -1.25], [1.25, 0], [0, 1.25], [-1.25, 0]]);
    return corners([[-.38, -1.1], [.38, -1.1], [.38, -.38], [1.1, -.38], [1.1, .38], [.38, .38], [.38, 1.1],
      [-.38, 1.1], [-.38, .38], [-1.1, .38], [-1.1, -.38], [-.38, -.38]]);
  }
  const swatch = place => draw('svg', {width: 13, height: 13, viewBox: '0 0 13 13', 'aria-hidden': 'true'},
      draw('path', {d: outline(place, 6.5, 6.5, 4.6), fill: colorOf(place)}));

  const clusterName = new Map(data.clusters.map(c => [c.id, c.name]));
  const number = (value, digits = 3) => value === null || value === undefined ? '–' :
    value.toFixed(digits).replace('-', '−');
  const titleOf = i => songs.title[i] || songs.path[i];
  const byline = i => [songs.artist[i], songs.language[i]].filter(Boolean).join(' · ');

  /* Columns that the map can be coloured by. */
  const columns = data.columns.map(column => {
    const values = songs[column.key];
    if (column.kind === 'number') {
      const known = values.filter(v => v !== null).sort((a, b) => a - b);
      // The outermost 2 % do not decide the scale.
      const low = known[Math.floor(known.length * .02)];
      const high = known[Math.ceil(known.length * .98) - 1];
      return {...column, values, low, high};
    }
    const counts = new Map();
    values.forEach(v => v !== null && counts.set(v, (counts.get(v) || 0) + 1));
    const order = column.key === 'cluster'
      ? [...counts.keys()].filter(v => v >= 0).sort((a, b) => a - b)
      : [...counts.keys()].sort((a, b) => counts.get(b) - counts.get(a) || (a < b ? -1 : 1));
    const shown = order.slice(0, CATEGORIES);
    const places = new Map(shown.map((v, i) => [v, i]));
    const entries = shown.map((v, i) => ({place: i, text: column.key === 'cluster' ? clusterName.get(v) : String(v),
      count: counts.get(v)}));
    const rest = n - entries.reduce((sum, e) => sum + e.count, 0);
    if (rest > 0) {
      const text = order.length > shown.length ? 'others' : column.key === 'cluster' ? 'noise' : 'none';
      entries.push({place: -1, text, count: rest});
    }
    const of = values.map(v => places.has(v) ? places.get(v) : -1);
    return {...column, values, entries, of};
  });
  let column = columns[0];
  const hidden = new Set();

  /* What is shown. */
  let query = '';
  let lassoed = null;
  let only = null;
  const shown = new Uint8Array(n).fill(1);
  let filterings = 0;
  const fold = text => text.normalize('NFKD').replace(/\p{Mn}/gu, m => /[\u0300-\u036f]/.test(m) ? '' : m).toLowerCase();
  const haystack = songs.id.map((_, i) => fold([songs.title[i], songs.artist[i], songs.path[i]].join('\n')));

  function filter() {
    filterings++;
    let count = 0;
    for (let i = 0; i < n; i++) {
      const ok = (column.kind === 'number' || !hidden.has(column.of[i]))
        && (!query || haystack[i].includes(query))
        && (!lassoed || lassoed.has(i))
        && (only === null || songs.cluster[i] === only);
      shown[i] = ok ? 1 : 0;
      count += shown[i];
    }
    $('shown').textContent = count === n ? `${n} ${nouns}` : `${count} of ${n} ${nouns}`;
    list();
    paint();
  }

  const MOST_LISTED = 200;
  const collator = new Intl.Collator(undefined, {numeric: true});
  const byTitle = songs.id.map((_, i) => i).sort((a, b) => collator.compare(titleOf(a), titleOf(b)) || a - b);
  function list() {
    const items = [];
    let more = 0;
    for (const i of byTitle) {
      if (!shown[i]) continue;
      if (items.length < MOST_LISTED) items.push(make('li', {}, songButton(i)));
      else more++;
    }
    if (more) items.push(make('li', {className: 'faint'}, `and ${more} more`));
    $('list').replaceChildren(...items);
  }
  function songButton(i) {
    const artist = songs.artist[i] ? make('small', {}, ' ' + songs.artist[i]) : null;
    return make('button', {type: 'button', className: 'song', title: songs.path[i],
      onclick: () => { select(i); play([i], 0); }}, titleOf(i), artist);
  }

  /* The plane: data to screen is scale and shift; the screen is in CSS pixels. */
  const canvas = $('map');
  const context = canvas.getContext('2d');
  let width = 0, height = 0, ratio = 1;
  let scale = 1, shiftX = 0, shiftY = 0, home = 1;
  let hovered = -1, selected = -1, lassoPath = null;
  let lowX = Infinity, highX = -Infinity, lowY = Infinity, highY = -Infinity;
  for (let i = 0; i < n; i++) {
    lowX = Math.min(lowX, songs.x[i]); highX = Math.max(highX, songs.x[i]);
    lowY = Math.min(lowY, songs.y[i]); highY = Math.max(highY, songs.y[i]);
  }
  const screenX = i => songs.x[i] * scale + shiftX;
  const screenY = i => -songs.y[i] * scale + shiftY;

  // Hovering looks at one cell and its neighbours, not at every song.
  const cells = new Map();
  const cellSize = Math.max((highX - lowX) / 120, (highY - lowY) / 120) || 1;
  const cell = (x, y) => Math.floor((x - lowX) / cellSize) * 4096 + Math.floor((y - lowY) / cellSize);
  for (let i = 0; i < n; i++) {
    const key = cell(songs.x[i], songs.y[i]);
    if (!cells.has(key)) cells.set(key, []);
    cells.get(key).push(i);
  }
  function nearest(px, py, reach) {
    const x = (px - shiftX) / scale, y = (shiftY - py) / scale, r = reach / scale;
    let best = -1, least = r * r;
    const from = Math.floor((x - r - lowX) / cellSize), to = Math.floor((x + r - lowX) / cellSize);
    const bottom = Math.floor((y - r - lowY) / cellSize), top = Math.floor((y + r - lowY) / cellSize);
    for (let a = Math.max(0, from); a <= Math.min(121, to); a++) {
      for (let b = Math.max(0, bottom); b <= Math.min(121, top); b++) {
        for (const i of cells.get(a * 4096 + b) || []) {
          if (!shown[i]) continue;
          const d = (songs.x[i] - x) ** 2 + (songs.y[i] - y) ** 2;
          if (d < least) { least = d; best = i; }
        }
      }
    }
    return best;
  }

  function fit() {
    const box = canvas.getBoundingClientRect();
    const keep = width && {x: (width / 2 - shiftX) / scale, y: (shiftY - height / 2) / scale, zoom: scale / home};
    width = box.width; height = box.height; ratio = devicePixelRatio || 1;
    canvas.width = Math.round(width * ratio); canvas.height = Math.round(height * ratio);
    home = Math.min((width - 40) / Math.max(highX - lowX, 1e-9), (height - 56) / Math.max(highY - lowY, 1e-9));
    if (!isFinite(home) || home > 1e8) home = 1;
    if (keep) {
      scale = home * keep.zoom;
      shiftX = width / 2 - keep.x * scale; shiftY = height / 2 + keep.y * scale;
    } else reset();
    // A resized canvas is empty: wait for no frame.
    paintNow();
  }
  function reset() {
    scale = home;
    shiftX = width / 2 - (lowX + highX) / 2 * scale;
    shiftY = height / 2 + (lowY + highY) / 2 * scale;
    paint();
  }
  function zoom(factor, px = width / 2, py = height / 2) {
    const next = Math.max(home / 2, Math.min(home * 400, scale * factor));
    shiftX = px - (px - shiftX) * next / scale;
    shiftY = py - (py - shiftY) * next / scale;
    scale = next;
    paint();
  }

  let sprites = new Map();
  function sprite(key, place, color, r, alpha) {
    if (sprites.has(key)) return sprites.get(key);
    const side = Math.ceil((r * 1.3 + 1) * 2 * ratio);
    const stamp = document.createElement('canvas');
    stamp.width = stamp.height = side;
    const pen = stamp.getContext('2d');
    pen.scale(ratio, ratio);
    pen.globalAlpha = alpha;
    pen.fillStyle = color;
    const path = new Path2D(outline(place, side / 2 / ratio, side / 2 / ratio, r));
    pen.fill(path);
    const result = {stamp, half: side / 2};
    sprites.set(key, result);
    return result;
  }

  /* Names stand where they hide least: near the middle of their cluster, on few songs and on no other name. */
  const NAME_FONT = '600 14px system-ui, sans-serif';
  const NAME_SWATCH = 13, NAME_HEIGHT = 18, NAME_REACH = [0, 20, 40, 65, 95, 130], NAME_TURNS = 16;
  // Above this share of occupied ground, the letter alone is less in the way.
  const NAME_CROWDED = .22;
  // How far a name goes to leave one song free.
  const NAME_STEP = 16;
  const GROUND = 6;
  let names = {key: '', places: []};
  // They stay beside their clusters while the map is dragged, and look for room anew when it was zoomed by a fifth.
  function namePlaces() {
    const key = [Math.round(Math.log(scale / home) / Math.log(1.2)), width, height, filterings].join();
    if (names.key !== key) names = {key, places: findNamePlaces()};
    return names.places;
  }
  function findNamePlaces() {
    const across = Math.ceil(width / GROUND), down = Math.ceil(height / GROUND), line = across + 1;
    const sums = new Uint32Array(line * (down + 1));
    for (let i = 0; i < n; i++) {
      if (!shown[i]) continue;
      const a = Math.floor(screenX(i) / GROUND), b = Math.floor(screenY(i) / GROUND);
      if (a >= 0 && b >= 0 && a < across && b < down) sums[(b + 1) * line + a + 1] = 1;
    }
    for (let b = 1; b <= down; b++) {
      for (let a = 1; a <= across; a++) {
        sums[b * line + a] += sums[(b - 1) * line + a] + sums[b * line + a - 1] - sums[(b - 1) * line + a - 1];
      }
    }
    const within = (v, most) => Math.max(0, Math.min(most, v));
    // Patches of ground under a name that songs stand on, and their share.
    function crowd(x, y, half) {
      const a = within(Math.floor((x - half - 3) / GROUND), across), c = within(Math.ceil((x + half + 3) / GROUND), across);
      const b = within(Math.floor((y - NAME_HEIGHT / 2 - 2) / GROUND), down);
      const d = within(Math.ceil((y + NAME_HEIGHT / 2 + 2) / GROUND), down);
      const covered = sums[d * line + c] - sums[b * line + c] - sums[d * line + a] + sums[b * line + a];
      return {covered, share: covered / Math.max(1, (c - a) * (d - b))};
    }
    const places = [];
    for (const cluster of data.clusters) {
      if (cluster.id < 0 || hidden.has(cluster.id)) continue;
      const x = cluster.x * scale + shiftX, y = -cluster.y * scale + shiftY;
      const isSeen = x > 0 && y > 0 && x < width && y < height;
      for (const text of [cluster.name, cluster.mark]) {
        const half = (context.measureText(text).width + NAME_SWATCH) / 2 + 2;
        let best = null;
        // On a small map a name soon stands with others' songs.
        for (const reach of NAME_REACH.filter(r => r <= width / 8)) {
          for (let turn = 0; turn < (reach ? NAME_TURNS : 1); turn++) {
            // A name is wide: beside its cluster it has to go further than above it.
            const angle = 2 * Math.PI * turn / NAME_TURNS;
            const dx = Math.cos(angle) * reach * 1.4, dy = Math.sin(angle) * reach;
            if (isSeen && (x + dx < half + 2 || x + dx > width - half - 2 || y + dy < NAME_HEIGHT / 2
                || y + dy > height - NAME_HEIGHT / 2)) continue;
            if (places.some(p => Math.abs(p.x - x - dx) < p.half + half && Math.abs(p.y - y - dy) < NAME_HEIGHT)) continue;
            const {covered, share} = crowd(x + dx, y + dy, half), cost = covered * NAME_STEP + reach;
            if (!best || cost < best.cost) best = {cluster, text, dx, dy, half, x: x + dx, y: y + dy, share, cost};
          }
        }
        if (best && (text === cluster.mark || best.share <= NAME_CROWDED)) { places.push(best); break; }
      }
    }
    return places;
  }

  let waiting = false;
  function paint() {
    if (waiting || !width) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; paintNow(); });
  }
  function paintNow() {
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, canvas.width, canvas.height);
    const r = Math.max(1.6, Math.min(4.2, 95 / Math.sqrt(n))) * Math.max(1, Math.min(2.2, Math.pow(scale / home, .35)));
    const size = r.toFixed(1);
    const order = [[], []];
    for (let i = 0; i < n; i++) {
      const x = screenX(i), y = screenY(i);
      if (x > -9 && y > -9 && x < width + 9 && y < height + 9) order[shown[i]].push(i);
    }
    for (const i of order[0]) {
      const s = sprite('hidden' + size, -1, colorOf(-1), r * .7, .22);
      context.drawImage(s.stamp, screenX(i) * ratio - s.half, screenY(i) * ratio - s.half);
    }
    // Thousands of points too small to have a shape are squares, one colour after another: 17 times faster to draw.
    const tiny = r < 2.4 && order[1].length > 1500;
    if (tiny) {
      const groups = new Map();
      for (const i of order[1]) {
        const value = column.kind === 'number' ? column.values[i] : null;
        const color = column.kind !== 'number' ? colorOf(column.of[i]) : value === null ? colorOf(-1) :
          gradient(Math.round(31 * Math.max(0, Math.min(1, (value - column.low) / (column.high - column.low || 1)))) / 31);
        if (!groups.has(color)) groups.set(color, []);
        groups.get(color).push(i);
      }
      const side = Math.max(2, Math.round(r * 1.8 * ratio));
      for (const [color, members] of groups) {
        context.fillStyle = color;
        for (const i of members) {
          context.fillRect(Math.round(screenX(i) * ratio - side / 2), Math.round(screenY(i) * ratio - side / 2), side, side);
        }
      }
    }
    for (const i of tiny ? [] : order[1]) {
      let s;
      if (column.kind === 'number') {
        const value = column.values[i];
        const step = value === null ? -1 :
          Math.round(31 * Math.max(0, Math.min(1, (value - column.low) / (column.high - column.low || 1))));
        s = sprite('n' + step + size, value === null ? -1 : 0, step < 0 ? colorOf(-1) : gradient(step / 31), r, .85);
      } else {
        const place = column.of[i];
        s = sprite('c' + place + size, place, colorOf(place), r, place < 0 ? .6 : .85);
      }
      context.drawImage(s.stamp, screenX(i) * ratio - s.half, screenY(i) * ratio - s.half);
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    const ink = getComputedStyle(document.documentElement).getPropertyValue('--ink');
    const paper = getComputedStyle(document.documentElement).getPropertyValue('--paper');
    if (column.key === 'cluster') {
      context.font = NAME_FONT;
      context.textAlign = 'center'; context.textBaseline = 'middle';
      context.lineWidth = 4; context.lineJoin = 'round';
      for (const {cluster, text, dx, dy, half} of namePlaces()) {
        const x = cluster.x * scale + shiftX + dx, y = -cluster.y * scale + shiftY + dy;
        context.strokeStyle = paper; context.strokeText(text, x + NAME_SWATCH / 2, y);
        context.fillStyle = ink; context.fillText(text, x + NAME_SWATCH / 2, y);
        const dot = new Path2D(outline(cluster.id >= CATEGORIES ? -1 : cluster.id, x - half + 5, y, 4.6));
        context.stroke(dot);
        context.fillStyle = colorOf(cluster.id >= CATEGORIES ? -1 : cluster.id); context.fill(dot);
      }
    }
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

  /* Hover, select. */
  function facts(i) {
    const lines = [make('p', {}, make('strong', {}, titleOf(i)))];
    if (byline(i)) lines.push(make('p', {}, byline(i)));
    const cluster = songs.cluster[i] < 0 ? 'Noise' : clusterName.get(songs.cluster[i]);
    lines.push(make('p', {}, `${cluster}, distance ${number(songs.distance[i], 2)}, novelty ${number(songs.novelty[i], 2)}`));
    return lines;
  }
  function hover(i, px, py) {
    const tip = $('tip');
    if (i !== hovered) {
      hovered = i;
      paint();
      if (i >= 0) {
        const near = songs.near[i].slice(0, 3).map(titleOf);
        tip.replaceChildren(...facts(i),
          ...(near.length ? [make('p', {className: 'faint'}, 'Nearest: ' + near.join('; '))] : []));
      }
      tip.hidden = i < 0;
      canvas.style.cursor = i < 0 ? 'crosshair' : 'pointer';
    }
    if (i >= 0) {
      const box = tip.getBoundingClientRect();
      tip.style.left = Math.max(4, Math.min(width - box.width - 4, px + 14)) + 'px';
      tip.style.top = (py + 18 + box.height > height ? Math.max(4, py - box.height - 12) : py + 18) + 'px';
    }
  }
  function hint() {
    return make('p', {className: 'faint'},
      `Point at a ${noun} to see its details; click to ${isSound ? 'play' : 'keep'} it.`);
  }
  function select(i) {
    selected = i;
    const detail = $('detail');
    if (i < 0) {
      detail.replaceChildren(hint());
    } else {
      const near = songs.near[i].map(j => make('li', {}, songButton(j)));
      detail.replaceChildren(...facts(i), make('p', {className: 'faint'}, songs.path[i]),
        ...(isSound ? [make('button', {type: 'button', onclick: () => play([i], 0)}, 'Play')] : []),
        ...(near.length ? [make('p', {className: 'faint'}, 'Nearest ' + nouns), make('ul', {}, ...near)] : []));
      const x = screenX(i), y = screenY(i);
      if (x < 0 || y < 0 || x > width || y > height) {
        shiftX += width / 2 - x; shiftY += height / 2 - y;
      }
    }
    paint();
  }

  /* Pointers: one drags, or draws the lasso; two pinch. */
  const pointers = new Map();
  let moved = 0, pinch = null;
  const place = event => {
    const box = canvas.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  canvas.addEventListener('pointerdown', event => {
    canvas.setPointerCapture(event.pointerId);
    pointers.set(event.pointerId, place(event));
    moved = 0;
    if (pointers.size === 2) { pinch = spread(); lassoPath = null; }
    else if (event.shiftKey || $('lasso').getAttribute('aria-pressed') === 'true') lassoPath = [place(event)];
  });
  canvas.addEventListener('pointermove', event => {
    const [x, y] = place(event);
    if (!pointers.has(event.pointerId)) {
      hover(nearest(x, y, 12), x, y);
      return;
    }
    const [oldX, oldY] = pointers.get(event.pointerId);
    pointers.set(event.pointerId, [x, y]);
    moved += Math.abs(x - oldX) + Math.abs(y - oldY);
    if (pinch && pointers.size === 2) {
      const now = spread();
      shiftX += now.x - pinch.x; shiftY += now.y - pinch.y;
      zoom(now.d / pinch.d, now.x, now.y);
      pinch = now;
    } else if (lassoPath) {
      lassoPath.push([x, y]);
      paint();
    } else if (moved > 4) {
      hover(-1);
      shiftX += x - oldX; shiftY += y - oldY;
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
    if (lassoPath && lassoPath.length > 2) catchLassoed();
    else if (moved <= 4 && event.type === 'pointerup') {
      const [x, y] = place(event);
      const i = nearest(x, y, event.pointerType === 'touch' ? 22 : 12);
      select(i);
      if (i >= 0) play([i], 0);
    }
    lassoPath = null;
    paint();
  }
  canvas.addEventListener('pointerup', release);
  canvas.addEventListener('pointercancel', release);
  canvas.addEventListener('pointerleave', () => hover(-1));
  canvas.addEventListener('wheel', event => {
    event.preventDefault();
    const lines = event.deltaMode === 1 ? 16 : 1;
    zoom(Math.exp(-event.deltaY * lines * .0018), ...place(event));
  }, {passive: false});
  function catchLassoed() {
    const path = new Path2D();
    lassoPath.forEach(([x, y], k) => k ? path.lineTo(x, y) : path.moveTo(x, y));
    path.closePath();
    context.setTransform(1, 0, 0, 1, 0, 0);
    lassoed = new Set();
    for (let i = 0; i < n; i++) {
      if (shown[i] && context.isPointInPath(path, screenX(i), screenY(i))) lassoed.add(i);
    }
    if (!lassoed.size) lassoed = null;
    press($('lasso'), false);
    filter();
  }

  /* Keys. */
  function step(dx, dy) {
    let from = selected;
    if (from < 0 || !shown[from]) {
      from = nearest(width / 2, height / 2, Math.hypot(width, height));
      if (from >= 0) select(from);
      return;
    }
    let best = -1, least = Infinity;
    for (let i = 0; i < n; i++) {
      if (!shown[i] || i === from) continue;
      const x = screenX(i) - screenX(from), y = screenY(i) - screenY(from);
      const along = x * dx + y * dy, aside = Math.abs(x * dy) + Math.abs(y * dx);
      if (along <= 0 || aside > along * 1.2) continue;
      const d = along + aside * 2;
      if (d < least) { least = d; best = i; }
    }
    if (best >= 0) select(best);
  }
  canvas.addEventListener('keydown', event => {
    const keys = {
      ArrowLeft: () => step(-1, 0), ArrowRight: () => step(1, 0), ArrowUp: () => step(0, -1), ArrowDown: () => step(0, 1),
      '+': () => zoom(1.4), '=': () => zoom(1.4), '-': () => zoom(1 / 1.4), '0': reset,
      Enter: () => selected >= 0 && play([selected], 0), ' ': () => selected >= 0 && play([selected], 0),
      Escape: clear,
    };
    if (keys[event.key] && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      keys[event.key]();
    }
  });
  function clear() {
    query = ''; $('search').value = ''; lassoed = null; only = null; hidden.clear();
    press($('lasso'), false);
    select(-1);
    legend();
    filter();
  }

  /* Tools. */
  let typing = 0;
  $('search').addEventListener('input', () => {
    clearTimeout(typing);
    typing = setTimeout(() => { query = fold($('search').value.trim()); filter(); }, 80);
  });
  $('lasso').onclick = () => press($('lasso'), $('lasso').getAttribute('aria-pressed') !== 'true');
  $('zoom-in').onclick = () => zoom(1.5);
  $('zoom-out').onclick = () => zoom(1 / 1.5);
  $('reset').onclick = () => { clear(); reset(); };
  columns.forEach((c, i) => $('color').append(make('option', {value: i}, c.label)));
  $('color').onchange = () => {
    column = columns[$('color').value];
    hidden.clear();
    legend();
    filter();
  };
  function legend() {
    if (column.kind === 'number') {
      const bar = make('div', {});
      bar.style.background = `linear-gradient(90deg, ${CIVIDIS.map(c => `rgb(${c})`)})`;
      $('legend').replaceChildren(make('div', {id: 'scale'}, bar,
        make('p', {className: 'faint'}, make('span', {}, number(column.low, 2)), make('span', {}, number(column.high, 2)))));
      return;
    }
    $('legend').replaceChildren(...column.entries.map(entry => make('button', {
      type: 'button', 'aria-pressed': String(!hidden.has(entry.place)), title: 'Click to hide or show; double-click to show it alone',
      onclick: event => {
        if (hidden.has(entry.place)) hidden.delete(entry.place);
        else hidden.add(entry.place);
        press(event.currentTarget, !hidden.has(entry.place));
        filter();
      },
      ondblclick: () => {
        hidden.clear();
        column.entries.forEach(other => other.place !== entry.place && hidden.add(other.place));
        legend();
        filter();
      },
    }, swatch(entry.place), make('span', {}, entry.text), make('small', {className: 'faint'}, String(entry.count)))));
  }

  /* The player. */
  const audio = $('audio');
  let queue = [], turn = 0;
  function play(wanted, from) {
    if (!isSound) return;
    queue = wanted;
    turn = from;
    const i = queue[turn];
    $('player').hidden = false;
    source(i, false);
    $('playing').textContent = [titleOf(i), songs.artist[i]].filter(Boolean).join(' – ')
      + (queue.length > 1 ? ` (${turn + 1} of ${queue.length})` : '');
    $('previous').disabled = turn === 0;
    $('next').disabled = turn + 1 >= queue.length;
  }
  // Where segments are not kept, the song itself is played, from where its segment begins.
  const seconds = Number((data.manifest.settings || {})['window.seconds']) || 30;
  let isWhole = false;
  function source(i, whole) {
    isWhole = whole;
    audio.src = whole ? songUrl(i) : data.audio + songs.id[i] + '.wav';
    audio.play().catch(error => {
      // A source that was replaced before it began is no failure; one that is not there is told by its event.
      if (error.name === 'NotAllowedError') $('playing').textContent = `${titleOf(i)}: press play`;
    });
  }
  function songUrl(i) {
    const path = songs.path[i];
    if (/^[a-z][a-z0-9+.-]+:\/\//i.test(path)) return path;
    const escaped = path.split('/').map(encodeURIComponent).join('/');
    return path.startsWith('/') ? 'file://' + escaped : data.audio + '../' + escaped;
  }
  audio.addEventListener('loadedmetadata', () => {
    if (isWhole && isFinite(audio.duration)) audio.currentTime = Math.max(0, (audio.duration - seconds) / 2);
  });
  audio.addEventListener('timeupdate', () => {
    if (isWhole && audio.currentTime > Math.max(0, (audio.duration - seconds) / 2) + seconds) {
      audio.pause();
      skip(1);
    }
  });
  audio.addEventListener('error', () => {
    if (!audio.getAttribute('src')) return;
    const i = queue[turn];
    if (!isWhole) {
      source(i, true);
      return;
    }
    $('playing').textContent = `${titleOf(i)}: neither its segment in ${decodeURIComponent(data.audio)} nor the song `
      + `${songs.path[i]} can be played; run with window.keep=true to keep segments`;
  });
  function skip(by) {
    if (turn + by < 0 || turn + by >= queue.length) return;
    play(queue, turn + by);
    select(queue[turn]);
  }
  audio.addEventListener('ended', () => skip(1));
  $('previous').onclick = () => skip(-1);
  $('next').onclick = () => skip(1);
  $('close-player').onclick = () => { audio.pause(); audio.removeAttribute('src'); $('player').hidden = true; };

  /* Cards. */
  const labels = columns.find(c => c.key === 'language');
  function card(cluster) {
    const mix = make('div', {className: 'mix', role: 'img'});
    const words = [];
    for (const [label, count] of cluster.languages) {
      const at = labels ? songs.language.indexOf(label) : -1;
      const part = make('div', {title: `${label ?? 'none'}: ${count}`});
      part.style.flexGrow = count;
      part.style.background = colorOf(at < 0 ? -1 : labels.of[at]);
      mix.append(part);
      if (words.length < 4) words.push(`${label ?? 'none'} ${Math.round(100 * count / cluster.size)} %`);
    }
    mix.setAttribute('aria-label', words.join(', '));
    const members = songs.id.map((_, i) => i).filter(i => songs.cluster[i] === cluster.id)
      .sort((a, b) => songs.distance[a] - songs.distance[b]);
    const some = (title, list) => list.length ? [make('h4', {}, title),
      make('ul', {}, ...list.map(i => make('li', {}, songButton(i))))] : [];
    return make('article', {className: 'card'},
      make('h3', {}, swatch(cluster.id < 0 || cluster.id >= CATEGORIES ? -1 : cluster.id),
        make('span', {}, cluster.name)),
      make('p', {className: 'faint size'}, `${cluster.size} ${cluster.size === 1 ? noun : nouns}` +
        (cluster.stability === undefined || cluster.stability === null ? '' :
          ` · ${Math.round(100 * cluster.stability)} % stable`)),
      ...(labels ? [mix, make('p', {className: 'faint'}, words.join(', '))] : []),
      ...some('Typical', cluster.typical), ...some('Borderline', cluster.borderline),
      cluster.traits.length ? make('details', {}, make('summary', {className: 'faint'}, 'Distinguishing features'),
        make('ul', {}, ...cluster.traits.map(([feature, effect]) => make('li', {className: 'faint'},
          `${feature} ${effect > 0 ? '+' : ''}${number(effect, 2)}`)))) : null,
      make('p', {className: 'buttons'},
        isSound
          ? make('button', {type: 'button', onclick: () => { play(members, 0); select(members[0]); }}, 'Play all') : null,
        make('button', {type: 'button', onclick: () => {
          clear();
          only = cluster.id;
          filter();
          $('map-section').scrollIntoView({behavior: reducedMotion ? 'auto' : 'smooth'});
        }}, 'Show on the map')));
  }

  /* Tables. */
  const Nouns = nouns[0].toUpperCase() + nouns.slice(1);
  function table(element, head, rows, textColumns = []) {
    element.replaceChildren(
      make('thead', {}, make('tr', {}, ...head.map((h, i) => make('th', {scope: 'col',
        className: textColumns.includes(i) ? 'text' : ''}, h)))),
      make('tbody', {}, ...rows.map(row => make('tr', {className: row.primary ? 'primary' : ''},
        ...row.cells.map((c, i) => make('td', {className: textColumns.includes(i) ? 'text' : ''},
          ...(Array.isArray(c) ? [c[0], make('small', {}, c[1])] : [c])))))));
  }
  const estimate = e => e === null || e.value === null ? '–' :
    e.low === null ? number(e.value) : [number(e.value), `[${number(e.low)}, ${number(e.high)}]`];
  table($('metrics'),
    ['Representation', 'Clusterer', 'k', 'Silhouette', 'Davies–Bouldin', 'NMI', 'ARI', 'AMI', 'Purity', 'Majority', 'Stability',
      'Active dims', 'Flags'],
    data.metrics.filter(m => m.compared).map(m => ({primary: m.primary, cells: [m.representation, m.clusterer, String(m.k),
      number(m.silhouette), number(m.daviesBouldin, 2), estimate(m.nmi), estimate(m.ari), estimate(m.ami), estimate(m.purity),
      number(m.majority), number(m.stability), String(m.active), m.flags]})), [0, 1, 12]);

  if (data.probes.some(p => p.logistic !== null)) {
    $('probes').hidden = false;
    table($('probes').querySelector('table'), ['Representation', Nouns, 'Labels', 'Logistic', '5 nearest', 'Guessing'],
      data.probes.map(p => ({cells: [p.representation, String(p.songs), String(p.labels), number(p.logistic),
        number(p.neighbours), number(p.chance)]})), [0]);
  }
  if (data.neighbourScores.length) {
    $('neighbour-scores').hidden = false;
    table($('neighbour-scores').querySelector('table'), ['Representation', 'Distance', 'Leaves out', 'Precision at 1', 'at 10', 'MAP',
      'Guessing', 'Hubness', 'Anti-hubs'],
      data.neighbourScores.map(n => ({cells: [n.representation, n.distance, n.out, number(n.first), number(n.ten), number(n.map),
        number(n.chance), number(n.hubness, 2), number(n.antiHubs)]})), [0, 1, 2]);
  }
  table($('properties'), ['Property', Nouns, 'Predicts the label', 'Guessing', 'AMI with clusters', ''],
    data.confounds.map(c => ({cells: [c.property, String(c.songs), number(c.accuracy), number(c.chance), number(c.ami),
      c.alarming ? make('strong', {className: 'alarming'}, 'alarming') : '']})), [0, 5]);
  $('properties').hidden = !data.confounds.length;
  if (data.copies.length) {
    $('copies').hidden = false;
    $('copies').querySelector('summary').textContent = data.copiesNote;
    table($('copies').querySelector('table'), ['First', 'Second', 'Distance'],
      data.copies.map(([a, b, d]) => ({cells: [songButton(a), songButton(b), number(d)]})), [0, 1]);
  }

  $('reasons').replaceChildren(...data.sweep.filter(s => s.chosen && s.reason).map(s =>
    make('li', {}, `${s.clusterer}: k = ${s.k}, ${s.reason}`)));

  /* Charts: lines over whole numbers, and columns. */
  const DASH = ['', '6 3', '2 2.5', '8 3 2 3'];
  function ticks(low, high) {
    const rough = (high - low || 1) / 4, power = 10 ** Math.floor(Math.log10(rough));
    const width = [1, 2, 5, 10].map(s => s * power).find(s => s >= rough * .999);
    const list = [];
    for (let t = Math.ceil(low / width - 1e-9); t <= high / width + 1e-9; t++) list.push(t * width);
    return {list, digits: Math.max(0, -Math.floor(Math.log10(width) + 1e-9))};
  }
  function chart(title, xLabel, yLabel, series, columnsInstead = false) {
    const w = 460, h = 220, left = 52, bottom = 36, top = 8, right = 8;
    const xs = series.flatMap(s => s.points.map(p => p[0])), ys = series.flatMap(s => s.points.map(p => p[1]));
    let x0 = Math.min(...xs), x1 = Math.max(...xs), y0 = Math.min(...ys), y1 = Math.max(...ys);
    if (columnsInstead) { y0 = Math.min(0, y0); x0 -= .5; x1 += .5; }
    if (y1 - y0 < 1e-12) { y0 -= .5; y1 += .5; }
    if (x1 === x0) { x0 -= .5; x1 += .5; }
    const px = v => left + (v - x0) / (x1 - x0) * (w - left - right), py = v => top + (y1 - v) / (y1 - y0) * (h - top - bottom);
    const svg = draw('svg', {viewBox: `0 0 ${w} ${h}`, role: 'img', 'aria-label': `${title}: ${yLabel} over ${xLabel}`});
    const yTicks = ticks(y0, y1);
    for (const t of yTicks.list) {
      svg.append(draw('line', {class: 'grid', x1: left, x2: w - right, y1: py(t), y2: py(t)}),
        draw('text', {x: left - 6, y: py(t) + 4, 'text-anchor': 'end'}, number(t, yTicks.digits)));
    }
    const xStep = Math.max(1, Math.ceil((x1 - x0) / 9));
    const nice = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].find(s => s >= xStep) || xStep;
    for (let t = Math.ceil(x0 / nice) * nice; t <= x1; t += nice) {
      svg.append(draw('text', {x: px(t), y: h - bottom + 15, 'text-anchor': 'middle'}, String(t)));
    }
    svg.append(draw('text', {x: (left + w) / 2, y: h - 3, 'text-anchor': 'middle'}, xLabel),
      draw('text', {x: 11, y: (top + h - bottom) / 2, 'text-anchor': 'middle',
        transform: `rotate(-90 11 ${(top + h - bottom) / 2})`}, yLabel));
    for (const s of series) {
      if (columnsInstead) {
        const bar = (px(1) - px(0)) * .75;
        for (const [x, y] of s.points) {
          svg.append(draw('rect', {x: px(x) - bar / 2, width: bar, y: Math.min(py(y), py(0)),
            height: Math.abs(py(0) - py(y)), fill: colorOf(s.place)}));
        }
      } else {
        svg.append(draw('polyline', {points: s.points.map(p => px(p[0]) + ',' + py(p[1])).join(' '), fill: 'none',
          stroke: colorOf(s.place), 'stroke-width': 2, 'stroke-dasharray': DASH[s.place % DASH.length]}));
        for (const [x, y] of s.points.filter(p => p[2])) {
          svg.append(draw('circle', {cx: px(x), cy: py(y), r: 6, fill: 'none', stroke: colorOf(s.place), 'stroke-width': 2}));
        }
      }
    }
    const keys = make('div', {className: 'keys'}, ...series.filter(s => s.name).map(s => make('span', {},
      draw('svg', {viewBox: '0 0 22 8', 'aria-hidden': 'true'}, columnsInstead
        ? draw('rect', {x: 4, y: 0, width: 8, height: 8, fill: colorOf(s.place)})
        : draw('line', {x1: 0, x2: 22, y1: 4, y2: 4, stroke: colorOf(s.place), 'stroke-width': 2,
          'stroke-dasharray': DASH[s.place % DASH.length]})), s.name)));
    return make('figure', {}, make('figcaption', {}, title), svg, keys);
  }
  function charts() {
    const clusterers = [...new Set(data.metrics.map(m => m.clusterer))];
    const sweeps = [...new Set(data.metrics.map(m => m.representation))].map(representation => {
      const series = clusterers.map((clusterer, place) => ({name: clusterer, place, points: data.metrics
        .filter(m => m.representation === representation && m.clusterer === clusterer && m.silhouette !== null)
        .map(m => [m.k, m.silhouette, m.chosen])})).filter(s => s.points.length > 1);
      return series.length ? chart(`Number of clusters: ${representation}`, 'k (ring: chosen)', 'Mean silhouette', series) : null;
    });
    // The silhouette of the run's own representation stands among the others above.
    const own = data.criteria.filter(c => c.key !== 'silhouette').map(c => {
      const series = clusterers.map((clusterer, place) => ({name: clusterer, place, points: data.sweep
        .filter(s => s.clusterer === clusterer && s[c.key] !== null).sort((a, b) => a.k - b.k)
        .map(s => [s.k, s[c.key], s.chosen])})).filter(s => s.points.length > 1);
      return series.length ? chart(`${c.title}: ${data.representation}`, 'k (ring: chosen)', c.direction, series) : null;
    });
    $('sweep').replaceChildren(...sweeps.filter(Boolean), ...own.filter(Boolean));
    const model = data.model;
    const list = [];
    if (model && model.history.length > 1) {
      const h = model.history, line = (name, key, place) => ({name, place,
        points: h.filter(e => e[key] !== null).map(e => [e.epoch, e[key]])});
      const unit = model.kl.length ? ` (nats per ${noun})` : '';
      list.push(chart('Loss', 'Epoch', 'Loss' + unit, [line('total', 'total', 0),
        ...(model.kl.length ? [line('reconstruction', 'reconstruction', 1),
          {name: 'total \u2212 reconstruction', place: 4, points: h.map(e => [e.epoch, e.total - e.reconstruction])}] : []),
        ...(h.some(e => e.validation !== null) ? [line('validation', 'validation', 2)] : [])]));
      if (model.kl.length) list.push(chart('KL divergence', 'Epoch', `KL (nats per ${noun})`, [line('', 'kl', 3)]));
    }
    if (model && model.kl.length) {
      list.push(chart('KL of each latent dimension', 'Latent dimension', 'KL (nats)',
        [{name: '', place: 0, points: model.kl.map((v, i) => [i, v])}], true));
    }
    $('curves').replaceChildren(...list);
    $('cards').replaceChildren(...data.clusters.map(card));
  }

  /* Text. */
  $('search').placeholder = isSound ? 'Title, artist or path' : 'Id';
  $('enter').hidden = !isSound;
  $('detail').replaceChildren(hint());
  $('alarm').hidden = !data.alarm;
  $('alarm').textContent = data.alarm || '';
  $('verdict').textContent = data.verdict;
  $('cautions').replaceChildren(...data.cautions.map(c => make('li', {}, c)));
  $('map-note').textContent = data.mapNote;
  $('model-note').textContent = data.model ? data.model.note : 'No model was fitted.';
  $('balance').textContent = data.coverage.balance;
  table($('codes'), ['Stage', 'Code', Nouns],
    data.coverage.codes.map(c => ({cells: [c.stage, c.code, String(c.count)]})), [0, 1]);
  $('codes').hidden = !data.coverage.codes.length;
  if (data.coverage.failures.length) {
    $('failures').hidden = false;
    table($('failures').querySelector('table'), ['File', 'Stage', 'Code', 'Message'],
      data.coverage.failures.map(f => ({cells: [f.filepath, f.stage, f.code, f.message]})), [0, 1, 2, 3]);
  }
  $('manifest').textContent = JSON.stringify(data.manifest, null, 2);

  /* Themes. */
  const system = matchMedia('(prefers-color-scheme: dark)');
  let wanted = null;
  function theme() {
    dark = wanted === null ? system.matches : wanted;
    document.documentElement.dataset.theme = dark ? 'dark' : 'light';
    $('theme').textContent = dark ? 'Light' : 'Dark';
    sprites = new Map();
    legend();
    charts();
    paint();
  }
  $('theme').onclick = () => { wanted = !dark; theme(); };
  system.addEventListener('change', theme);

  theme();
  new ResizeObserver(fit).observe($('plane'));
  fit();
  filter();

  // For scripts that drive the page: where a song is on the screen, and how long a full drawing takes.
  window.surmala = {
    placeOf(id) {
      const i = songs.id.indexOf(id), box = canvas.getBoundingClientRect();
      return i < 0 ? null : {x: box.left + screenX(i), y: box.top + screenY(i)};
    },
    shown: () => songs.id.filter((_, i) => shown[i]),
    draw: paintNow,
  };
})();
