// How much JavaScript and WebAssembly each page loads, as it comes over the wire.
import { withPage } from './browser.mjs';

/** The overview's bytes, then for each other page those that the overview had not loaded. */
export async function scripts(browser, site) {
  const measured = [];
  let known = new Map();
  for (const page of site.pages) {
    const loaded = await load(browser, site, page);
    if (!loaded.size) throw new Error(`${page} loads no script`);
    const more = [...loaded].filter(([path]) => !known.has(path));
    measured.push({
      page,
      bytes: more.reduce((sum, [, file]) => sum + file.bytes, 0),
      uncompressed: more.filter(([, file]) => file.encoding !== 'br').map(([path]) => path),
      files: Object.fromEntries(more.map(([path, file]) => [path, file.bytes])),
    });
    if (page === '/') known = loaded;
  }
  return measured;
}

function load(browser, site, path) {
  return withPage(browser, site, {}, async (page) => {
    const finished = [];
    page.on('requestfinished', (request) => {
      const { pathname } = new URL(request.url());
      if (/\.(m?js|wasm)$/.test(pathname)) finished.push(size(pathname, request));
    });
    const answer = await page.goto(site.url + path);
    if (!answer?.ok()) throw new Error(`${path} answers ${answer?.status()}`);
    await page.locator('html[data-hydrated]').waitFor({ state: 'attached' });
    // Chunks that are asked for late, too.
    await page.waitForLoadState('networkidle');
    return new Map(await Promise.all(finished));
  });
}

async function size(path, request) {
  const [sizes, response] = await Promise.all([request.sizes(), request.response()]);
  const encoding = await response.headerValue('content-encoding');
  return [path, { bytes: sizes.responseBodySize, encoding }];
}
