/* Behaviour on top of pages that work without it. Texts come from data-attributes, never from here.
   Names of events and fields are those of htmx 4. */
(() => {
const doc = document, root = doc.documentElement;
const $ = id => doc.getElementById(id);
const on = (type, act) => addEventListener(type, act, true);
let hush;
const say = (text, ms) => {
  const net = $('net');
  if (net) net.textContent = text || '';
  clearTimeout(hush);
  if (ms) hush = setTimeout(say, ms);
};
const turn = b => { const t = b.textContent; b.textContent = b.dataset.alt; b.dataset.alt = t; };
root.classList.add('js');

/* Signing out empties the storage (Clear-Site-Data): a page that Back brings alive again asks anew. */
const me = doc.querySelector('.me');
try {
  if (me) localStorage.me = 1;
  on('pageshow', e => {
    if (e.persisted && me && !localStorage.me) { root.hidden = true; location.reload(); }
  });
  on('submit', e => { if (me?.contains(e.target)) delete localStorage.me; });
} catch { /* no storage: nothing is kept */ }
$('errors')?.focus();

/* Small things: show a password, print, hide the clock, move an item up or down. */
on('click', e => {
  const b = e.target.closest?.('button'), d = b?.dataset;
  if (!d) return;
  if (d.show) { const i = $(d.show); i.type = i.type == 'text' ? 'password' : 'text'; turn(b); }
  if ('print' in d) print();
  if ('clock' in d) { root.classList.toggle('nt'); turn(b); }
  if (d.move) place(b.closest('li'), +d.move, b);
});

/* Ordering: the row goes where it was sent, then every row is numbered by where it stands. */
const place = (row, step, focus) => {
  const list = row.parentNode, rows = [...list.children], from = rows.indexOf(row);
  const to = Math.max(0, Math.min(rows.length - 1, from + step));
  list.insertBefore(row, to > from ? rows[to].nextSibling : rows[to]);
  [...list.children].forEach((r, i) => { r.querySelector('select').value = i + 1; });
  focus.focus();
  if (test) say(T.moved.replace('#', `${to + 1}/${rows.length}`), 4000);
  const form = row.closest('form');
  if (states.has(form)) later(form, 700);
};
on('change', e => {
  const row = e.target.closest?.('.item');
  if (row && e.target.value) place(row, e.target.value - 1 - [...row.parentNode.children].indexOf(row), e.target);
});

/* A form is not sent twice by an impatient finger. */
on('submit', e => {
  const f = e.target;
  if (f.method != 'post' || f.dataset.save != null) return;
  if (f.busy) return e.preventDefault();
  f.busy = setTimeout(() => { f.busy = 0; }, 3000);
});

/* Live pages: "poll" on body, only while somebody looks. */
const live = doc.querySelector('[data-poll]');
if (live) {
  const poll = () => doc.hidden || doc.body.dispatchEvent(new Event('poll'));
  setInterval(poll, live.dataset.poll * (navigator.connection?.saveData ? 3000 : 1000));
  on('visibilitychange', poll);
}

/* Answers of a test. states: form -> {saved, stop, pair, flying, wait, tries, timer}
   saved: the answer that the server has acknowledged; stop: the one that it refused;
   pair: the answer on its way with its id and number, kept until it is acknowledged. */
const states = new Map(), test = $('test'), T = test?.dataset;
let seq = +(T?.seq || 0), ending, wasOff, oops;
const body = f => new URLSearchParams(new FormData(f)) + '';
const uuid = () => '10000000-1000-4000-8000-100000000000'.replace(/[018]/g,
  c => (c ^ crypto.getRandomValues(new Uint8Array(1))[0] & 15 >> c / 4).toString(16));
const mark = (f, text, kind) => {
  const p = f.querySelector('.receipt');
  if (p) { p.textContent = text; p.className = 'receipt ' + kind; }
};
const later = (f, ms) => {
  const s = states.get(f);
  clearTimeout(s.timer);
  s.timer = setTimeout(() => f.dispatchEvent(new Event('resend')), ms);
};
const open = () => [...states.keys()].filter(f => {
  const s = states.get(f), now = body(f);
  return s.pair || now != s.saved && now != s.stop;
});
const flush = () => open().forEach(f => {
  const s = states.get(f);
  if (s.flying && s.pair.body == body(f)) return;
  s.tries = 0;
  later(f, s.wait ? Math.random() * 1000 : 0);
});
/* What was refused is pointed at once before the test goes without it; the clock does not ask. */
const halt = () => {
  const refused = [...states].filter(([f, s]) => s.stop == body(f) && s.met != s.stop);
  if (!refused.length) return;
  refused.forEach(([, s]) => { s.met = s.stop; });
  const f = refused[0][0], end = $('finish');
  ending = 0;
  end.busy = clearTimeout(end.busy);
  say(f.querySelector('.receipt').textContent, 8000);
  f.querySelector('input,select').focus();
  return 1;
};
const status = () => {
  const left = open(), n = left.filter(f => states.get(f).wait).length;
  if (n) say(`${T.off.replace('#', n)} ${ending ? T.hold : ''}`);
  else if (wasOff) say(T.on, 5000);
  wasOff = n;
  if (ending && !left.length && navigator.onLine && (ending > 1 || !halt())) { ending = 0; $('finish').submit(); }
};
const failed = (f, after) => {
  const s = states.get(f);
  s.wait = 1;
  s.flying = 0;
  s.tries = (s.tries || 0) + 1;
  mark(f, T.wait, 'wait');
  later(f, Math.max(after * 1000 || 0, Math.min(30, 2 ** s.tries) * (500 + Math.random() * 500)));
  status();
};

if (test && window.htmx) {
  root.classList.add('hx');
  /* On a slow link somebody answers before this script is here: saved is what the server wrote. */
  doc.querySelectorAll('[data-save]').forEach(f => {
    const sent = f.cloneNode(true);
    sent.reset();
    states.set(f, { saved: body(sent) });
  });
}
on('input', e => {
  const f = e.target.form;
  if (states.has(f) && e.target.matches('textarea,input:not([type=radio],[type=checkbox])')) later(f, 1500);
});
on('submit', e => {
  const f = e.target;
  if (states.has(f)) { e.preventDefault(); later(f, 0); }
  if (f.id != 'finish') return;
  /* No submitter: the clock has run out. */
  if (e.submitter && ending != 2 && halt()) return e.preventDefault();
  if (states.size && (open().length || !navigator.onLine)) {
    e.preventDefault();
    ending = e.submitter && ending != 2 ? 1 : 2;
    say(T.hold);
    flush();
  }
});
on('htmx:config:request', e => {
  const f = e.target, s = states.get(f);
  if (!s) return;
  const now = body(f), r = e.detail.ctx.request;
  clearTimeout(s.timer);
  if (s.pair?.body != now) {
    if (!s.pair && s.saved == now) return e.preventDefault();
    s.pair = { body: now, id: uuid(), seq: ++seq };
    s.stop = null;
  } else if (s.flying) return e.preventDefault();
  const id = s.flying = s.pair.id;
  r.body.set('response_id', id);
  r.body.set('seq', s.pair.seq);
  r.keepalive = doc.hidden;
  setTimeout(() => s.flying == id && mark(f, T.saving, ''), 1000);
});
/* The receipt with data-seq is the acknowledgement; any other 2xx (a portal's page) is not. */
on('htmx:after:request', e => {
  const c = e.detail.ctx, f = c.sourceElement, s = states.get(f);
  if (c.response.status > 399) return;
  if (!s) { if (oops) say(); oops = 0; return; }
  if (c.request.body.get('response_id') != s.pair?.id) return;
  const got = /data-seq="(\d+)"/.exec(c.text);
  if (!got) { e.preventDefault(); return failed(f); }
  seq = Math.max(seq, got[1]);
  s.saved = s.pair.body;
  s.pair = s.wait = s.flying = s.tries = 0;
  if (body(f) != s.saved) later(f, 1500);
  setTimeout(status);
});
on('htmx:response:error', e => {
  const c = e.detail.ctx, f = c.sourceElement, s = states.get(f), code = c.response.status;
  if (code > 499 || /408|425|429/.test(code)) {
    c.swap = 'none';
    if (s) failed(f, c.response.headers.get('Retry-After')); else { oops = 1; say($('net')?.dataset.fault); }
  } else if (s) {
    /* Refused: show the server's sentence and stop. 401: the pair is kept and goes again when
       somebody comes back from signing in, which a link opens beside this page. */
    s.stop = s.pair.body;
    s.flying = s.wait = 0;
    if (code != 401) s.pair = 0;
    mark(f, '', 'err');
    if (/^\s*<!d/i.test(c.text)) c.text = T.refused;
    c.swap = 'innerHTML strip:true';
    setTimeout(() => { f.querySelectorAll('.receipt a').forEach(a => { a.target = '_blank'; }); status(); }, 50);
  }
});
on('htmx:error', e => {
  const f = e.detail.ctx?.sourceElement;
  if (states.has(f)) failed(f); else { oops = 1; say($('net')?.dataset.off); }
});
['online', 'pageshow', 'visibilitychange'].forEach(type => on(type, () => { flush(); setTimeout(status, 2000); }));
on('beforeunload', e => { if (open().length) { e.preventDefault(); e.returnValue = 1; } });

/* The clock: the server's time, spoken twice, and the end. */
let clock, skew, last;
const tick = () => {
  const t = $('timer'), d = t?.dataset;
  if (!t) return;
  if (t != clock) { clock = t; skew = d.now * 1000 - Date.now(); last = 0; }
  const left = Math.max(0, Math.round(d.due - (Date.now() + skew) / 1000)), m = left / 60 | 0;
  t.querySelector('b').textContent = left < 300 ? d.sec.replace('#', m + ':' + (left % 60 + '').padStart(2, 0))
    : d.min.replace('#', m);
  if (last > 300 && left < 301) say(d.min.replace('#', 5), 2e4);
  if (last > 60 && left < 61) say(d.last, 2e4);
  if (last > 3 && left < 4) flush();
  if (last > 0 && !left) $('finish')?.requestSubmit();
  last = left;
};
if ($('timer')) { setInterval(tick, 1000); tick(); }
})();
