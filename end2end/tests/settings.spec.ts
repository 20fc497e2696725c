import { expect, fitsTheScreen, hydrated, picture, signIn, test } from './house';

const section = (page: import('@playwright/test').Page, name: string) =>
  page.getByRole('region', { name, exact: true });

test('the settings show what is kept, section by section', { tag: '@looks' }, async ({ page }) => {
  await signIn(page);
  await page.goto('/settings');
  await hydrated(page);
  for (const name of ['Twins', 'Itinerary', 'Alarm limits', 'Units and time', 'Getting started']) {
    await expect(section(page, name)).toBeVisible();
  }
  await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
  await expect(section(page, 'Itinerary').getByLabel('Name')).toHaveValue('Everest Base Camp');
  await fitsTheScreen(page);
  await picture(page, 'settings');
});

test('a wrong field is told beside it, what was typed stays, and nothing changes', async ({ page }) => {
  await signIn(page);
  await page.goto('/settings');
  const twins = section(page, 'Twins');
  await twins.getByLabel('First threshold, LT1').first().fill('170');
  await twins.getByLabel('Second threshold, LT2').first().fill('150');
  await twins.getByLabel('Name').first().fill('Ana');
  await twins.getByRole('button', { name: 'Save twin A' }).click();
  const wrong = section(page, 'Twins').getByLabel('Second threshold, LT2').first();
  await expect(wrong).toHaveAttribute('aria-invalid', 'true');
  await expect(wrong).toHaveValue('150');
  await expect(section(page, 'Twins').getByText('Must be above the first threshold, 170 bpm.')).toBeVisible();
  await expect(section(page, 'Twins').getByRole('alert')).toContainText('Nothing was saved');
  await fitsTheScreen(page);
  await picture(page, 'settings-wrong');
  await page.goto('/settings');
  await expect(section(page, 'Twins').getByLabel('Name').first()).toHaveValue('Twin A');
});

test('limits are set, drawn, and put back', async ({ page }) => {
  await signIn(page);
  await page.goto('/settings');
  await section(page, 'Alarm limits').getByLabel('Medium below').first().fill('88');
  await page.getByRole('button', { name: 'Save limits of A' }).click();
  await expect(section(page, 'Alarm limits').getByRole('status')).toContainText('Saved');
  await page.goto('/?metric=spo2_night&range=trip');
  await expect(page.locator('[role="alert"]').filter({ hasText: 'below the 88' }).first()).toBeVisible();
  await page.goto('/settings');
  await page.getByRole('button', { name: /Back to the defaults.*A/ }).click();
  await expect(section(page, 'Alarm limits').getByLabel('Medium below').first()).toHaveValue('75');
});

test('the clock is written as the account likes it', async ({ page }) => {
  await signIn(page);
  await page.goto('/settings');
  await page.getByLabel('5:30 pm').check();
  await page.getByRole('button', { name: 'Save units and time' }).click();
  await expect(section(page, 'Units and time').getByRole('status')).toContainText('Saved');
  await expect(page.locator('header.head')).toContainText(/\d:\d\d\s[ap]m/);
  await page.getByLabel('17:30').check();
  await page.getByRole('button', { name: 'Save units and time' }).click();
  await expect(page.locator('header.head')).not.toContainText(/\d\s[ap]m/);
});

/** Chooses how amounts and times are written, by what the choices are called. */
async function chooseUnits(page: import('@playwright/test').Page, choices: string[]) {
  await page.goto('/settings');
  await hydrated(page);
  for (const choice of choices) {
    await section(page, 'Units and time').getByLabel(choice, { exact: true }).check();
  }
  await page.getByRole('button', { name: 'Save units and time' }).click();
  await expect(section(page, 'Units and time').getByRole('status')).toContainText('Saved');
}

/** A day, so many days later. */
function later(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

test.describe('units that are not the defaults', () => {
  const TIME = /\d:\d\d\s[ap]m/;

  test.afterEach(async ({ page }) => {
    await chooseUnits(page, ['°C', 'Kilometres', '17:30', 'Monday']);
    await page.goto('/?metric=temperature_deviation&range=trip');
    await expect(page.locator('header.head')).not.toContainText(TIME);
    await expect(page.locator('figure[data-chart="temperature_deviation"] .chart-unit')).toHaveText('°C');
  });

  test('°F, miles, twelve hours and Sundays are kept to on every page', async ({ page }) => {
    test.setTimeout(120_000);
    await signIn(page);
    await chooseUnits(page, ['°F', 'Miles', '5:30 pm', 'Sunday']);
    const main = page.getByRole('main');
    const clock = page.locator('header.head');

    await page.goto('/?metric=temperature_deviation&range=trip');
    await hydrated(page);
    await expect(clock).toContainText(TIME);
    const chart = page.locator('figure[data-chart="temperature_deviation"]');
    await expect(chart.locator('.chart-unit')).toHaveText('°F');
    await expect(chart.locator('.chart-readout')).toContainText(/\d\.\d\d\s°F/);
    await expect(chart.locator('svg[role="img"]:visible').first()).toHaveAttribute('aria-label', /\d\.\d\d\s°F/);
    await expect(page.locator('.alarm-detail').first()).toContainText(TIME);
    await expect(main).not.toContainText('°C');
    await picture(page, 'units-overview');

    await page.goto('/compare?metrics=temperature_deviation,spo2_night&metric=temperature_deviation');
    await hydrated(page);
    await expect(clock).toContainText(TIME);
    const lanes = page.locator('figure[data-chart="stack"] svg:visible text');
    await expect(lanes.filter({ hasText: /^°F$/ }).first()).toBeVisible();
    await expect(page.getByRole('region', { name: /^Difference/ }).locator('tbody tr').first()).toContainText('°F');
    await expect(page.getByRole('region', { name: 'What it says' })).toContainText(/\d\s°F/);
    await expect(main).not.toContainText('°C');

    await page.goto('/workouts');
    await hydrated(page);
    await expect(clock).toContainText(TIME);
    const days = page.locator('table.week tbody tr');
    await expect(days).toHaveCount(7);
    await expect(days.first().locator('th')).toContainText(/^\s*Sun/);
    await expect(days.last().locator('th')).toContainText(/^\s*Sat/);
    const sunday = (await days.first().getAttribute('data-day')) ?? '';
    for (const [name, first] of [['Next week', later(sunday, 7)], ['Previous week', sunday], ['Previous week', later(sunday, -7)]]) {
      await page.getByRole('link', { name }).click();
      await expect(days.first()).toHaveAttribute('data-day', first);
    }
    // The demo's hike of four days ago; of its week the day decides, whoever sent the address.
    const hike = later(new Date().toISOString().slice(0, 10), -4);
    await page.goto(`/workouts?week=${hike}&day=${hike}`);
    await hydrated(page);
    await expect(page.locator(`table.week tr[data-day="${hike}"] a[aria-current="true"]`)).toBeVisible();
    await expect(page.locator('.workout-head > p')).toContainText(TIME);
    const hours = page.locator('figure[data-chart="workout_heart_rate"] svg:visible text');
    await expect(hours.filter({ hasText: /^\d+:\d\d\s[ap]m$/ }).first()).toBeVisible();
    await expect(main).toContainText(/\d\.\d\smi/);
    await expect(main).not.toContainText(/\d\skm/);
    await fitsTheScreen(page);
    await picture(page, 'units-workouts');

    await page.goto('/day');
    await hydrated(page);
    await expect(clock).toContainText(TIME);
    await expect(page.getByRole('row', { name: /^In bed/ })).toContainText(/\d:\d\d\s[ap]m to \d+:\d\d\s[ap]m/);
    const axis = page.locator('figure[data-chart="night"] svg:visible text');
    await expect(axis.filter({ hasText: /^\d+:\d\d\s[ap]m$/ }).first()).toBeVisible();
    await fitsTheScreen(page);
    await picture(page, 'units-day');

    await page.goto('/data?range=trip&metrics=temperature_deviation');
    await hydrated(page);
    await expect(clock).toContainText(TIME);
    const value = page.locator('.data-values td[data-value]').first();
    await expect(value).toHaveText(/^[+−]?\d+\.\d\d\s°F$/);
    // What is kept, and what is handed out as a file, stays in °C.
    const celsius = Number(await value.getAttribute('data-value'));
    const written = ((await value.textContent()) ?? '').replace('−', '-').replace('+', '');
    expect(Number.parseFloat(written)).toBeCloseTo(celsius * 1.8, 1);
    await expect(page.locator('.data-values tbody')).toContainText(TIME);
    const file = await page.request.get('/data.csv?range=trip&metrics=temperature_deviation');
    expect(await file.text()).toContain('°C');
    expect(await file.text()).not.toContain('°F');

    await page.goto('/connections');
    await hydrated(page);
    await expect(clock).toContainText(TIME);
    await expect(page.locator('[data-connection="a-oura"] .last-sync')).toContainText(TIME);
    await fitsTheScreen(page);
    await picture(page, 'units-connections');
  });
});

const GPX = `<?xml version="1.0"?>
<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1"><trk><name>Round the hill</name><trkseg>
${Array.from({ length: 120 }, (_, minute) => {
  const time = new Date(Date.UTC(2026, 9, 5, 2, minute)).toISOString();
  return `<trkpt lat="27.7" lon="86.7"><ele>${2800 + 5 * minute}</ele><time>${time}</time></trkpt>`;
}).join('\n')}
<trkpt lat="27.7" lon="86.7"><ele>3400</ele></trkpt>
</trkseg></trk></gpx>`;

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('a track is read, thinned, looked through and saved; then the itinerary is put back', async ({ page }) => {
    await signIn(page);
    await page.goto('/settings');
    const read = async (name: string, text: string) => {
      const trip = section(page, 'Itinerary');
      await trip.locator('details.set-import > summary').click();
      await trip.getByLabel(/^File/).setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });
      await trip.getByRole('button', { name: 'Read the points' }).click();
    };
    const kept: string[][] = await section(page, 'Itinerary')
      .locator('tbody tr')
      .evaluateAll((rows) =>
        rows.map((row) => [...row.querySelectorAll<HTMLInputElement>('input.field')].map((input) => input.value)),
      );
    const days = {
      first: await section(page, 'Itinerary').getByLabel('Day 1').inputValue(),
      last: await section(page, 'Itinerary').getByLabel('Last day').inputValue(),
    };

    await read('walk.gpx', GPX);
    const trip = section(page, 'Itinerary');
    await expect(trip.getByRole('status').filter({ hasText: 'Nothing is saved yet' })).toContainText('120 points');
    await expect(trip.getByText('1 not read: which, and why')).toBeVisible();
    await expect(trip.locator('tbody tr:visible')).toHaveCount(2);
    await picture(page, 'settings-import');
    await trip.getByRole('button', { name: 'Save the itinerary' }).click();
    await expect(section(page, 'Itinerary').getByText('The itinerary is saved.')).toBeVisible();

    await read('bomb.gpx', '<!DOCTYPE x [<!ENTITY a "b">]><gpx>&a;</gpx>');
    await expect(section(page, 'Itinerary').getByRole('alert')).toContainText('document type');

    const rows = kept.filter(([date]) => date);
    const csv = ['at,altitude_m,place,utc_offset']
      .concat(rows.map(([date, time, offset, altitude, place]) => `${date}T${time},${altitude},${place},${offset}`))
      .join('\n');
    await page.goto('/settings');
    await read('back.csv', csv);
    await section(page, 'Itinerary').getByLabel('Day 1').fill(days.first);
    await section(page, 'Itinerary').getByLabel('Last day').fill(days.last);
    await section(page, 'Itinerary').getByRole('button', { name: 'Save the itinerary' }).click();
    await expect(section(page, 'Itinerary').getByText('The itinerary is saved.')).toBeVisible();
    await page.goto('/');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.locator('header.head')).toContainText('Day 9');
  });

  test('rows are added and go without being saved in between', async ({ page }) => {
    await signIn(page);
    await page.goto('/settings');
    const before = await section(page, 'Itinerary').locator('tbody tr').count();
    await section(page, 'Itinerary').getByRole('button', { name: 'Add a row' }).click();
    await expect(section(page, 'Itinerary').locator('tbody tr')).toHaveCount(before + 1);
    await expect(section(page, 'Itinerary').getByText('Nothing is saved yet.')).toBeVisible();
    await page.goto('/settings');
    await expect(section(page, 'Itinerary').locator('tbody tr')).toHaveCount(before);
  });

  test('A and B change sides and back', async ({ page }) => {
    await signIn(page);
    const values = () => page.locator('article[data-metric="hrv_rmssd"] [data-value]').allTextContents();
    const before = await values();
    for (const expected of [[...before].reverse(), before]) {
      await page.goto('/settings');
      await page.getByRole('button', { name: 'Exchange A and B' }).click();
      await expect(section(page, 'Twins').getByRole('status')).toContainText('changed sides');
      await page.goto('/');
      expect(await values()).toEqual(expected);
    }
  });
});
