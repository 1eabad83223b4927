/* Names of clusters and groups: near the middle of their songs, over as few songs as possible and over no other name. */
const NAME_FONT = '600 14px ' + getComputedStyle(document.body).fontFamily;
const NAME_LINE = 18, NAME_PAD = 2, NAME_REACH = [0, 20, 40, 65, 95, 130, 170, 220, 280], NAME_TURNS = 24;
// Where songs cover more than this share of the area under a name, only the letter is drawn.
const NAME_CROWDED = .22;
// Pixels that a name moves away to uncover one song, and to fit on one line.
const NAME_STEP = 40, NAME_BREAK = 12;
// Pixels from its songs above which a name gets a line to them.
const NAME_FAR = 50;
const GROUND = 6;
let names = {key: '', labels: []};
// A canvas does not wait for the page's fonts: names are drawn again once they are loaded.
document.fonts.addEventListener('loadingdone', () => changed());
// Names keep their offsets while the map is dragged; they are laid out again after a zoom by a fifth.
function nameLabels() {
  const key = [Math.round(Math.log(view.scale / home) / Math.log(1.2)), view.width, view.height].join();
  if (names.key !== key) names = {key, labels: layOutNames()};
  return names.labels;
}
function median(values) {
  return Float64Array.from(values).sort()[values.length >> 1];
}
let middles = null;
// The clusters or groups that colour the points, each with the median position of its visible songs.
function namedGroups() {
  if (column.key !== 'cluster' && column.key !== 'group') return [];
  const members = new Map(column.entries.filter(e => e.category >= 0 && !hidden.has(e.category)).map(e => [e.value, []]));
  for (let i = 0; i < n; i++) if (shown[i] === SHOWN) members.get(column.values[i])?.push(i);
  return column.entries.filter(e => members.get(e.value)?.length).map(e => ({text: e.text.split('; like ')[0], category: e.category,
    mark: column.key === 'cluster' ? clusterOf.get(e.value)?.mark : e.value,
    x: median(members.get(e.value).map(i => songs.x[i])), y: median(members.get(e.value).map(i => songs.y[i]))}));
}
// The text on one line, or split into two lines of similar length.
function layouts(text, mark) {
  const lines = [[text]], words = text.split(' ');
  if (words.length > 3) {
    const at = words.map((_, i) => i).slice(1).map(i => [words.slice(0, i).join(' '), words.slice(i).join(' ')]);
    lines.push(at.reduce((best, pair) => Math.max(...pair.map(l => l.length)) < Math.max(...best.map(l => l.length))
      ? pair : best));
  }
  return mark ? [...lines, [mark]] : lines;
}
function layOutNames() {
  context.font = NAME_FONT;
  const across = Math.ceil(view.width / GROUND), down = Math.ceil(view.height / GROUND), row = across + 1;
  const sums = new Uint32Array(row * (down + 1));
  for (let i = 0; i < n; i++) {
    if (shown[i] !== SHOWN) continue;
    const a = Math.floor(screenX(i) / GROUND), b = Math.floor(screenY(i) / GROUND);
    if (a >= 0 && b >= 0 && a < across && b < down) sums[(b + 1) * row + a + 1] = 1;
  }
  for (let b = 1; b <= down; b++) {
    for (let a = 1; a <= across; a++) {
      sums[b * row + a] += sums[(b - 1) * row + a] + sums[b * row + a - 1] - sums[(b - 1) * row + a - 1];
    }
  }
  const within = (v, most) => Math.max(0, Math.min(most, v));
  // Number and share of the grid cells under a name that hold songs.
  function crowd(x, y, half, tall) {
    const a = within(Math.floor((x - half - 4) / GROUND), across), c = within(Math.ceil((x + half + 4) / GROUND), across);
    const b = within(Math.floor((y - tall - 4) / GROUND), down), d = within(Math.ceil((y + tall + 4) / GROUND), down);
    const covered = sums[d * row + c] - sums[b * row + c] - sums[d * row + a] + sums[b * row + a];
    return {covered, share: covered / Math.max(1, (c - a) * (d - b))};
  }
  const labels = [];
  middles ??= namedGroups();
  for (const one of middles) {
    const x = one.x * view.scale + view.x, y = view.y - one.y * view.scale, isSeen = isInside(x, y);
    let best = null;
    for (const lines of layouts(one.text, one.mark)) {
      const isMark = lines[0] === one.mark && one.text !== one.mark;
      if (isMark && best && best.share <= NAME_CROWDED) break;
      if (isMark) best = null;
      const half = Math.max(...lines.map(l => context.measureText(l).width)) / 2 + NAME_PAD;
      const tall = lines.length * NAME_LINE / 2 + 2;
      // On a small map, a distant name would be among other clusters' songs.
      for (const reach of NAME_REACH.filter(r => r <= view.width / 4)) {
        for (let turn = 0; turn < (reach ? NAME_TURNS : 1); turn++) {
          // A name is wide: it must move farther to the side than up or down.
          const angle = 2 * Math.PI * turn / NAME_TURNS;
          const dx = Math.cos(angle) * reach * 1.4, dy = Math.sin(angle) * reach;
          if (isSeen && (x + dx < half + 2 || x + dx > view.width - half - 2 || y + dy < tall + 2
              || y + dy > view.height - tall - 2)) continue;
          if (labels.some(p => Math.abs(p.left - x - dx) < p.half + half && Math.abs(p.top - y - dy) < p.tall + tall)) continue;
          const {covered, share} = crowd(x + dx, y + dy, half, tall);
          const cost = covered * NAME_STEP + reach + (lines.length - 1) * NAME_BREAK;
          if (!best || cost < best.cost) {
            best = {...one, lines, dx, dy, half, tall, left: x + dx, top: y + dy, share, cost};
          }
        }
      }
    }
    if (best) labels.push(best);
  }
  return labels;
}
function drawNames(ink, paper) {
  const labels = nameLabels();
  context.font = NAME_FONT;
  context.textAlign = 'center'; context.textBaseline = 'middle';
  for (const {x: middleX, y: middleY, category, lines, dx, dy, half, tall} of labels) {
    const anchorX = middleX * view.scale + view.x, anchorY = view.y - middleY * view.scale;
    const left = anchorX + dx, top = anchorY + dy;
    if (Math.hypot(dx, dy) > NAME_FAR && (Math.abs(dx) > half || Math.abs(dy) > tall)) {
      const edge = 1 - 1 / Math.max(Math.abs(dx) / half, Math.abs(dy) / tall);
      context.beginPath(); context.moveTo(anchorX, anchorY); context.lineTo(anchorX + dx * edge, anchorY + dy * edge);
      context.lineWidth = 1.5; context.strokeStyle = colorOf(category); context.globalAlpha = .6; context.stroke();
    }
    context.globalAlpha = 1; context.fillStyle = colorOf(category);
    context.beginPath(); context.roundRect(left - half, top + tall - 3, 2 * half, 3, 1.5); context.fill();
    context.fillStyle = ink; context.strokeStyle = paper; context.lineWidth = 4; context.lineJoin = 'round';
    lines.forEach((text, k) => {
      const y = top + (k - (lines.length - 1) / 2) * NAME_LINE - 1;
      context.strokeText(text, left, y); context.fillText(text, left, y);
    });
  }
}
