// What every walk does.
import { expect, test as base, type Page } from '@playwright/test';

export const PASSWORD = 'a-password-for-tests';

/** A page that fails its test when the browser complains: errors, refused scripts, broken hydration. */
export const test = base.extend<{ quiet: string[] }>({
  quiet: [
    async ({ page }, use) => {
      const complaints: string[] = [];
      page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
      page.on('console', (message) => {
        const expected = /Failed to load resource: .*(401|404|422|429)/.test(message.text());
        if (['error', 'warning'].includes(message.type()) && !expected) {
          complaints.push(`${message.type()}: ${message.text()}`);
        }
      });
      await use(complaints);
      expect(complaints, 'the browser complained').toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

export async function signIn(page: Page) {
  await page.goto('/login');
  await page.getByLabel('Name').fill('clinic');
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page).toHaveURL(/\/(\?.*)?$/);
}

type Cookies = Awaited<ReturnType<ReturnType<Page['context']>['cookies']>>;

/** The session the walks of a worker share, by project: signing in takes as long as a walk. */
const sessions = new Map<string, Cookies>();

/** Is signed in at the project's own demo, without a page being opened. */
export async function enter(page: Page) {
  const { name } = test.info().project;
  const kept = sessions.get(name);
  if (kept) {
    await page.context().addCookies(kept);
    return;
  }
  await signIn(page);
  sessions.set(name, await page.context().cookies());
}

/** The page is taken over by its script. */
export async function hydrated(page: Page) {
  await expect(page.locator('html[data-hydrated]')).toBeAttached();
}

export async function picture(page: Page, name: string) {
  const { name: project } = test.info().project;
  await page.screenshot({ path: `screenshots/${project}/${name}.png` });
}

/** Nothing is cut off to the side. */
export async function fitsTheScreen(page: Page) {
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow, 'the page scrolls sideways').toBeLessThanOrEqual(0);
}
