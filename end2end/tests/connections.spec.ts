import type { Page } from '@playwright/test';
import { expect, fitsTheScreen, hydrated, picture, signIn, test } from './house';

const cell = (page: Page) => page.locator('[data-connection="a-oura"]');

async function disconnect(page: Page) {
  await cell(page).getByText('Disconnect', { exact: true }).first().click();
  await cell(page).getByRole('button', { name: /^Disconnect/ }).click();
  await expect(cell(page).getByText('Not connected', { exact: true })).toBeVisible();
}

test('a twin is disconnected, denies, connects, syncs', async ({ page }) => {
  await signIn(page);
  await page.goto('/connections');
  await hydrated(page);
  // The head of every page: where the expedition stands, and the most urgent alarm.
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Connections');
  await expect(page.locator('header.head')).toContainText('Day 9');
  await expect(page.locator('header.head a.alarm-chip')).toHaveAttribute('href', /\/\?metric=/);
  await fitsTheScreen(page);
  await picture(page, 'connections');

  await disconnect(page);
  await picture(page, 'connections-disconnected');

  await cell(page).getByRole('link', { name: /^Connect/ }).click();
  await page.getByRole('button', { name: 'Deny' }).click();
  await expect(page).toHaveURL(/\/connections/);
  await expect(page.getByRole('status')).toContainText(/not allowed|declined|said no|denied/i);
  await picture(page, 'connections-denied');

  await cell(page).getByRole('link', { name: /^Connect/ }).click();
  await picture(page, 'vendor-sign-in');
  await page.getByRole('button', { name: 'Allow' }).click();
  await expect(page).toHaveURL(/\/connections/);
  await expect(cell(page).getByText('Connected', { exact: true })).toBeVisible();

  await hydrated(page);
  await expect(cell(page).getByText(/^Synced/).first()).toBeVisible({ timeout: 20_000 });
  await cell(page).getByRole('button', { name: 'Sync now' }).click();
  await expect(cell(page).getByText(/^Synced/).first()).toBeVisible({ timeout: 20_000 });
  await picture(page, 'connections-synced');

  await page.goto('/');
  await expect(page.locator('article[data-metric="spo2_night"] [data-subject="a"] [data-value]')).toBeVisible();
});

test('a twin who refused a scope is shown so, with what to do', { tag: '@looks' }, async ({ page }) => {
  await signIn(page);
  await page.goto('/connections');
  const other = page.locator('[data-connection="b-oura"]');
  await expect(other).toContainText(/not allowed|not granted|refused/i);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('disconnecting and connecting are forms', async ({ page }) => {
    await signIn(page);
    await page.goto('/connections');
    await disconnect(page);
    await cell(page).getByRole('link', { name: /^Connect/ }).click();
    await page.getByRole('button', { name: 'Allow' }).click();
    await expect(cell(page).getByText('Connected', { exact: true })).toBeVisible();
  });
});
