// When the overview is in the browser's hands, on a processor four times slower than this one.
import { withPage } from './browser.mjs';

const RUNS = 5;
const SLOWER = 4;

/** Milliseconds from navigation, cold each time, with JavaScript and without. */
export async function hydration(browser, site) {
  // Once for the server's sake.
  await taken(browser, site);
  const runs = { hydrated_ms: [], attribute_ms: [], without_ms: [] };
  for (let run = 0; run < RUNS; run += 1) {
    const { attribute, chart } = await taken(browser, site);
    runs.attribute_ms.push(attribute);
    runs.hydrated_ms.push(Math.max(attribute, chart));
    runs.without_ms.push(await loaded(browser, site));
  }
  return runs;
}

/** The page says `data-hydrated` when its script has run; the chart, which comes after the last tile in
 *  the document and so is taken over after it, says `data-live` once it is painted. */
function taken(browser, site) {
  return withPage(browser, site, {}, async (page) => {
    await page.addInitScript(() => {
      window.taken = {};
      const look = () => {
        const now = performance.now();
        if (document.documentElement?.hasAttribute('data-hydrated')) window.taken.attribute ??= now;
        if (document.querySelector('.stage[data-live]')) window.taken.chart ??= now;
      };
      new MutationObserver(look).observe(document, { attributes: true, childList: true, subtree: true });
    });
    await slowDown(page);
    await page.goto(site.url);
    await page.waitForFunction(() => window.taken.attribute && window.taken.chart);
    return page.evaluate(() => window.taken);
  });
}

function loaded(browser, site) {
  return withPage(browser, site, { javaScriptEnabled: false }, async (page) => {
    await slowDown(page);
    await page.goto(site.url, { waitUntil: 'load' });
    const load = () => page.evaluate(() => performance.getEntriesByType('navigation')[0].loadEventEnd);
    // It is zero until the event's own handlers have run.
    for (let attempt = 0; attempt < 100; attempt += 1) {
      const end = await load();
      if (end > 0) return end;
    }
    throw new Error('the page without JavaScript does not load');
  });
}

async function slowDown(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
}
