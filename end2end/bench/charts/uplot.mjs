// uPlot with the samples that the store has, on a plain page.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const library = (name) => fileURLToPath(new URL(`../node_modules/uplot/dist/${name}`, import.meta.url));
const PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><title>uPlot</title>
<link rel="stylesheet" href="/uPlot.css"><script src="/uPlot.js"></script>
<body style="margin:0"><main id="plot"></main></body></html>`;

/** Serves a page with uPlot and the samples; gives `use` its address. */
export async function withUplot(samples, use) {
  const files = {
    '/': ['text/html', () => PAGE],
    '/uPlot.js': ['text/javascript', () => readFile(library('uPlot.iife.min.js'))],
    '/uPlot.css': ['text/css', () => readFile(library('uPlot.min.css'))],
    '/samples': ['application/octet-stream', () => readFile(samples)],
    '/favicon.ico': ['image/x-icon', () => ''],
  };
  const server = createServer(async (request, response) => {
    const [type, body] = files[request.url] ?? [];
    response.writeHead(type ? 200 : 404, { 'content-type': type ?? 'text/plain' });
    response.end(type ? await body() : '');
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    return await use(`http://127.0.0.1:${server.address().port}/`);
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

/** Opens the page and makes the arrays uPlot takes; nothing is drawn yet. */
export async function openUplot(page, url, site) {
  await page.goto(url);
  await page.evaluate(load, { fromS: site.from_ms / 1e3, stepS: site.step_ms / 1e3 });
}

/** Draws them; returns once the call is over, which is before they are painted. */
export function drawUplot(page, size) {
  return page.evaluate(draw, size);
}

/** Where it takes the pointer, px. */
export function uplotBox(page) {
  return page.locator('.u-over').boundingBox();
}

/** Looks at a part, ms since the epoch. */
export function lookAt(page, view) {
  return page.evaluate(({ from, to }) => window.plot.setScale('x', { min: from / 1e3, max: to / 1e3 }), view);
}

// What follows runs in the page.

/** Plain arrays with `null` for what is missing: typed ones, which uPlot takes too, have no gaps. */
async function load({ fromS, stepS }) {
  const answer = await fetch('/samples');
  const bytes = new Uint8Array(await answer.arrayBuffer());
  const steps = bytes.length / 2;
  // Of their length from the start, so that none keeps room to grow into.
  const [times, a, b] = [new Array(steps), new Array(steps), new Array(steps)];
  for (let step = 0; step < steps; step += 1) {
    times[step] = fromS + step * stepS;
    a[step] = bytes[step] || null;
    b[step] = bytes[steps + step] || null;
  }
  window.samples = [times, a, b];
}

function draw({ width, height, range }) {
  // Wheel and drag as uPlot's own demo of them has it, on our keys and by our factor.
  const factor = 1.35;
  const zoom = {
    hooks: {
      ready: (plot) => {
        const { over } = plot;
        const scaleTo = (min, max) => plot.batch(() => plot.setScale('x', { min, max }));
        over.addEventListener('mousedown', (down) => {
          if (!down.shiftKey) return;
          down.preventDefault();
          const { min, max } = plot.scales.x;
          const perPx = plot.posToVal(1, 'x') - plot.posToVal(0, 'x');
          const moved = (event) => {
            const by = perPx * (event.clientX - down.clientX);
            scaleTo(min - by, max - by);
          };
          const up = () => {
            document.removeEventListener('mousemove', moved);
            document.removeEventListener('mouseup', up);
          };
          document.addEventListener('mousemove', moved);
          document.addEventListener('mouseup', up);
        });
        over.addEventListener('wheel', (event) => {
          event.preventDefault();
          const { min, max } = plot.scales.x;
          const share = plot.cursor.left / over.getBoundingClientRect().width;
          const at = plot.posToVal(plot.cursor.left, 'x');
          const [first, last] = [plot.data[0][0], plot.data[0].at(-1)];
          const span = (max - min) * (event.deltaY < 0 ? 1 / factor : factor);
          const from = Math.max(first, at - share * span);
          scaleTo(from, Math.min(last, from + span));
        }, { passive: false });
      },
    },
  };
  const line = (label, stroke) => ({ label, stroke, width: 1.5 });
  window.plot = new uPlot(
    {
      width,
      height,
      // Both charts keep one scale of values, whatever is looked at.
      scales: { y: { auto: false, range } },
      cursor: { drag: { x: false, y: false } },
      series: [{}, line('Twin A', '#2563a8'), line('Twin B', '#b4561d')],
      plugins: [zoom],
    },
    window.samples,
    document.getElementById('plot'),
  );
}
