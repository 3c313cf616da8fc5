'use strict';

const byId = id => document.getElementById(id);

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

/** Puts children in place of those that are there. What is the same stays, under the mouse too; the keyboard stays where it was. */
function fill(parent, children) {
  const focused = parent.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
  const old = [...parent.children];
  children.forEach((child, at) => {
    const same = old.findIndex(one => one.isEqualNode(child));
    const kept = same < 0 ? child : old.splice(same, 1)[0];
    if (parent.children[at] !== kept) parent.insertBefore(kept, parent.children[at] || null);
  });
  while (parent.children.length > children.length) parent.lastElementChild.remove();
  if (focused !== undefined && !parent.contains(document.activeElement)) {
    const again = [...parent.querySelectorAll('[data-key]')].find(one => one.dataset.key === focused);
    (again || parent.querySelector('[data-key]') || byId('calls-title')).focus();
  }
}

/** Numbers by their value, in texts too. */
function compare(one, other) {
  return typeof one === 'number' && typeof other === 'number' ? one - other : String(one).localeCompare(String(other), 'en', { numeric: true });
}

/**
 * A table that is sorted by its columns. An entry has a rank, which counts before any column: what is active stays at the top. Its order counts while no column does. It has rows of cells, each a text and
 * a class, and by the columns' names what to sort them by.
 */
class SortedTable {
  constructor(id) {
    this.body = byId(id + '-body');
    this.heads = [...byId(id).querySelectorAll('th')];
    this.by = '';
    this.descending = false;
    this.shown = '';
    this.entries = [];
    for (const head of this.heads) {
      const sort = element('button', head.textContent);
      sort.type = 'button';
      sort.addEventListener('click', () => this.sortBy(head.dataset.sort));
      head.replaceChildren(sort);
    }
  }

  /** Up, down, and as it was. */
  sortBy(column) {
    if (this.by !== column) {
      this.by = column;
      this.descending = false;
    } else if (!this.descending) {
      this.descending = true;
    } else {
      this.by = '';
      this.descending = false;
    }
    for (const head of this.heads) {
      if (head.dataset.sort === this.by) head.setAttribute('aria-sort', this.descending ? 'descending' : 'ascending');
      else head.removeAttribute('aria-sort');
    }
    this.show(this.entries);
  }

  show(entries) {
    this.entries = entries;
    const sign = this.descending ? -1 : 1;
    const sorted = [...entries].sort((one, other) =>
      one.rank - other.rank || (this.by ? sign * compare(one.by[this.by], other.by[this.by]) : one.order - other.order));
    const rows = sorted.flatMap(entry => entry.rows);
    const text = JSON.stringify(rows);
    // What is the same stays, so that one can read and select it.
    if (text === this.shown) return;
    this.shown = text;
    this.body.replaceChildren(...rows.map(cells => {
      const made = document.createElement('tr');
      cells.forEach(([content, className], column) => {
        const cell = element('td', content, className);
        cell.dataset.column = this.heads[column].textContent;
        made.append(cell);
      });
      return made;
    }));
  }
}

/** Sections are closed and opened by their headings, and stay so when the page is opened again. */
function foldSections() {
  const key = 'callclient-console-folded';
  const folded = new Set((localStorage.getItem(key) || '').split(' '));
  for (const fold of document.querySelectorAll('.fold')) {
    const heading = fold.parentElement.id;
    const body = fold.closest('section').querySelector('.body');
    body.id = heading + '-body';
    fold.setAttribute('aria-controls', body.id);
    const draw = () => {
      fold.setAttribute('aria-expanded', String(!folded.has(heading)));
      body.hidden = folded.has(heading);
    };
    fold.addEventListener('click', () => {
      if (!folded.delete(heading)) folded.add(heading);
      localStorage.setItem(key, [...folded].join(' '));
      draw();
    });
    draw();
  }
}
