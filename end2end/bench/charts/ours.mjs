// Our chart: the comparison of a pair, as a clinician opens it.

const STAGE = '.stack-stage';
const TILES = '**/tiles/**';
const PATH = '/compare?range=all&metrics=resting_heart_rate&lines=heart_rate';
/** No request for so long: everything wanted has been asked for, ms. */
const QUIET_MS = 1_000;

/** Opens the comparison, of all days or of a part of them, ms since the epoch. */
export async function openOurs(page, site, view) {
  const zoom = view ? `&zoom=${minute(view.from)}..${minute(view.to)}` : '';
  await page.goto(site.url + PATH + zoom);
  await page.locator(`${STAGE}[data-live]`).waitFor();
  await page.waitForLoadState('networkidle');
}

/** The same, with what the server drew alone: finer tiles have come and are held back until released. */
export async function openWithoutTiles(page, site) {
  const held = [];
  await page.route(TILES, async (route) => {
    held.push({ route, response: await route.fetch() });
  });
  await page.goto(site.url + PATH);
  await page.locator(`${STAGE}[data-live]`).waitFor();
  await page.waitForTimeout(QUIET_MS);
  if (!held.length) throw new Error('the chart asks for no tile');
  const release = () => Promise.all(held.map(({ route, response }) => route.fulfill({ response })));
  return { tiles: held.length, release };
}

/** Where the heart rates are drawn, px. */
export function ourBox(page) {
  return page.locator(STAGE).boundingBox();
}

function minute(atMs) {
  return new Date(atMs).toISOString().slice(0, 'yyyy-mm-ddThh:mm'.length);
}
