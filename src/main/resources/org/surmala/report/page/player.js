/* The queue and the player. */
const audio = $('audio');
let queue = [], turn = -1;
const clock = seconds => !isFinite(seconds) ? '–' :
  `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;
function play(wanted, from) {
  if (!isSound || !wanted.length) return;
  queue = [...wanted];
  begin(from);
}
function playNow(i) {
  if (!isSound) return;
  if (queue[turn] !== i) queue.splice(turn + 1, 0, i);
  begin(queue[turn] === i ? turn : turn + 1);
}
function playNext(i) {
  queue.splice(turn + 1, 0, i);
  if (turn < 0) begin(0);
  else { notice(`${titleOf(i)} plays next.`); showQueue(); }
}
function enqueue(more) {
  const isIdle = turn < 0;
  queue.push(...more);
  if (isIdle) begin(0);
  else { notice(more.length === 1 ? `${titleOf(more[0])} is in the queue.` : `${many(more.length)} songs are in the queue.`); showQueue(); }
}
function begin(at) {
  turn = at;
  const i = queue[turn];
  $('player').hidden = false;
  document.body.classList.add('playing');
  showSong(i, '');
  source(i, isServed);
  showQueue();
  cover(i);
}
function showSong(i, trouble) {
  const artist = artistOf(i);
  $('playing').replaceChildren(make('strong', {}, name(titleOf(i))), ' ',
    trouble ? make('span', {}, trouble) : artist ? make('span', {className: 'faint'}, name(artist)) : '');
}
async function cover(i) {
  $('cover').hidden = true;
  const about = {title: titleOf(i), artist: artistOf(i) || '', album: ''};
  tell(about);
  if (!isServed) return;
  const song = await ask(`songs/${songs.id[i]}`);
  if (!song || queue[turn] !== i) return;
  about.album = song.album || '';
  tell(about);
  if (!song.coverArt) return;
  $('cover').onload = () => {
    if (queue[turn] !== i) return;
    $('cover').hidden = false;
    tell({...about, artwork: [{src: $('cover').src}]});
  };
  $('cover').src = `api/v1/songs/${songs.id[i]}/cover`;
}
// Without stored segments, the song itself is played from the start of its segment.
const seconds = Number((data.manifest.settings || {})['window.seconds']) || 30;
let isWhole = false;
function source(i, whole) {
  isWhole = whole;
  audio.src = isServed ? `api/v1/songs/${songs.id[i]}/audio` : whole ? songUrl(i) : data.audio + songs.id[i] + '.wav';
  audio.play().catch(error => {
    // A source that was replaced before it started is not a failure; a missing one fires an error event.
    if (error.name === 'NotAllowedError') showSong(i, 'Press play.');
  });
}
function songUrl(i) {
  const path = songs.path[i];
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(path)) return path;
  const escaped = path.split('/').map(encodeURIComponent).join('/');
  return path.startsWith('/') ? 'file://' + escaped : data.audio + '../' + escaped;
}
const startOfSegment = () => Math.max(0, (audio.duration - seconds) / 2);
audio.addEventListener('loadedmetadata', () => {
  if (isWhole && !isServed && isFinite(audio.duration)) audio.currentTime = startOfSegment();
  progress();
});
audio.addEventListener('timeupdate', () => {
  progress();
  if (isWhole && !isServed && audio.currentTime > startOfSegment() + seconds) {
    audio.pause();
    skip(1);
  }
});
audio.addEventListener('error', () => {
  if (!audio.getAttribute('src')) return;
  const i = queue[turn];
  if (!isServed && !isWhole) {
    source(i, true);
    return;
  }
  showSong(i, isServed ? `${songs.path[i]} cannot be played: it is gone, or this browser does not know its format`
    : `neither its segment in ${decodeURIComponent(data.audio)} nor the song `
      + `${songs.path[i]} can be played; run with window.keep=true to keep segments`);
});
function skip(by) {
  if (turn + by < 0 || turn + by >= queue.length) return;
  begin(turn + by);
  select(queue[turn]);
}
function toggle() {
  if (audio.paused) audio.play().catch(() => {});
  else audio.pause();
}
let isSeeking = false;
function progress() {
  const length = isFinite(audio.duration) ? audio.duration : 0;
  $('seek').max = length || 1;
  $('seek').disabled = !length;
  if (!isSeeking) $('seek').value = audio.currentTime;
  $('seek').setAttribute('aria-valuetext', `${clock(audio.currentTime)} of ${clock(length)}`);
  $('elapsed').textContent = clock(audio.currentTime);
  $('length').textContent = length ? clock(length) : '–';
  if (navigator.mediaSession?.setPositionState && length) {
    navigator.mediaSession.setPositionState({duration: length, position: Math.min(audio.currentTime, length)});
  }
}
function state() {
  $('toggle').replaceChildren(icon(audio.paused ? 'play' : 'pause'));
  $('toggle').setAttribute('aria-label', audio.paused ? 'Play' : 'Pause');
}
audio.addEventListener('play', state);
audio.addEventListener('pause', state);
audio.addEventListener('ended', () => skip(1));
$('seek').oninput = () => { isSeeking = true; $('elapsed').textContent = clock(Number($('seek').value)); };
$('seek').onchange = () => { isSeeking = false; audio.currentTime = Number($('seek').value); };
$('volume').oninput = () => { audio.volume = Number($('volume').value); };
$('toggle').onclick = toggle;
$('previous').onclick = () => skip(-1);
$('next').onclick = () => skip(1);
$('close-player').onclick = () => {
  audio.pause(); audio.removeAttribute('src');
  queue = []; turn = -1;
  $('player').hidden = $('queue').hidden = true;
  document.body.classList.remove('playing');
};
for (const [id, shape] of [['previous', 'previous'], ['next', 'next'], ['toggle', 'play'], ['show-queue', 'queue'],
  ['close-player', 'close'], ['close-queue', 'close'], ['notice-close', 'close']]) $(id).replaceChildren(icon(shape));

/* Media session: the lock screen and media keys. */
function tell(about) {
  if (navigator.mediaSession && window.MediaMetadata) navigator.mediaSession.metadata = new MediaMetadata(about);
}
if (navigator.mediaSession) {
  const actions = {play: toggle, pause: toggle, previoustrack: () => skip(-1), nexttrack: () => skip(1),
    seekto: details => { audio.currentTime = details.seekTime; }};
  for (const [action, handler] of Object.entries(actions)) navigator.mediaSession.setActionHandler(action, handler);
}

/* The queue. */
const MOST_QUEUED = 200;
function showQueue() {
  $('previous').disabled = turn <= 0;
  $('next').disabled = turn + 1 >= queue.length;
  $('turn').textContent = queue.length > 1 ? `${turn + 1} of ${many(queue.length)}` : '';
  if ($('queue').hidden) return;
  const from = Math.max(0, turn - 2);
  $('queue-list').replaceChildren(...queue.slice(from, from + MOST_QUEUED).map((i, k) => {
    const at = from + k;
    return make('li', {className: at === turn ? 'current' : '', 'aria-current': String(at === turn)},
      make('button', {type: 'button', className: 'song', onclick: () => { begin(at); select(i); }}, name(titleOf(i)),
        artistOf(i) ? make('small', {}, ' ', name(artistOf(i))) : null),
      iconButton('up', `Move ${titleOf(i)} up`, () => swap(at, at - 1)),
      iconButton('down', `Move ${titleOf(i)} down`, () => swap(at, at + 1)),
      iconButton('close', `Remove ${titleOf(i)} from the queue`, () => remove(at)));
  }));
}
function swap(a, b) {
  if (b < 0 || b >= queue.length) return;
  [queue[a], queue[b]] = [queue[b], queue[a]];
  turn = turn === a ? b : turn === b ? a : turn;
  showQueue();
}
function remove(at) {
  queue.splice(at, 1);
  if (!queue.length) { $('close-player').click(); return; }
  if (at < turn) turn--;
  else if (at === turn) begin(Math.min(turn, queue.length - 1));
  showQueue();
}
$('show-queue').onclick = () => {
  $('queue').hidden = !$('queue').hidden;
  $('show-queue').setAttribute('aria-expanded', String(!$('queue').hidden));
  showQueue();
};
$('close-queue').onclick = () => $('show-queue').click();
$('queue-save').onclick = () => savePlaylist('Queue', queue);
$('queue-clear').onclick = () => { queue = queue.slice(turn, turn + 1); turn = 0; showQueue(); };
