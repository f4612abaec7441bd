// SPDX-License-Identifier: Apache-2.0
// The pages are accessible, load little, and fit every screen size.
import assert from 'node:assert/strict'
import { test } from 'node:test'

import { axeFaults, desk, openPage, phone, picture, signIn, upright, wide, wordless } from './browser.mjs'
import { person, takeIn } from './hall.mjs'

/** Every page, and the role that opens it. */
const pages = [
  { name: 'sign-in', path: '/sign-in', ready: '#sign-in-name', sizes: { desk, wide } },
  { name: 'window', path: '/window', role: 'WINDOW_CLERK', sizes: { desk, wide } },
  { name: 'tasks', path: '/tasks', role: 'APPROVER', sizes: { desk, wide } },
  { name: 'begin-page', path: '/begin', role: 'DEPARTMENT_LEAD', sizes: { desk, wide } },
  { name: 'counter', path: '/counter', role: 'CASHIER', sizes: { desk, wide } },
  { name: 'questions', path: '/questions', role: 'WINDOW_CLERK', sizes: { desk, wide } },
  { name: 'approvals', path: '/approvals', role: 'BUSINESS_MANAGER', sizes: { desk, wide } },
  { name: 'supervision', path: '/supervision', role: 'SUPERVISOR', sizes: { desk, wide } },
  { name: 'reports', path: '/reports', role: 'BUSINESS_MANAGER', sizes: { desk, wide } },
  { name: 'administration', path: '/administration', role: 'BUSINESS_MANAGER', sizes: { desk, wide } },
  { name: 'administration-people', path: '/administration', role: 'ADMINISTRATOR', sizes: { desk, wide } },
  { name: 'case', path: '/case/', role: 'SUPERVISOR', of: immediate, sizes: { desk, wide } },
  { name: 'display', path: '/display', sizes: { wide } },
  { name: 'ticket', path: '/ticket', sizes: { phone } },
  { name: 'kiosk', path: '/kiosk', sizes: { upright } },
  { name: 'kiosk-items', path: '/kiosk/guide', sizes: { upright } },
  { name: 'kiosk-guide', path: '/kiosk/guide/CON-01', sizes: { upright } },
  { name: 'kiosk-tickets', path: '/kiosk/ticket', sizes: { upright } },
  { name: 'kiosk-progress', path: '/kiosk/progress', sizes: { upright } },
]

/** The number of a case that the window finishes: it has no flow. */
async function immediate(world) {
  return (await takeIn(world, (all) => all)).caseNumber
}

const FIRST_PAGE_BYTES = 300 * 1024

async function settled(page) {
  await page.locator('main').first().waitFor()
  await page.waitForFunction(() => document.querySelector('[aria-busy=true]') === null)
}

export default function (world) {
  for (const { name, path, role, of, sizes } of pages)
    test(`${name}: nobody is shut out, nothing breaks, and it holds at its sizes`, async () => {
      const page = await openPage(world.browser, world.hall, Object.values(sizes)[0])
      const missing = [] // what a page asks for is there
      page.on('response', (answer) => answer.status() >= 400 && missing.push(`${answer.status()} ${answer.url()}`))
      if (role) await signIn(page, person(world.hall, role))
      const address = path + (of ? await of(world) : '')
      for (const [size, viewport] of Object.entries(sizes)) {
        await page.setViewportSize(viewport)
        await page.goto(address)
        await settled(page)
        assert.deepEqual(await wordless(page), [])
        const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
        assert.ok(over <= 0, `${over} px wider than a screen of ${viewport.width}`)
        await picture(page, Object.keys(sizes).length > 1 ? `${name}-${size}` : name)
      }
      assert.deepEqual(await axeFaults(page), [])
      assert.deepEqual(page.faults, [])
      assert.deepEqual(missing, [])
      await page.context().close()
    })

  test('the first page is light, and every byte of it comes from the hall', async () => {
    const page = await openPage(world.browser, world.hall)
    const devtools = await page.context().newCDPSession(page)
    await devtools.send('Network.enable')
    let bytes = 0
    const foreign = []
    devtools.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength))
    devtools.on('Network.requestWillBeSent', ({ request }) => {
      if (!request.url.startsWith(world.hall.url) && !request.url.startsWith('data:')) foreign.push(request.url)
    })
    await signIn(page, person(world.hall, 'WINDOW_CLERK'))
    await settled(page)
    assert.deepEqual(foreign, [])
    assert.ok(bytes > 0 && bytes < FIRST_PAGE_BYTES, `${bytes} bytes`)
    await page.context().close()
  })

  /* Measured and not judged: it depends on the machine. */
  test('the window can be typed into at once', async (told) => {
    const page = await openPage(world.browser, world.hall)
    await signIn(page, person(world.hall, 'WINDOW_CLERK'))
    const devtools = await page.context().newCDPSession(page)
    const usable = async () => {
      await page.goto('/window', { waitUntil: 'commit' })
      return (await page.waitForFunction(() => document.activeElement?.id === 'item' && performance.now(), null, { polling: 'raf' })).jsonValue()
    }
    await devtools.send('Network.clearBrowserCache')
    const first = await usable()
    const again = await usable()
    told.diagnostic(`window: usable after ${Math.round(first)} ms the first time, ${Math.round(again)} ms from then on`)
    await page.context().close()
  })

  test('the pages speak English at a switch', async () => {
    const page = await openPage(world.browser, world.hall)
    await page.goto('/sign-in')
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByRole('heading', { name: 'Staff sign-in' }).waitFor()
    assert.equal(await page.locator('html').getAttribute('lang'), 'en')
    await page.context().close()
  })
}
