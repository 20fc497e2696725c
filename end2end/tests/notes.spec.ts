// What people note beside the charts: written, changed and deleted by those who may, read by all.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Page } from '@playwright/test';
import { expect, fitsTheScreen, hydrated, PASSWORD, picture, signIn, test } from './house';
import { violations } from './pages';
import { WATCHED } from '../playwright.config';

const notes = (page: Page) => page.getByRole('region', { name: 'Notes', exact: true });
const line = (page: Page, text: string) => notes(page).getByRole('listitem').filter({ hasText: text });
const dialog = (page: Page) => page.getByRole('dialog');
const words = (page: Page) => dialog(page).getByLabel('What was it?');
const add = (page: Page) => notes(page).getByRole('button', { name: 'Add a note' });
const save = (page: Page) => dialog(page).getByRole('button', { name: 'Save' });

test('a note is added on compare, listed, edited and deleted', { tag: '@looks' }, async ({ page }) => {
  const words1 = `Headache, slept badly ${test.info().project.name}`;
  const words2 = `Ring <b>off</b> ${test.info().project.name}`;
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await signIn(page);
  await page.goto('/compare');
  await hydrated(page);

  await add(page).click();
  await expect(words(page)).toBeFocused();
  const time = dialog(page).getByRole('group', { name: 'Begin' }).getByRole('status');
  const begin = (await time.textContent()) ?? '';
  expect(begin).toMatch(/^\w{3} \d{1,2} \w{3}, \d{1,2}:\d{2}/);
  await dialog(page).getByRole('button', { name: 'Begin 1 h earlier' }).click();
  await expect(time).not.toHaveText(begin);
  await dialog(page).getByRole('button', { name: 'Begin 1 h later' }).click();
  await expect(time).toHaveText(begin);
  await dialog(page).getByLabel('A', { exact: true }).check();
  await words(page).fill(words1);
  await fitsTheScreen(page);
  expect(await violations(page)).toEqual([]);
  await picture(page, 'notes-editor');
  await save(page).click();
  await expect(dialog(page)).toBeHidden();
  await expect(line(page, words1)).toContainText(begin);
  await expect(line(page, words1)).toContainText('By clinic');
  await expect(line(page, words1).locator('.note-whose')).toHaveText('A');
  await expect(add(page)).toBeFocused();
  await fitsTheScreen(page);
  await notes(page).scrollIntoViewIfNeeded();
  await picture(page, 'notes-listed');

  // It is kept: another visit shows it.
  await page.reload();
  await hydrated(page);
  await line(page, words1).getByRole('button', { name: /^Edit the note of/ }).click();
  await expect(words(page)).toHaveValue(words1);
  await expect(dialog(page).getByLabel('A', { exact: true })).toBeChecked();
  await words(page).fill(words2);
  await dialog(page).getByLabel('Both').check();
  await dialog(page).getByLabel('Over a stretch of time').check();
  await dialog(page).getByRole('button', { name: 'End 5 min later' }).click();
  await save(page).click();
  await expect(dialog(page)).toBeHidden();
  await expect(line(page, words1)).toHaveCount(0);
  await expect(line(page, words2)).toContainText(' to ');
  await expect(line(page, words2).locator('.note-whose')).toHaveText('Both');
  await expect(line(page, words2).getByRole('button')).toBeFocused();

  await line(page, words2).getByRole('button').click();
  await dialog(page).getByRole('button', { name: 'Delete' }).click();
  await expect(dialog(page)).toBeHidden();
  await expect(line(page, words2)).toHaveCount(0);
  await expect(add(page)).toBeFocused();
  // What was written never was part of an address.
  expect(asked.filter((url) => /Headache|Ring/.test(decodeURIComponent(url)))).toEqual([]);
});

test('the dialogue is worked by keys, closes with Escape and gives the focus back', async ({ page }) => {
  await signIn(page);
  await page.goto('/day');
  await hydrated(page);
  const words1 = `Dizzy ${test.info().project.name}`;
  await add(page).focus();
  await page.keyboard.press('Enter');
  await expect(words(page)).toBeFocused();
  await page.keyboard.type(words1);
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toBeHidden();
  await expect(add(page)).toBeFocused();
  await expect(line(page, words1)).toHaveCount(0);

  await page.keyboard.press('Enter');
  await expect(words(page)).toHaveValue('');
  await page.keyboard.type(words1);
  // From the words to the choice, and by arrow to the next twin; the focus never leaves the dialogue.
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowUp');
  await expect(dialog(page).getByLabel('B', { exact: true })).toBeChecked();
  for (let step = 0; step < 40; step += 1) {
    await page.keyboard.press('Tab');
    const where = await page.evaluate(() => {
      const focused = document.activeElement;
      return focused === document.body || focused?.closest('dialog') !== null;
    });
    expect(where, 'the focus left the dialogue').toBe(true);
  }
  await save(page).focus();
  await page.keyboard.press('Enter');
  await expect(line(page, words1).locator('.note-whose')).toHaveText('B');
  await line(page, words1).getByRole('button').click();
  await dialog(page).getByRole('button', { name: 'Delete' }).click();
  await expect(line(page, words1)).toHaveCount(0);
});

test('what will not do is told in the dialogue, and the words stay', async ({ page }) => {
  await signIn(page);
  await page.goto('/compare');
  await hydrated(page);
  await add(page).click();
  await words(page).fill('   ');
  await save(page).click();
  await expect(dialog(page).getByRole('alert')).toHaveText('A note needs words.');
  await expect(words(page)).toHaveAttribute('aria-invalid', 'true');
  await page.route('**/ask/add-note', (route) => route.fulfill({ status: 429, body: 'Too many.' }));
  await words(page).fill('Kept while the server is away');
  await save(page).click();
  await expect(dialog(page).getByRole('alert')).toContainText('The server does not answer.');
  await expect(words(page)).toHaveValue('Kept while the server is away');
  await dialog(page).getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog(page)).toBeHidden();
});

test('who only looks reads the notes and is offered nothing', async ({ page }) => {
  test.skip(test.info().project.name !== 'tablet-landscape', 'one installation, one walk');
  const folder = mkdtempSync(join(tmpdir(), 'acclimate-watched-'));
  const env = {
    ...process.env,
    AUTHORIZED_USER_PASSWORD: PASSWORD,
    DATABASE_URL: `sqlite://${join(folder, 'acclimate.db')}`,
    TOKEN_STORE_URL: `file://${join(folder, 'tokens')}`,
    RUST_LOG: 'warn',
  };
  const program = '../target/release/acclimate';
  const server = spawn(program, ['serve', '--addr', new URL(WATCHED).host], { env, stdio: 'ignore' });
  const enter = async (name: string) => {
    await page.context().clearCookies();
    await page.goto(`${WATCHED}/login`);
    await page.getByLabel('Name').fill(name);
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(page).toHaveURL(/\/(\?.*)?$/);
    await page.goto(`${WATCHED}/compare`);
    await hydrated(page);
  };
  try {
    await expect(async () => expect((await page.request.get(`${WATCHED}/ready`)).ok()).toBe(true)).toPass();
    execFileSync(program, ['account', 'add', 'watching', '--role', 'viewer'], { env, input: PASSWORD });
    await enter('clinic');
    await add(page).click();
    await words(page).fill('Seen by all');
    await save(page).click();
    await expect(line(page, 'Seen by all')).toBeVisible();
    await enter('watching');
    await expect(line(page, 'Seen by all')).toContainText('By clinic');
    await expect(notes(page).getByRole('button')).toHaveCount(0);
    await expect(dialog(page)).toHaveCount(0);
  } finally {
    server.kill();
  }
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the notes read, and nothing invites to write', async ({ page }) => {
    await signIn(page);
    await page.goto('/compare');
    await expect(notes(page)).toBeVisible();
    await expect(add(page)).toHaveCount(0);
  });
});
