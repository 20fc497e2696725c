import { expect, fitsTheScreen, picture, signIn, test } from './house';

test('a wrong password is told beside the field and keeps the name', { tag: '@looks' }, async ({ page }) => {
  await page.goto('/login');
  await picture(page, 'sign-in');
  await fitsTheScreen(page);
  await page.getByLabel('Name').fill('clinic');
  await page.getByLabel('Password', { exact: true }).fill('not the password');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByText('The name or the password is wrong.')).toBeVisible();
  await expect(page.getByLabel('Name')).toHaveValue('clinic');
  await expect(page.getByLabel('Password', { exact: true })).toHaveValue('');
  await picture(page, 'sign-in-wrong');
});

test('five failures lock a name', async ({ page }) => {
  for (let attempt = 0; attempt < 6; attempt += 1) {
    await page.goto('/login');
    await page.getByLabel('Name').fill('nobody');
    await page.getByLabel('Password', { exact: true }).fill(`guess number ${attempt}`);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(page.getByRole('alert').or(page.locator('[aria-live]')).first()).toBeAttached();
  }
  await expect(page.getByText('Too many attempts. Try again in 15 minutes.')).toBeVisible();
});

test('signing in leads to the page asked for, signing out closes it', async ({ page }) => {
  await page.goto('/connections');
  await expect(page).toHaveURL(/\/login\?next=/);
  await page.getByLabel('Name').fill('clinic');
  await page.getByLabel('Password', { exact: true }).fill('a-password-for-tests');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page).toHaveURL(/\/connections$/);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(/\/login$/);
  await page.goto('/');
  await expect(page).toHaveURL(/\/login/);
});

test("one button enters as the demo's clinician", async ({ page }) => {
  await page.goto('/login');
  await page.getByRole('button', { name: /Enter as the demo/ }).click();
  await expect(page.locator('article[data-metric]')).toHaveCount(6);
});

test('nothing answers without a session, and every answer carries its headers', async ({ page, request }) => {
  const fetched = await request.get('/connections', { headers: { accept: 'application/json' }, maxRedirects: 0 });
  expect(fetched.status()).toBe(401);
  const login = await request.get('/login');
  const headers = login.headers();
  expect(headers['content-security-policy']).toMatch(/script-src 'self'( 'sha256-[^']+')+ 'wasm-unsafe-eval'/);
  expect(headers['x-content-type-options']).toBe('nosniff');
  expect(headers['x-frame-options']).toBe('DENY');
  expect(headers['referrer-policy']).toBe('same-origin');
  expect(headers['cache-control']).toBe('no-store');
  const foreign = await request.post('/logout', { headers: { origin: 'https://elsewhere.example' } });
  expect(foreign.status()).toBe(403);
  await signIn(page);
  const cookie = (await page.context().cookies()).find((found) => found.name === 'acclimate');
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax' });
});
