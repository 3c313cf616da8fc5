'use strict';

const token = document.querySelector('meta[name=console-token]').content;
const byId = id => document.getElementById(id);
const KEYS = { NOT_AGREED: 'not agreed', CLEAR: 'none', SDES: 'SDES-SRTP', DTLS: 'DTLS-SRTP' };
const OUTCOMES = { CALLING: 'calling', RINGING: 'rings', ANSWERED: 'answered', REFUSED: 'refused', ENDED: 'over' };
let state = null;
let chosen = null;
let shownLadder = '';

/** An element with text, never with markup: names come from phones. */
function element(name, text, className) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  return made;
}

function button(text, key, pressed) {
  const made = element('button', text);
  made.type = 'button';
  made.dataset.key = key;
  made.addEventListener('click', pressed);
  return made;
}

/** Puts children in place of those that are there; the keyboard stays where it was. */
function fill(parent, children) {
  const focused = parent.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
  parent.replaceChildren(...children);
  if (focused !== undefined) {
    const again = [...parent.querySelectorAll('[data-key]')].find(one => one.dataset.key === focused);
    (again || parent.querySelector('[data-key]') || byId('calls-title')).focus();
  }
}

function row(cells) {
  const made = document.createElement('tr');
  for (const [text, className] of cells) made.append(element('td', text, className));
  return made;
}

/** How long, in words that are short. */
function span(milliseconds) {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 60) return seconds + ' s';
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? minutes + ' min ' + (seconds % 60) + ' s' : Math.floor(minutes / 60) + ' h ' + (minutes % 60) + ' min';
}

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

function showCalls(calls) {
  const rows = [];
  calls.forEach((call, number) => call.legs.forEach((leg, side) => {
    const share = leg.packets + leg.lost ? leg.lost / (leg.packets + leg.lost) : 0;
    rows.push(row([
      [side ? '' : String(number + 1)],
      [side ? '' : call.talking ? 'talking' : 'ringing', call.talking ? 'good' : ''],
      [side ? '' : span(Date.now() - Date.parse(call.since))],
      [(leg.extension || 'unknown') + ' · ' + leg.transport],
      [leg.other],
      [KEYS[leg.keys], leg.keys === 'CLEAR' ? 'bad' : ''],
      [leg.direct ? 'direct' : String(leg.packets), 'number'],
      [leg.direct ? '' : leg.lost + ' (' + (share * 100).toFixed(1) + ' %)', share > 0.01 ? 'number bad' : 'number'],
      [leg.direct ? '' : leg.jitterMillis + ' ms', 'number'],
    ]));
  }));
  fill(byId('calls-body'), rows);
  byId('calls-count').textContent = calls.length || '';
  byId('calls-none').hidden = calls.length > 0;
}

function showRegistrations(registrations) {
  fill(byId('registrations-body'), registrations.map(one => row([[one.extension], [one.transport], [span(Date.parse(one.expires) - Date.now())]])));
  byId('registrations-count').textContent = registrations.length || '';
  byId('registrations-none').hidden = registrations.length > 0;
}

function showExtensions(extensions) {
  const before = byId('ring-extension').value;
  byId('ring-extension').replaceChildren(...extensions.map(one => element('option', one)));
  if (extensions.includes(before)) byId('ring-extension').value = before;
}

function showRung(rung) {
  fill(byId('rung'), rung.map(call => {
    const line = document.createElement('li');
    const outcome = OUTCOMES[call.state] + (call.refusal ? ' with ' + call.refusal : '');
    const text = element('span', call.from + ' → ' + call.extension + ': ');
    text.append(element('span', outcome, call.state === 'ANSWERED' ? 'good' : call.state === 'REFUSED' ? 'bad' : ''));
    line.append(text);
    if (call.state !== 'REFUSED' && call.state !== 'ENDED') {
      const end = button('Hang up', 'rung-' + call.id, () => post('hang-up', { id: String(call.id) }));
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
      turn = button(fault.label, fault.id, () => post('fault', { id: fault.id, on: String(turn.getAttribute('aria-checked') !== 'true') }));
      turn.setAttribute('role', 'switch');
      const line = document.createElement('li');
      line.append(turn);
      list.append(line);
    }
    turn.setAttribute('aria-checked', String(fault.on));
  }
}

function showMailboxes(mailboxes) {
  byId('mailboxes').hidden = !mailboxes;
  fill(byId('mailboxes-body'), (mailboxes || []).map(box => row([[box.extension], [String(box.unheard), box.unheard ? 'number good' : 'number'], [String(box.stored), 'number']])));
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
    ['Media packets in', counters.packetsIn], ['Media packets out', counters.packetsOut], ['Media packets refused or lost', counters.packetsRefused]];
  for (const [method, count] of Object.entries(counters.requests)) entries.push([method, count]);
  for (const [status, count] of Object.entries(counters.refusals)) entries.push(['Refused with ' + status, count]);
  fill(byId('counters'), entries.flatMap(([name, value]) => [element('dt', name), element('dd', value.toLocaleString('en'))]));
}

function showRecent(recent) {
  byId('recent-none').hidden = recent.length > 0;
  fill(byId('recent'), recent.map(call => {
    const line = document.createElement('li');
    const at = new Date(call.at).toLocaleTimeString('en-GB');
    const show = button(at + ' · ' + call.from + ' → ' + call.to + ' · ' + call.messages + ' messages · ' + call.last, call.id, () => {
      chosen = chosen === call.id ? null : call.id;
      showRecent(state.recent);
    });
    show.setAttribute('aria-pressed', String(chosen === call.id));
    line.append(show);
    return line;
  }));
  const call = recent.find(one => one.id === chosen);
  byId('ladder').hidden = !call;
  const version = call ? call.id + ' ' + call.messages : '';
  if (call && version !== shownLadder) {
    const address = 'ladder?call=' + encodeURIComponent(call.id);
    byId('ladder-frame').src = address;
    byId('ladder-link').href = address;
    byId('ladder-name').textContent = call.from + ' calls ' + call.to;
  }
  shownLadder = version;
}

/** What a reader of screens is told. */
function tellNews(before, now) {
  const names = all => all.registrations.map(one => one.extension);
  names(now).filter(one => !names(before).includes(one)).forEach(one => say(one + ' is registered.'));
  names(before).filter(one => !names(now).includes(one)).forEach(one => say(one + ' is not registered any more.'));
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

const parts = { calls: showCalls, registrations: showRegistrations, extensions: showExtensions, rung: showRung, faults: showFaults, mailboxes: showMailboxes,
  rooms: showRooms, counters: showCounters, recent: showRecent };

function show(now) {
  byId('domain').textContent = now.domain;
  for (const [name, draw] of Object.entries(parts)) {
    if (!state || JSON.stringify(state[name]) !== JSON.stringify(now[name])) draw(now[name]);
  }
  const before = state;
  state = now;
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
byId('forget').addEventListener('click', () => post('forget-registrations', {}));
setInterval(() => {
  if (state) {
    showCalls(state.calls);
    showRegistrations(state.registrations);
  }
}, 1000);

const events = new EventSource('events');
events.onopen = () => connected('Live', 'live');
events.onmessage = message => show(JSON.parse(message.data));
events.onerror = () => connected(events.readyState === EventSource.CLOSED
  ? 'Not connected. Open the address that callclient pbx printed.'
  : 'The PBX does not answer. Trying again…', 'lost');
