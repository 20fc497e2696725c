// What Lighthouse says of the pages.
import run, { desktopConfig } from 'lighthouse';
import { TABLET, freePort, withBrowser } from './browser.mjs';

const CATEGORIES = ['performance', 'accessibility', 'best-practices'];
/** The score of performance varies between runs: the middle one counts. */
const RUNS = 3;
const ATTEMPTS = 3;

const profiles = {
  // Lighthouse's own phone: slow 4G, a processor four times slower.
  phone: { flags: {}, config: undefined },
  // Its desktop, whose demands are higher, on the screen of the design.
  tablet: {
    flags: { screenEmulation: { ...TABLET, mobile: false, deviceScaleFactor: 2, disabled: false } },
    config: desktopConfig,
  },
};

/** The overview on both profiles beside itself without scripts; the other pages on the tablet. */
export async function lighthouse(site) {
  const port = await freePort();
  const measure = async () => {
    const results = [];
    for (const profile of Object.keys(profiles)) {
      results.push(await overview(site, port, profile));
    }
    for (const page of site.pages.slice(1)) {
      results.push({ page, profile: 'tablet', ...(await audit(site, port, page, 'tablet')) });
    }
    return results;
  };
  return withBrowser(measure, [`--remote-debugging-port=${port}`]);
}

async function overview(site, port, profile) {
  const runs = [];
  for (let count = 0; count < RUNS; count += 1) runs.push(await audit(site, port, '/', profile));
  runs.sort((one, other) => one.scores.performance - other.scores.performance);
  const blocked = { blockedUrlPatterns: ['*.js', '*.wasm'] };
  const without = await audit(site, port, '/', profile, blocked);
  return { page: '/', profile, ...runs[Math.floor(RUNS / 2)], without_scripts: without.scores.performance };
}

async function audit(site, port, page, profile, more = {}) {
  process.stderr.write(`Lighthouse: ${page} on ${profile}${more.blockedUrlPatterns ? ', without scripts' : ''}\n`);
  const lhr = await report(site, port, page, profile, more);
  if (new URL(lhr.finalDisplayedUrl).pathname !== page) throw new Error(`${page} led to ${lhr.finalDisplayedUrl}`);
  const score = (category) => Math.round((lhr.categories[category].score ?? 0) * 100);
  return {
    scores: {
      performance: score('performance'),
      accessibility: score('accessibility'),
      best_practices: score('best-practices'),
    },
    metrics_ms: metrics(lhr),
    // Where points were lost, for whoever wants them back.
    lost: lost(lhr),
  };
}

/** On a busy machine Lighthouse now and then loses its trace; it is asked again. */
async function report(site, port, page, profile, more) {
  const { flags, config } = profiles[profile];
  const options = {
    port,
    logLevel: 'error',
    onlyCategories: CATEGORIES,
    extraHeaders: { Cookie: site.cookie },
    ...flags,
    ...more,
  };
  let problem;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const { lhr } = await run(site.url + page, options, config);
    if (!lhr.runtimeError) return lhr;
    problem = lhr.runtimeError.message;
  }
  throw new Error(`Lighthouse of ${page}: ${problem}`);
}

function metrics(lhr) {
  const of = (id) => lhr.audits[id]?.numericValue;
  return {
    first_contentful_paint: of('first-contentful-paint'),
    largest_contentful_paint: of('largest-contentful-paint'),
    total_blocking_time: of('total-blocking-time'),
    speed_index: of('speed-index'),
    cumulative_layout_shift_score: of('cumulative-layout-shift'),
  };
}

function lost(lhr) {
  const counted = Object.values(lhr.categories).flatMap((category) =>
    category.auditRefs.filter((reference) => reference.weight > 0).map((reference) => reference.id),
  );
  return [...new Set(counted)]
    .map((id) => lhr.audits[id])
    .filter((audit) => typeof audit.score === 'number' && audit.score < 0.995)
    .map((audit) => ({ id: audit.id, score: audit.score, value: audit.displayValue }));
}
