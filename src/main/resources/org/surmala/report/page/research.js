/* For researchers: verdict, tables, charts and the run; built when the tab is first opened. */
/* Tables. */
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
function research() {
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

  $('alarm').hidden = !data.alarm;
  $('alarm').textContent = data.alarm || '';
  $('verdict').textContent = data.verdict;
  $('cautions').replaceChildren(...data.cautions.map(c => make('li', {}, c)));
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
}

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
          height: Math.abs(py(0) - py(y)), fill: colorOf(s.category)}));
      }
    } else {
      svg.append(draw('polyline', {points: s.points.map(p => px(p[0]) + ',' + py(p[1])).join(' '), fill: 'none',
        stroke: colorOf(s.category), 'stroke-width': 2, 'stroke-dasharray': DASH[s.category % DASH.length]}));
      for (const [x, y] of s.points.filter(p => p[2])) {
        svg.append(draw('circle', {cx: px(x), cy: py(y), r: 6, fill: 'none', stroke: colorOf(s.category), 'stroke-width': 2}));
      }
    }
  }
  const keys = make('div', {className: 'keys'}, ...series.filter(s => s.name).map(s => make('span', {},
    draw('svg', {viewBox: '0 0 22 8', 'aria-hidden': 'true'}, columnsInstead
      ? draw('rect', {x: 4, y: 0, width: 8, height: 8, fill: colorOf(s.category)})
      : draw('line', {x1: 0, x2: 22, y1: 4, y2: 4, stroke: colorOf(s.category), 'stroke-width': 2,
        'stroke-dasharray': DASH[s.category % DASH.length]})), s.name)));
  return make('figure', {}, make('figcaption', {}, title), svg, keys);
}
function charts() {
  const clusterers = [...new Set(data.metrics.map(m => m.clusterer))];
  const sweeps = [...new Set(data.metrics.map(m => m.representation))].map(representation => {
    const series = clusterers.map((clusterer, category) => ({name: clusterer, category, points: data.metrics
      .filter(m => m.representation === representation && m.clusterer === clusterer && m.silhouette !== null)
      .map(m => [m.k, m.silhouette, m.chosen])})).filter(s => s.points.length > 1);
    return series.length ? chart(`Number of clusters: ${representation}`, 'k (ring: chosen)', 'Mean silhouette', series) : null;
  });
  // The silhouette of the run's own representation is in the charts above.
  const own = data.criteria.filter(c => c.key !== 'silhouette').map(c => {
    const series = clusterers.map((clusterer, category) => ({name: clusterer, category, points: data.sweep
      .filter(s => s.clusterer === clusterer && s[c.key] !== null).sort((a, b) => a.k - b.k)
      .map(s => [s.k, s[c.key], s.chosen])})).filter(s => s.points.length > 1);
    return series.length ? chart(`${c.title}: ${data.representation}`, 'k (ring: chosen)', c.direction, series) : null;
  });
  $('sweep').replaceChildren(...sweeps.filter(Boolean), ...own.filter(Boolean));
  const model = data.model;
  const list = [];
  if (model && model.history.length > 1) {
    const h = model.history, line = (name, key, category) => ({name, category,
      points: h.filter(e => e[key] !== null).map(e => [e.epoch, e[key]])});
    const unit = model.kl.length ? ` (nats per ${noun})` : '';
    list.push(chart('Loss', 'Epoch', 'Loss' + unit, [line('total', 'total', 0),
      ...(model.kl.length ? [line('reconstruction', 'reconstruction', 1),
        {name: 'total \u2212 reconstruction', category: 4, points: h.map(e => [e.epoch, e.total - e.reconstruction])}] : []),
      ...(h.some(e => e.validation !== null) ? [line('validation', 'validation', 2)] : [])]));
    if (model.kl.length) list.push(chart('KL divergence', 'Epoch', `KL (nats per ${noun})`, [line('', 'kl', 3)]));
  }
  if (model && model.kl.length) {
    list.push(chart('KL of each latent dimension', 'Latent dimension', 'KL (nats)',
      [{name: '', category: 0, points: model.kl.map((v, i) => [i, v])}], true));
  }
  $('curves').replaceChildren(...list);
}
