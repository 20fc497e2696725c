// An installation where nothing is yet, and no vendor is configured: the server of its own that
// playwright.config.ts starts with `serve`. One project is enough.
import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, fitsTheScreen, hydrated, PASSWORD, picture, signIn, test } from './house';
import { violations } from './pages';
import { EMPTY, NOBODY } from '../playwright.config';

test.use({ baseURL: EMPTY });

test.beforeEach(() => {
  test.skip(test.info().project.name !== 'tablet-landscape', 'one installation, one walk');
});

const step = (page: import('@playwright/test').Page, name: string) =>
  page.locator('li[data-step]').filter({ has: page.getByRole('heading', { name, exact: true }) });

test('the overview is the guide until there is anything to compare', async ({ page }) => {
  await signIn(page);
  await hydrated(page);
  await expect(page.locator('article[data-metric]')).toHaveCount(0);
  await expect(page.getByRole('heading', { name: 'Getting started' })).toBeVisible();
  await expect(step(page, 'Create the administrator')).toContainText('Done');
  await expect(step(page, 'Register an app with Oura')).toContainText(`${EMPTY}/oauth/oura/callback`);
  await expect(step(page, 'Register an app with Polar')).toContainText(`${EMPTY}/oauth/polar/callback`);
  await expect(step(page, 'Register an app with Oura')).toContainText('spo2');
  await expect(step(page, 'Register an app with Oura')).toContainText('OURA_CLIENT_SECRET');
  await expect(step(page, 'Connect Twin A')).toContainText('Waits');
  expect(await violations(page)).toEqual([]);
  await fitsTheScreen(page);
  await picture(page, 'first-run');
});

test('the twins are named and the itinerary entered, step by step', async ({ page }) => {
  await signIn(page);
  await step(page, 'Name the twins').getByRole('link').click();
  await expect(page).toHaveURL(/\/settings#twins$/);
  for (const [letter, name] of [['A', 'Ana'], ['B', 'Bea']] as const) {
    const card = page.locator('form.set-card').filter({ hasText: `Save twin ${letter}` });
    await card.getByLabel('Name').fill(name);
    await card.getByRole('button').click();
    await expect(page.locator('#twins').getByRole('status')).toContainText('Saved');
  }
  await page.goto('/');
  await expect(step(page, 'Name the twins')).toContainText('They are Ana and Bea.');
  await expect(step(page, 'Register an app with Oura')).toHaveAttribute('aria-current', 'step');

  await step(page, 'Enter the itinerary').getByRole('link').click();
  await expect(page).toHaveURL(/\/settings#itinerary$/);
  const trip = page.locator('#itinerary');
  await trip.getByLabel('Name').fill('Khumbu');
  await trip.getByLabel('Day 1').fill('2026-10-05');
  await trip.getByLabel('Last day').fill('2026-10-18');
  await trip.getByLabel('Date, point 1').fill('2026-10-05');
  await trip.getByLabel('Local time, point 1').fill('08:30');
  await trip.getByLabel('Ahead of UTC, point 1').fill('+05:45');
  await trip.getByLabel('Altitude, m, point 1').fill('2860');
  await trip.getByLabel('Place, point 1').fill('Lukla');
  await trip.getByRole('button', { name: 'Save the itinerary' }).click();
  await expect(page.locator('#itinerary').getByText('The itinerary is saved.')).toBeVisible();
  await page.goto('/');
  await expect(step(page, 'Enter the itinerary')).toContainText('Khumbu, 14 days');
  await picture(page, 'first-run-later');
});

test('nobody yet: the one-time link makes the first administrator, once', async ({ page }) => {
  const folder = mkdtempSync(join(tmpdir(), 'acclimate-nobody-'));
  const { AUTHORIZED_USER_PASSWORD: _, ...environment } = process.env;
  const server = spawn('../target/release/acclimate', ['serve', '--addr', new URL(NOBODY).host], {
    env: {
      ...environment,
      DATABASE_URL: `sqlite://${join(folder, 'acclimate.db')}`,
      TOKEN_STORE_URL: `file://${join(folder, 'tokens')}`,
      RUST_LOG: 'warn',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const link = await new Promise<string>((resolve, reject) => {
      let told = '';
      server.stdout.on('data', (chunk) => {
        told += chunk;
        const found = /https?:\S+token=\S+/.exec(told);
        if (found) resolve(found[0]);
      });
      server.on('exit', (code) => reject(new Error(`the server ended with ${code}`)));
    });
    await expect(async () => expect((await page.request.get(`${NOBODY}/ready`)).ok()).toBe(true)).toPass();
    await page.goto(`${NOBODY}${new URL(link).pathname}${new URL(link).search}`);
    await hydrated(page);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Create the first administrator');
    expect(await violations(page)).toEqual([]);
    await fitsTheScreen(page);
    await picture(page, 'setup');
    await page.getByLabel('Name').fill('clinic');
    await page.getByLabel('Password', { exact: true }).fill('short');
    await page.getByRole('button', { name: 'Create the administrator' }).click();
    await expect(page.locator('#password-problem')).toBeVisible();
    await expect(page.getByLabel('Name')).toHaveValue('clinic');
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Create the administrator' }).click();
    await expect(page.getByRole('heading', { name: 'Getting started' })).toBeVisible();
    // Spent: whoever finds the link later learns nothing and makes nothing.
    await page.context().clearCookies();
    await page.goto(`${NOBODY}${new URL(link).pathname}${new URL(link).search}`);
    await page.getByLabel('Name').fill('other');
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Create the administrator' }).click();
    await expect(page.getByRole('button', { name: 'Create the administrator' })).toHaveCount(0);
  } finally {
    server.kill();
  }
});
