const $ = id => document.getElementById(id);
const reducedMotion = matchMedia('(prefers-reduced-motion: reduce)').matches;

// All text from tags goes through here: it is never parsed as markup.
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
const SVG = 'http://www.w3.org/2000/svg';
function draw(tag, attributes, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}
const press = (button, on) => button.setAttribute('aria-pressed', String(on));
const button = (text, onclick, properties = {}) => make('button', {type: 'button', onclick, ...properties}, text);
// Isolates the text direction of a title.
const name = text => make('bdi', {}, text);
const number = (value, digits = 3) => value === null || value === undefined ? '–' :
  value.toFixed(digits).replace('-', '−');
const many = value => value.toLocaleString('en');

const ICONS = {
  play: 'M7 4v16l13-8z', pause: 'M6 4h4v16H6zM14 4h4v16h-4z', previous: 'M5 4h3v16H5zM20 4v16L9 12z',
  next: 'M16 4h3v16h-3zM4 4v16l11-8z', queue: 'M3 5h13v2H3zM3 10h13v2H3zM3 15h8v2H3zM14 13l7 4-7 4z',
  close: 'M5 6.4L6.4 5 12 10.6 17.6 5 19 6.4 13.4 12 19 17.6 17.6 19 12 13.4 6.4 19 5 17.6 10.6 12z',
  theme: 'M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18zm0 2v14a7 7 0 0 1 0-14z',
  add: 'M11 5h2v6h6v2h-6v6h-2v-6H5v-2h6z', up: 'M12 6l7 8-1.5 1.4L12 9.2l-5.5 6.2L5 14z',
  down: 'M12 18l-7-8 1.5-1.4L12 14.8l5.5-6.2L19 10z',
};
const icon = shape => draw('svg', {viewBox: '0 0 24 24', width: 22, height: 22, 'aria-hidden': 'true'},
    draw('path', {d: ICONS[shape], fill: 'currentColor'}));
const iconButton = (shape, label, onclick) => make('button', {type: 'button', className: 'icon', title: label,
  'aria-label': label, onclick}, icon(shape));

let noticeTimer = 0;
function notice(text, ...actions) {
  clearTimeout(noticeTimer);
  $('notice-text').textContent = text;
  $('notice-actions').replaceChildren(...actions);
  $('notice').hidden = false;
  if (!actions.length) noticeTimer = setTimeout(() => { $('notice').hidden = true; }, 6000);
}
$('notice-close').onclick = () => { $('notice').hidden = true; };
