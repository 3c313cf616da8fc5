'use strict';

const token = document.querySelector('meta[name=console-token]').content;
const KEYS = { NOT_AGREED: 'not agreed', CLEAR: 'none', SDES: 'SDES-SRTP', DTLS: 'DTLS-SRTP' };
const STATES = { RINGING: 'ringing', TALKING: 'talking', FREE: 'free', NOT_REGISTERED: 'not registered' };
const OUTCOMES = { CALLING: 'calling', CHALLENGED: 'asked for a password', RINGING: 'ringing', ANSWERED: 'answered', CANCELLED: 'cancelled', REFUSED: 'rejected',
  ENDED: 'ended', LOST: 'lost' };
const STATE_CLASSES = { RINGING: 'ringing', TALKING: 'good', FREE: '', NOT_REGISTERED: 'faint' };
const FILTERS = { all: ['All', () => true], registered: ['Registered', one => one.registrations.length > 0], talking: ['Talking', one => one.state === 'TALKING'],
  ringing: ['Ringing', one => one.state === 'RINGING'], faulty: ['Faulty', one => one.faults.length > 0] };
const callTable = new SortedTable('calls');
const extensionTable = new SortedTable('extensions');
let state = null;
let filter = 'all';
let chosen = null;
let shownLadder = '';

/** How long, in words that are short. */
function span(milliseconds) {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 60) return seconds + ' s';
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? minutes + ' min ' + (seconds % 60) + ' s' : Math.floor(minutes / 60) + ' h ' + (minutes % 60) + ' min';
}

/** As span, in whole minutes if there are some. */
function about(milliseconds) {
  return milliseconds < 120000 ? span(milliseconds) : span(milliseconds).replace(/ \d+ s$/, '');
}

/** A share as it is read: 5 %. */
const percent = share => Number((share * 100).toFixed(2)) + ' %';

function say(text) {
  const log = byId('news');
  log.append(element('p', text));
  while (log.children.length > 20) log.firstChild.remove();
}

async function post(path, what) {
  try {
    const answer = await fetch(path, { method: 'POST', headers: { 'X-Console-Token': token, 'Content-Type': 'application/json' }, body: JSON.stringify(what) });
    return answer.ok ? '' : await answer.text();
  } catch (e) {
    return 'The PBX does not answer.';
  }
}

/** Whether each word that is searched for is in one of the texts. */
function isSought(texts) {
  const all = texts.join(' ').toLowerCase();
  return byId('search').value.toLowerCase().split(/\s+/).every(word => all.includes(word));
}

/** Of all, if not all are shown. */
const countOf = (shown, all) => shown === all ? String(all || '') : shown + ' of ' + all;

function showCalls(calls) {
  const entries = [];
  calls.forEach((call, number) => {
    const shares = call.legs.map(leg => leg.packets + leg.lost ? leg.lost / (leg.packets + leg.lost) : 0);
    const first = call.legs[0] || { extension: '', other: '', codec: '', keys: '' };
    const rows = call.legs.map((leg, side) => [
      [side ? '' : String(number + 1)],
      [side ? '' : call.talking ? 'talking' : 'ringing', call.talking ? 'good' : 'ringing'],
      [side ? '' : span(Date.now() - Date.parse(call.since))],
      [(leg.extension || 'unknown') + ' · ' + leg.transport],
      [leg.other],
      [leg.codec],
      [KEYS[leg.keys], leg.keys === 'CLEAR' ? 'bad' : ''],
      [leg.direct ? 'direct' : String(leg.packets), 'number'],
      [leg.direct ? '' : 'from ' + leg.lost + ' (' + (shares[side] * 100).toFixed(1) + ' %), to ' + (leg.lostAtDevice * 100).toFixed(1) + ' %',
        Math.max(shares[side], leg.lostAtDevice) > 0.01 ? 'number bad' : 'number'],
      [leg.direct ? '' : leg.jitterMillis + ' ms', 'number'],
    ]);
    if (!isSought(rows.flat().map(cell => cell[0]))) return;
    entries.push({ rank: call.talking ? 1 : 0, order: number, rows, by: { call: number, state: call.talking ? 1 : 0, since: Date.parse(call.since), phone: first.extension, other: first.other,
      codec: first.codec, keys: first.keys, packets: Math.max(0, ...call.legs.map(leg => leg.packets)), lost: Math.max(0, ...shares, ...call.legs.map(leg => leg.lostAtDevice)),
      jitter: Math.max(0, ...call.legs.map(leg => leg.jitterMillis)) } });
  });
  callTable.show(entries);
  byId('calls-count').textContent = countOf(entries.length, calls.length);
  byId('calls-none').hidden = entries.length > 0;
  byId('calls-none').textContent = calls.length ? 'No matches.' : 'No calls.';
}

/** What is set for one direction, in words. */
function faultText(direction, figures) {
  const words = [];
  if (figures.silent) words.push('silence');
  if (figures.loss) words.push(percent(figures.loss) + ' lost' + { AT_RANDOM: '', EVENLY: ' evenly', IN_BURSTS: ' in bursts of ' + figures.burst }[figures.pattern]);
  if (figures.delayMillis) words.push(figures.delayMillis + ' ms late');
  if (figures.jitterMillis) words.push('jitter of ' + figures.jitterMillis + ' ms');
  if (figures.reordered) words.push(percent(figures.reordered) + ' reordered');
  if (figures.duplicated) words.push(percent(figures.duplicated) + ' duplicated');
  return (direction === 'TO_PHONE' ? 'hears: ' : 'says: ') + words.join(', ');
}

/** Everything that is known of each extension, in one place. */
function phones(now) {
  return now.extensions.map(one => {
    const legs = now.calls.flatMap(call => call.legs.filter(leg => leg.extension === one.number));
    return { number: one.number, state: one.state, other: legs.map(leg => leg.other).join(', '), codec: [...new Set(legs.map(leg => leg.codec))].filter(codec => codec).join(', '),
      registrations: now.registrations.filter(device => device.extension === one.number), box: (now.mailboxes || []).find(box => box.extension === one.number),
      faults: [['TO_PHONE', one.toPhone], ['FROM_PHONE', one.fromPhone]].filter(([, figures]) => figures) };
  });
}

function showExtensions(now) {
  const all = phones(now);
  const entries = [];
  for (const one of all) {
    const faults = one.faults.map(([direction, figures]) => faultText(direction, figures)).join('; ');
    const registered = one.registrations.map(device => device.transport + ', ' + about(Date.parse(device.expires) - Date.now())).join('; ');
    const box = one.box && one.box.stored ? one.box.unheard + ' new, ' + one.box.stored + ' stored' : '';
    const cells = [[one.number], [STATES[one.state], STATE_CLASSES[one.state]], [one.other], [one.codec], [registered], [box, one.box && one.box.unheard ? 'good' : 'faint'], [faults, 'bad']];
    if (!FILTERS[filter][1](one) || !isSought(cells.map(cell => cell[0]))) continue;
    const active = one.state === 'RINGING' || one.state === 'TALKING' || one.faults.length > 0;
    const order = Object.keys(STATES).indexOf(one.state);
    entries.push({ rank: active ? 0 : one.registrations.length ? 1 : 2, order, rows: [cells],
      by: { number: one.number, state: order, other: one.other, codec: one.codec, registered, box: one.box ? one.box.unheard : 0, faults } });
  }
  extensionTable.show(entries);
  byId('extensions').classList.toggle('without-mailboxes', !now.mailboxes);
  byId('extensions-count').textContent = countOf(entries.length, all.length);
  byId('extensions-none').hidden = entries.length > 0;
  fill(byId('filters'), Object.entries(FILTERS).map(([key, [label, fits]]) => {
    const made = button(label + ' ', key, () => {
      filter = key;
      showExtensions(state);
    });
    const count = all.filter(fits).length;
    made.append(element('span', String(count), 'count'));
    if (count && (key === 'talking' || key === 'ringing')) made.className = 'active';
    if (count && key === 'faulty') made.className = 'faulty';
    made.setAttribute('aria-pressed', String(filter === key));
    return made;
  }));
  showExtensionFaults(all);
}

function showExtensionFaults(all) {
  fill(byId('extension-faults'), all.flatMap(one => one.faults.map(([direction, figures]) => {
    const line = document.createElement('li');
    const text = faultText(direction, figures);
    line.append(element('span', one.number + ' ' + text + (figures.packets ? ' — ' + figures.lost + ' of ' + figures.packets + ' packets lost' : '')));
    const end = button('Clear', one.number + direction, () => post('extension-fault', { extension: one.number, direction }));
    end.setAttribute('aria-label', 'Clear what ' + one.number + ' ' + text.split(':')[0]);
    line.append(end);
    return line;
  })));
}

function showNumbers(numbers) {
  for (const id of ['ring-extension', 'fault-extension']) {
    const before = byId(id).value;
    byId(id).replaceChildren(...numbers.map(one => element('option', one)));
    if (numbers.includes(before)) byId(id).value = before;
  }
}

function showRung(rung) {
  fill(byId('rung'), rung.map(call => {
    const line = document.createElement('li');
    const outcome = OUTCOMES[call.state] + (call.refusal ? ' with ' + call.refusal : '');
    const text = element('span', call.from + ' → ' + call.extension + ': ');
    text.append(element('span', outcome, call.state === 'ANSWERED' ? 'good' : call.state === 'REFUSED' ? 'bad' : ''));
    line.append(text);
    if (call.state !== 'REFUSED' && call.state !== 'ENDED') {
      const end = button('Hang up', 'rung-' + call.id, () => post('hang-up', { id: call.id }));
      end.setAttribute('aria-label', 'Hang up the call to ' + call.extension);
      line.append(end);
    }
    return line;
  }));
}

function showFaults(faults) {
  const list = byId('faults');
  for (const fault of faults) {
    let turn = [...list.querySelectorAll('button')].find(one => one.dataset.key === fault.id);
    if (!turn) {
      turn = button(fault.label, fault.id, () => post('fault', { id: fault.id, on: turn.getAttribute('aria-checked') !== 'true' }));
      turn.setAttribute('role', 'switch');
      const line = document.createElement('li');
      line.append(turn);
      list.append(line);
    }
    turn.setAttribute('aria-checked', String(fault.on));
  }
  byId('faults-count').textContent = faults.some(fault => fault.on) ? faults.filter(fault => fault.on).length + ' on' : '';
}

function showRooms(rooms) {
  fill(byId('rooms'), rooms.map(room => {
    const line = element('li', room.number + ': ');
    line.append(room.members.length
      ? element('span', room.members.map(one => one.extension + ' (' + one.status + (one.talking ? ', talking' : '') + (one.muted ? ', muted' : '') + ')').join(', '))
      : element('span', 'empty', 'faint'));
    return line;
  }));
}

function showCounters(counters) {
  const entries = [['Calls answered', counters.connectedCalls], ['Failed logins', counters.failedLogins],
    ['Media packets in', counters.packetsIn], ['Media packets out', counters.packetsOut], ['Media packets rejected or lost', counters.packetsRefused]];
  for (const [method, count] of Object.entries(counters.requests)) entries.push([method, count]);
  for (const [status, count] of Object.entries(counters.refusals)) entries.push(['Rejected with ' + status, count]);
  fill(byId('counters'), entries.map(([name, value]) => {
    const entry = document.createElement('div');
    entry.append(element('dt', name), element('dd', value.toLocaleString('en')));
    return entry;
  }));
}

function outcomeOf(call) {
  return OUTCOMES[call.outcome] + (call.outcome === 'REFUSED' ? ' with ' + call.status : '') + (call.transferred ? ', transferred' : '');
}

function showRecent(recent) {
  const sought = recent.filter(call => isSought([call.from, call.to, call.last, outcomeOf(call)]));
  byId('recent-none').hidden = sought.length > 0;
  byId('recent-none').textContent = recent.length ? 'No matches.' : 'No calls yet.';
  byId('recent-count').textContent = countOf(sought.length, recent.length);
  fill(byId('recent'), sought.map(call => {
    const line = document.createElement('li');
    const show = button(new Date(call.at).toLocaleTimeString('en-GB') + ' · ' + call.from + ' → ' + call.to + ' · ', call.id, () => {
      chosen = chosen === call.id ? null : call.id;
      showRecent(state.recent);
    });
    const bad = call.outcome === 'REFUSED' || call.outcome === 'LOST';
    show.append(element('span', outcomeOf(call), bad ? 'bad' : call.outcome === 'ANSWERED' ? 'good' : call.outcome === 'RINGING' ? 'ringing' : ''));
    show.append(element('span', ' · ' + call.messages + ' messages, the last ' + call.last, 'faint'));
    show.setAttribute('aria-pressed', String(chosen === call.id));
    line.append(show);
    return line;
  }));
  const call = recent.find(one => one.id === chosen);
  byId('ladder').hidden = !call;
  const version = call ? call.id + ' ' + call.messages : '';
  if (call && version !== shownLadder) {
    const query = '?call=' + encodeURIComponent(call.id);
    byId('ladder-frame').src = 'ladder' + query;
    byId('ladder-link').href = 'ladder' + query;
    byId('ladder-capture').href = 'capture' + query;
    byId('ladder-recording').href = 'recording' + query;
    byId('ladder-recording').hidden = !['ANSWERED', 'ENDED'].includes(call.outcome);
    byId('ladder-name').textContent = call.from + ' calls ' + call.to;
  }
  shownLadder = version;
}

/** What a reader of screens is told. */
function tellNews(before, now) {
  const names = all => all.registrations.map(one => one.extension);
  names(now).filter(one => !names(before).includes(one)).forEach(one => say(one + ' is registered.'));
  names(before).filter(one => !names(now).includes(one)).forEach(one => say(one + ' is no longer registered.'));
  if (now.calls.length !== before.calls.length) say(now.calls.length + (now.calls.length === 1 ? ' live call.' : ' live calls.'));
  for (const call of now.rung) {
    const old = before.rung.find(one => one.id === call.id);
    if (!old || old.state !== call.state) say('Call to ' + call.extension + ': ' + OUTCOMES[call.state] + (call.refusal ? ' with ' + call.refusal : ''));
  }
  for (const fault of now.faults) {
    const old = before.faults.find(one => one.id === fault.id);
    if (old && old.on !== fault.on) say(fault.label + ': ' + (fault.on ? 'on' : 'off'));
  }
}

const parts = { rung: showRung, faults: showFaults, rooms: showRooms, counters: showCounters, recent: showRecent };

function show(now) {
  const before = state;
  state = now;
  byId('domain').textContent = now.domain;
  const numbers = all => all.extensions.map(one => one.number);
  if (!before || String(numbers(before)) !== String(numbers(now))) showNumbers(numbers(now));
  showCalls(now.calls);
  showExtensions(now);
  for (const [name, draw] of Object.entries(parts)) {
    if (!before || JSON.stringify(before[name]) !== JSON.stringify(now[name])) draw(now[name]);
  }
  if (before) tellNews(before, now);
}

function connected(text, className) {
  if (byId('connection').textContent !== text) byId('connection').textContent = text;
  byId('connection').className = className;
}

byId('ring').addEventListener('submit', async event => {
  event.preventDefault();
  byId('ring-error').textContent = await post('ring', { extension: byId('ring-extension').value, name: byId('ring-name').value.trim(), number: byId('ring-number').value.trim() });
});
byId('extension-fault').addEventListener('submit', async event => {
  event.preventDefault();
  const value = name => Number(byId('fault-' + name).value);
  const asked = { extension: byId('fault-extension').value, loss: value('loss') / 100, pattern: byId('fault-pattern').value, burst: value('burst'), delayMillis: value('delay'),
    jitterMillis: value('jitter'), reordered: value('reordered') / 100, duplicated: value('duplicated') / 100, silent: byId('fault-silent').checked };
  const chosenOne = byId('fault-direction').value;
  let error = '';
  for (const direction of chosenOne === 'BOTH' ? ['TO_PHONE', 'FROM_PHONE'] : [chosenOne]) error = error || await post('extension-fault', { ...asked, direction });
  byId('fault-error').textContent = error;
});
byId('clear-faults').addEventListener('click', () => post('clear-faults', {}));
byId('forget').addEventListener('click', () => post('forget-registrations', {}));
byId('search').addEventListener('input', () => {
  if (!state) return;
  showCalls(state.calls);
  showExtensions(state);
  showRecent(state.recent);
});
foldSections();
// Nothing is asked for: only what counts by itself is drawn again.
setInterval(() => {
  if (state) {
    showCalls(state.calls);
    showExtensions(state);
  }
}, 1000);

const events = new EventSource('events');
events.onopen = () => connected('Live', 'live');
events.onmessage = message => show(JSON.parse(message.data));
events.onerror = () => connected(events.readyState === EventSource.CLOSED
  ? 'Not connected. Open the address that callclient pbx printed.'
  : 'The PBX does not answer. Trying again…', 'lost');
