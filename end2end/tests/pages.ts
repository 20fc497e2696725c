// Every page there is, and where its walk begins.
import type { AxeResults } from 'axe-core';
import axe from 'axe-core';
import { expect, type Page } from '@playwright/test';
import { enter } from './house';

export interface Place {
  path: string;
  /** Whether somebody has to be signed in. */
  isPrivate: boolean;
  /** The page itself is behind the first such link, whose address no walk knows beforehand. */
  link?: string;
  status?: number;
}

export const PAGES: Place[] = [
  { path: '/', isPrivate: true },
  { path: '/compare', isPrivate: true },
  { path: '/day', isPrivate: true },
  { path: '/workouts', isPrivate: true },
  { path: '/data', isPrivate: true },
  { path: '/connections', isPrivate: true },
  { path: '/settings', isPrivate: true },
  { path: '/workouts', isPrivate: true, link: 'a[href^="/workouts/"]' },
  { path: '/no-such-page', isPrivate: true, status: 404 },
  { path: '/login', isPrivate: false },
];

/** Opens a page, signed in where it asks for that. */
export async function open(page: Page, place: Place) {
  if (place.isPrivate) await enter(page);
  let response = await page.goto(place.path);
  if (place.link) {
    response = await page.goto((await page.locator(place.link).first().getAttribute('href')) ?? '');
  }
  expect(response?.status(), `${title(place)} answers`).toBe(place.status ?? 200);
}

/** What a test of it is called. */
export const title = (place: Place) => (place.link ? `${place.path}/…` : place.path);

/** Every rule of axe that is no experiment, one line a violation. The source goes in through the
 * debugger, which the page's own policy does not bind. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const results = (await page.evaluate(
    () => axe.run(document, { rules: { 'target-size': { enabled: true } } }),
  )) as AxeResults;
  expect(results.passes.length, 'axe looked at something').toBeGreaterThan(10);
  return results.violations.flatMap((found) =>
    found.nodes.map((node) => `${found.id} (${found.impact}): ${node.target.join(' ')} ${node.failureSummary}`),
  );
}
