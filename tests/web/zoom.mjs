// SPDX-License-Identifier: Apache-2.0
// Zoomed in, every page is usable: nothing to the side of the screen, nothing covered, every control within reach.
// A browser's zoom of 200 % is a window of half the size with two device pixels for each of its own.
import assert from 'node:assert/strict'
import { test } from 'node:test'

import { desk, openPage, picture, signIn } from './browser.mjs'
import { person, takeIn } from './hall.mjs'

const ZOOMS = [125, 150, 200]
const of = (role, path) => ({ role, path: async () => path })

/** Every page for those who work at a screen, and the states of it that differ. */
const places = {
  'sign-in': { path: async () => '/sign-in' },
  window: { ...of('WINDOW_CLERK', '/window'), open: chooseItem },
  'window-cases': of('WINDOW_CLERK', '/window?view=cases'),
  'window-looks': of('WINDOW_CLERK', '/window?view=looks'),
  'window-case': { role: 'WINDOW_CLERK', path: async (world) => `/window?case=${(await takeIn(world, (all) => all)).caseNumber}` },
  tasks: { ...of('APPROVER', '/tasks'), open: (page) => page.keyboard.press('F9') },
  begin: { ...of('APPROVER', '/begin'), open: (page) => page.keyboard.press('Escape') }, // the list of items lies over what is below it
  counter: { ...of('CASHIER', '/counter'), open: (page) => page.locator('.counter aside button[aria-pressed]').first().click() },
  supervision: of('SUPERVISOR', '/supervision'),
  reports: of('BUSINESS_MANAGER', '/reports'),
  case: { role: 'SUPERVISOR', path: async (world) => `/case/${(await takeIn(world, (all) => all)).caseNumber}` },
  items: of('BUSINESS_MANAGER', '/administration?tab=items'),
  windows: of('BUSINESS_MANAGER', '/administration?tab=windows'),
  calendar: of('BUSINESS_MANAGER', '/administration?tab=calendar'),
  notices: of('BUSINESS_MANAGER', '/administration?tab=notices'),
  people: of('ADMINISTRATOR', '/administration?tab=people'),
  'sign-ins': of('ADMINISTRATOR', '/administration?tab=signIns'),
  denials: of('ADMINISTRATOR', '/administration?tab=denials'),
  rights: of('ADMINISTRATOR', '/administration?tab=rights'),
  tokens: of('ADMINISTRATOR', '/administration?tab=tokens'),
}

async function chooseItem(page) {
  await page.waitForFunction(() => document.activeElement?.id === 'item')
  await page.keyboard.type('CUL-02')
  await page.locator('#item-CUL-02').waitFor()
  await page.keyboard.press('Enter')
  await page.locator('#document').waitFor()
}

/** Scrolls each control into sight, and asks what lies on its middle: the control, or something that covers it. */
function unreachable() {
  const faults = []
  const side = document.documentElement.scrollWidth - document.documentElement.clientWidth
  if (side > 0) faults.push(`${side} px to the side of the screen`)
  const controls = [...document.querySelectorAll('a[href], button, input, select, textarea, [tabindex="0"]')]
  for (const one of controls) {
    if (!one.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || one.disabled || one.closest('.unseen, .skip, [aria-hidden=true], [inert]')) continue
    one.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' })
    const box = one.getBoundingClientRect()
    if (box.width < 2 || box.height < 2) continue
    const name = `<${one.localName}> ${(one.getAttribute('aria-label') ?? one.textContent ?? one.id).trim().slice(0, 30)} ${one.id} ${one.className}`
    // The part of it that is in the window: a long list is taller than that.
    const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)]
    const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)]
    if (right - left < Math.min(box.width, innerWidth) - 2 || bottom - top < 2) {
      faults.push(`${name} is out of reach: ${Math.round(box.left)}..${Math.round(box.right)}, ${Math.round(box.top)}..${Math.round(box.bottom)}`)
      continue
    }
    const over = document.elementFromPoint((left + right) / 2, (top + bottom) / 2)
    const isIt = over && (one.contains(over) || over.contains(one) || one.labels?.[0]?.contains(over) || over.closest('label')?.control === one || (one.closest('.el-input, .el-select, label') ?? one).contains(over))
    if (!isIt) faults.push(`${name} is covered by <${over?.localName}> ${over?.className}`)
  }
  return faults
}

export default function (world) {
  for (const [name, { role, path, open }] of Object.entries(places))
    for (const zoom of ZOOMS)
      test(`${name} at ${zoom} %: nothing is out of reach`, async () => {
        const factor = zoom / 100
        const viewport = { width: Math.floor(desk.width / factor), height: Math.floor(desk.height / factor) }
        const page = await openPage(world.browser, world.hall, viewport, { deviceScaleFactor: factor })
        if (role) await signIn(page, person(world.hall, role))
        await page.goto(await path(world))
        await page.locator('main').first().waitFor()
        await page.waitForFunction(() => document.querySelector('[aria-busy=true]') === null)
        await open?.(page)
        await page.waitForFunction(() => document.querySelector('[aria-busy=true]') === null)
        await picture(page, `zoom-${name}-${zoom}`)
        assert.deepEqual(await page.evaluate(unreachable), [])
        await page.context().close()
      })
}
