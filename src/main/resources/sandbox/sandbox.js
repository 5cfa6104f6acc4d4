// The page: channels at the left, the chosen one's messages, newest first, as they come.
import { clock, element, image } from './dom.js';
import { discord } from './discord.js';
import { email, json, ntfy, slack, telegram, webhook } from './providers.js';

const LOOKS = { discord, telegram, slack, ntfy, email, webhook };
const MARKS = { discord: '#', telegram: '➤', slack: '#', ntfy: '🔔', email: '✉', webhook: '{}' };
const SHOWN = 200;
const FAULTS = [
  ['none', null], ['503', { kind: 'status', status: 503 }], ['slow, 20 s', { kind: 'slow' }],
  ['rate-limited, 5 s', { kind: 'rate-limited' }], ['banned', { kind: 'banned' }], ['deleted', { kind: 'deleted' }],
  ['unauthorized', { kind: 'unauthorized' }], ['connection reset', { kind: 'reset' }],
  ['answer lost', { kind: 'lost-answer' }], ['half of them fail', { kind: 'flaky', rate: 0.5 }],
];
const find = id => document.getElementById(id);
const inbox = find('inbox');
const fresh = new Set();
let channels = [];

const chosen = () => decodeURIComponent(location.hash.slice(1));

async function get(path) {
  const answer = await fetch(`/sandbox/api/${path}`, { headers: { Accept: 'application/json' } });
  if (!answer.ok) throw new Error(`${answer.status} from /sandbox/api/${path}`);
  return answer.json();
}

async function load() {
  try {
    const channel = chosen();
    const [list, messages] = await Promise.all([
      get('channels'), get(channel ? `messages?channel=${encodeURIComponent(channel)}` : 'messages')]);
    channels = list;
    if (channel !== chosen()) return;
    fresh.delete(channel);
    showSide();
    showTop();
    inbox.replaceChildren(...messages.map(show));
    if (!messages.length) inbox.append(empty());
  } catch (problem) {
    complain(`The list could not be loaded: ${problem.message}`);
  }
}

function showSide() {
  const all = element('a', '', element('span', 'mark', '☰'), element('span', 'name', 'all channels'));
  all.href = '#';
  if (!chosen()) all.setAttribute('aria-current', 'page');
  find('channels').replaceChildren(all, ...channels.map(one => {
    const line = element('a', fresh.has(one.name) && one.name !== chosen() ? 'fresh' : '',
      element('span', 'mark', one.fault ? '⚠' : MARKS[one.provider] ?? '#'),
      element('span', 'name', one.name),
      element('span', 'count', String(one.received)));
    line.href = `#${encodeURIComponent(one.name)}`;
    if (one.name === chosen()) line.setAttribute('aria-current', 'page');
    return line;
  }));
}

function showTop() {
  const one = channels.find(other => other.name === chosen());
  find('title').textContent = chosen() ? `${MARKS[one?.provider] ?? '#'} ${chosen()}` : 'All channels';
  find('about').textContent = one?.provider ? `imitates ${one.provider}` : 'what the imitated providers took, newest first';
  find('fault').hidden = !chosen();
  const on = one?.fault;
  const index = on ? FAULTS.findIndex(([, fault]) => fault?.kind === on.kind && (fault.status ?? on.status) === on.status) : 0;
  find('kind').replaceChildren(...FAULTS.map(([words]) => element('option', '', words)));
  if (index < 0) find('kind').append(element('option', '', on.kind));
  find('kind').selectedIndex = index < 0 ? FAULTS.length : index;
}

function show(message) {
  const name = message.username || message.extra.title || message.extra.from || message.channel;
  const place = chosen() ? null : element('span', 'in', `in #${message.channel}`);
  const when = element('time', '', clock(message.at));
  when.dateTime = message.at;
  when.title = new Date(message.at).toLocaleString();
  const who = element('div', 'who', element('b', '', name), element('span', `tag ${message.provider}`, tag(message.provider)), when, place);
  const look = LOOKS[message.provider] ?? webhook;
  const shown = element('article', 'message', avatar(name, message.extra.avatarUrl), who, ...look(message), raw(message));
  shown.dataset.id = message.id;
  return shown;
}

function tag(provider) {
  return provider === 'discord' ? 'APP' : provider.toUpperCase();
}

function avatar(name, address) {
  const circle = element('div', 'avatar', image(address, '', '') ?? [...name][0]?.toUpperCase() ?? '?');
  let hash = 0;
  for (const letter of name) hash = (hash * 31 + letter.codePointAt(0)) >>> 0;
  circle.style.background = ['#5865f2', '#757e8a', '#3ba55c', '#d98e1c', '#ed4245', '#c2419a'][hash % 6];
  circle.setAttribute('aria-hidden', 'true');
  return circle;
}

/** The request itself, made only when somebody looks. */
function raw(message) {
  const details = element('details', 'raw', element('summary', '', 'raw'));
  details.addEventListener('toggle', () => {
    if (!details.open || details.childElementCount > 1) return;
    const { method, path, headers, body, size } = message.request;
    const heads = Object.entries(headers).map(([name, value]) => `${name}: ${value}`).join('\n');
    details.append(element('pre', '', `${method} ${path}\n${heads}`), json(body));
    if (size > body.length * 4) details.append(`cut: ${size} bytes in all`);
  });
  return details;
}

function empty() {
  const type = { trades: 'trade.opened', alertes: 'system.alert', performance: 'performance.daily', signal: 'signal.analysis', admin: 'admin.message' }[chosen()] ?? 'trade.opened';
  const line = `curl -s ${location.origin}/api/v1/notifications \\
  -H "Authorization: Bearer $(cat data/api-key)" \\
  -H 'Content-Type: application/json' \\
  -d '{"type":"${type}","title":"Hello","text":"My **first** message"}'`;
  const copy = element('button', '', 'Copy');
  copy.type = 'button';
  copy.addEventListener('click', async () => {
    await navigator.clipboard.writeText(line);
    copy.textContent = 'Copied';
  });
  const camel = element('img', '');
  camel.src = '/sandbox/assets/camel.svg';
  camel.alt = '';
  return element('div', 'empty', camel, element('h2', '', 'Nothing has come yet'),
    element('div', '', 'Send the first message from the folder Mehari runs in; it will appear here by itself.'),
    element('pre', '', line), copy);
}

/** Puts a message that has just come, or has been changed, into the page. */
function arrive(message) {
  const known = channels.find(one => one.name === message.channel);
  const before = [...inbox.children].find(one => one.dataset.id === message.id);
  if (!known) { load(); return; }
  if (!before) known.received++;
  if (chosen() && message.channel !== chosen()) fresh.add(message.channel);
  else place(message, before);
  later(showSide);
}

function place(message, before) {
  const made = show(message);
  if (before) { before.replaceWith(made); return; }
  made.classList.add('new');
  inbox.querySelector('.empty')?.remove();
  inbox.prepend(made);
  while (inbox.childElementCount > SHOWN) inbox.lastElementChild.remove();
}

const waiting = new Set();
function later(step) {
  if (waiting.has(step)) return;
  waiting.add(step);
  requestAnimationFrame(() => { waiting.delete(step); step(); });
}

function listen() {
  const events = new EventSource('/sandbox/api/events');
  const live = (state, words) => { find('live').className = state; find('live').title = words; };
  events.addEventListener('ready', () => { live('on', 'live'); complain(''); load(); });
  events.addEventListener('reload', load);
  events.addEventListener('message', event => arrive(JSON.parse(event.data)));
  events.addEventListener('error', () => {
    live('off', 'not connected');
    complain('The gateway does not answer. This page goes on by itself when it is back.');
    if (events.readyState === EventSource.CLOSED) { events.close(); setTimeout(listen, 3000); }
  });
}

function complain(words) {
  find('broken').textContent = words;
  find('broken').hidden = !words;
}

async function change(method, path, body) {
  const answer = await fetch(`/sandbox/api/${path}`, {
    method, headers: { 'Content-Type': 'application/json' }, body: body && JSON.stringify(body) });
  complain(answer.ok ? '' : `That was refused: ${answer.status}`);
  load();
}

find('kind').addEventListener('change', () => {
  const fault = FAULTS[find('kind').selectedIndex]?.[1];
  change(fault ? 'PUT' : 'DELETE', `faults/${encodeURIComponent(chosen())}`, fault ?? undefined);
});
find('fault').addEventListener('submit', event => event.preventDefault());
find('clear').addEventListener('click', () => change('DELETE', chosen() ? `messages?channel=${encodeURIComponent(chosen())}` : 'messages'));
find('menu').addEventListener('click', () => {
  const open = document.body.classList.toggle('menu');
  find('menu').setAttribute('aria-expanded', String(open));
});
addEventListener('hashchange', () => { document.body.classList.remove('menu'); load(); });
document.querySelector('main').addEventListener('click', event => {
  if (event.target !== find('menu')) document.body.classList.remove('menu');
});
listen();
