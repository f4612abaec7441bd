// SPDX-License-Identifier: Apache-2.0
// Every page of the router, and the states of it that differ: what walks over all pages takes them from here, and fails when
// the router has a page, or the administration a tab, that is not among them.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { openPage, signIn } from './browser.mjs'
import { counterWithBill, inApproval, person, root, takeIn } from './hall.mjs'

const of = (role, path) => ({ role, path: async () => path })

export const places = {
  'sign-in': { path: async () => '/sign-in' },
  window: { ...of('WINDOW_CLERK', '/window'), open: chooseItem },
  'window-cases': of('WINDOW_CLERK', '/window?view=cases'),
  'window-looks': of('WINDOW_CLERK', '/window?view=looks'),
  'window-case': { role: 'WINDOW_CLERK', path: async (world) => `/window?case=${(await takeIn(world, (all) => all)).caseNumber}` },
  tasks: { ...of('APPROVER', '/tasks'), open: (page) => page.keyboard.press('F9') },
  begin: { ...of('APPROVER', '/begin'), open: (page) => page.keyboard.press('Escape') }, // the list of items lies over what is below it
  counter: { role: 'CASHIER', path: counterWithBill, open: (page) => page.locator('.counter aside button[aria-pressed]').first().click() },
  questions: of('WINDOW_CLERK', '/questions'),
  approvals: of('BUSINESS_MANAGER', '/approvals'),
  supervision: of('SUPERVISOR', '/supervision'),
  'supervision-cards': { ...of('SUPERVISOR', '/supervision'), open: (page) => page.locator('[data-test=tab-cards]').click() },
  reports: { ...of('BUSINESS_MANAGER', '/reports'), open: (page) => page.locator('[data-test=unfold]').click() },
  case: { role: 'SUPERVISOR', path: async (world) => `/case/${(await takeIn(world, (all) => all)).caseNumber}` },
  'case-in-approval': { role: 'SUPERVISOR', path: async (world) => `/case/${await inApproval(world, 'TRA-01')}` },
  'case-with-cards': { role: 'SUPERVISOR', path: async () => '/supervision', open: openLate },
  items: of('BUSINESS_MANAGER', '/administration?tab=items'),
  departments: of('BUSINESS_MANAGER', '/administration?tab=departments'),
  windows: of('BUSINESS_MANAGER', '/administration?tab=windows'),
  calendar: of('BUSINESS_MANAGER', '/administration?tab=calendar'),
  tables: of('BUSINESS_MANAGER', '/administration?tab=tables'),
  notices: of('BUSINESS_MANAGER', '/administration?tab=notices'),
  people: of('ADMINISTRATOR', '/administration?tab=people'),
  signIns: of('ADMINISTRATOR', '/administration?tab=signIns'),
  denials: of('ADMINISTRATOR', '/administration?tab=denials'),
  rights: of('ADMINISTRATOR', '/administration?tab=rights'),
  tokens: of('ADMINISTRATOR', '/administration?tab=tokens'),
  retention: of('ADMINISTRATOR', '/administration?tab=retention'),
  display: { path: async () => '/display' },
  ticket: { path: async () => '/ticket' },
  kiosk: { path: async () => '/kiosk' },
  'kiosk-ticket': { path: async () => '/kiosk/ticket' },
  'kiosk-items': { path: async () => '/kiosk/guide' },
  'kiosk-guide': { path: async () => '/kiosk/guide/CON-01' },
  'kiosk-progress': { path: async () => '/kiosk/progress' },
}

async function chooseItem(page) {
  await page.waitForFunction(() => document.activeElement?.id === 'item')
  await page.keyboard.type('CUL-02')
  await page.locator('#item-CUL-02').waitFor()
  await page.keyboard.press('Enter')
  await page.locator('#document').waitFor()
}

async function openLate(page) {
  if (!page.url().includes('/case/')) await page.locator('tr[data-case] a').first().click()
  await page.waitForURL(/\/case\/\d+/)
  await page.locator('main ol').first().waitFor()
}

const settled = (page) => page.waitForFunction(() => document.querySelector('[aria-busy=true]') === null)

/** In its state, once it is loaded. */
export async function enter(page, name) {
  await page.locator('main').first().waitFor()
  await settled(page)
  await places[name].open?.(page)
  await settled(page)
}

/** The place in a context of its own. */
export async function openPlace(world, name, viewport) {
  const { role, path } = places[name]
  const page = await openPage(world.browser, world.hall, viewport)
  if (role) await signIn(page, person(world.hall, role))
  await page.goto(await path(world))
  await enter(page, name)
  return page
}

const sourceOf = (file) => readFileSync(join(root, 'web/src', file), 'utf8')

/** Is every page of the router, and every tab of the administration, among the places? */
export async function assertAllWalked(world) {
  const patterns = [...sourceOf('router.ts').match(/const pages: Page\[\] = \[(.*?)\n\]/s)[1].matchAll(/ path: '([^']+)'/g)].map(([, path]) => path)
  const walked = await Promise.all(Object.values(places).map(({ path }) => path(world)))
  assert.ok(patterns.length > 10)
  for (const pattern of patterns) {
    const whole = new RegExp(`^${pattern.replace(/\/:\w+\(\.\*\)\*/g, '(/.*)?').replace(/:\w+/g, '[^/]+')}(\\?.*)?$`)
    assert.ok(walked.some((path) => whole.test(path)), `nobody walks over ${pattern}`)
  }
  for (const [, tab] of sourceOf('pages/administration/tabs.ts').matchAll(/\{ tab: '(\w+)'/g))
    assert.ok(walked.includes(`/administration?tab=${tab}`), `nobody walks over the tab ${tab}`)
}
