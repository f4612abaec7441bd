// SPDX-License-Identifier: Apache-2.0
// One press, one action: every key of every page is pressed twice, at several distances, and held down; at
// most one command goes out, and nothing reaches the next step. Time is the page's own clock: no test sleeps.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

import { commandsOf, isCommand, openPage, pageKeys, picture, rested, signIn, upright } from './browser.mjs'
import { counterWithBill, person, root, takeIn } from './hall.mjs'

/** The pages of router.ts. */
const router = readFileSync(join(root, 'web/src/router.ts'), 'utf8')
const pageNames = [...router.matchAll(/^  \{ key: '(\w+)',.* path: '\//gm)].map(([, key]) => key)

const GAPS_MS = [0, 15, 70, 150, 350]
const patterns = [{ name: 'held down', held: true }, ...GAPS_MS.map((ms) => ({ name: `twice, ${ms} ms apart`, ms }))]

/** `between` runs between the two presses, on a clock that stands. */
async function pressTwice(page, key, { held, ms }, between = async () => {}) {
  if (held) {
    const chord = key.split(/(?<=.)\+/)
    for (const one of chord) await page.keyboard.down(one)
    await between()
    for (let n = 0; n < 8; n++) {
      await page.clock.runFor(40)
      await page.keyboard.down(chord.at(-1))
    }
    for (const one of chord.reverse()) await page.keyboard.up(one)
    return
  }
  await page.keyboard.press(key)
  await between()
  if (ms > 0) await page.clock.runFor(ms)
  await page.keyboard.press(key)
}

const stopClock = async (page) => page.clock.pauseAt((await page.evaluate(() => Date.now())) + 10_000)

async function sit(world, who, path, viewport) {
  const page = await openPage(world.browser, world.hall, viewport)
  await page.clock.install()
  if (who) await signIn(page, who)
  await page.goto(path)
  await settled(page)
  return page
}

async function settled(page) {
  await page.locator('main').first().waitFor()
  await page.waitForFunction(() => document.querySelector('[aria-busy=true]') === null)
  await rested(page)
}

/* ---- every key of every page: its commands are refused, so that the page stays where it is */

const clerk = (world) => person(world.hall, 'WINDOW_CLERK')
const caseIn = async (world, check) => `/window?case=${(await takeIn(world, (all) => all, check)).caseNumber}`
const asRole = (role, path) => ({ who: (world) => person(world.hall, role), path: () => path })

/** Of each page the states in which its keys differ; `acts`: in which one of them sends a command at once. */
const places = {
  signIn: [{ path: () => '/sign-in' }],
  window: [
    asRole('WINDOW_CLERK', '/window'),
    asRole('WINDOW_CLERK', '/window?view=cases'),
    asRole('WINDOW_CLERK', '/window?view=looks'),
    { who: clerk, path: (world) => caseIn(world, false), acts: true },
    { who: clerk, path: (world) => caseIn(world, true) },
  ],
  tasks: [asRole('APPROVER', '/tasks')],
  counter: [
    {
      ...asRole('CASHIER', '/counter'),
      path: counterWithBill,
      ready: (page) => page.locator('.counter aside button[aria-pressed]').first().click(),
    },
  ],
  questions: [asRole('WINDOW_CLERK', '/questions')],
  approvals: [asRole('BUSINESS_MANAGER', '/approvals')],
  supervision: [asRole('SUPERVISOR', '/supervision')],
  reports: [asRole('BUSINESS_MANAGER', '/reports')],
  administration: [
    asRole('BUSINESS_MANAGER', '/administration?tab=items'),
    asRole('BUSINESS_MANAGER', '/administration?tab=departments'),
    asRole('BUSINESS_MANAGER', '/administration?tab=windows'),
    asRole('BUSINESS_MANAGER', '/administration?tab=calendar'),
    asRole('BUSINESS_MANAGER', '/administration?tab=notices'),
    asRole('BUSINESS_MANAGER', '/administration?tab=tables'),
    asRole('ADMINISTRATOR', '/administration?tab=people'),
    asRole('ADMINISTRATOR', '/administration?tab=denials'),
    asRole('ADMINISTRATOR', '/administration?tab=rights'),
    asRole('ADMINISTRATOR', '/administration?tab=tokens'),
    asRole('BUSINESS_MANAGER', '/administration?tab=retention'),
  ],
  begin: [asRole('APPROVER', '/begin')],
  case: [{ who: (world) => person(world.hall, 'SUPERVISOR'), path: async (world) => `/case/${(await takeIn(world, (all) => all)).caseNumber}` }],
  ticket: [{ path: () => '/ticket' }],
  display: [{ path: () => '/display' }],
  kiosk: [{ path: () => '/kiosk', viewport: upright }, { path: () => '/kiosk/ticket', viewport: upright }, { path: () => '/kiosk/progress', viewport: upright }],
}

const refusal = { status: 409, contentType: 'application/problem+json', body: JSON.stringify({ reason: 'WRONG_STATE', title: 'refused' }) }

/** Does a key do anything at all here? What changes nothing at its first press is not pressed on. */
async function watchChanges(page) {
  await page.evaluate(() => {
    globalThis.changes = 0
    new MutationObserver((all) => (globalThis.changes += all.length)).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true })
    document.addEventListener('focusin', () => globalThis.changes++)
  })
}

const isDialogOpen = (page) => page.evaluate(() => [...document.querySelectorAll('[aria-modal=true]')].some((one) => one.checkVisibility()))

/** The page as it was before a key: without the dialog that it opened, and not elsewhere. */
async function goBack(page, at, reopen) {
  if (await isDialogOpen(page)) {
    await page.keyboard.press('Escape')
    await page.clock.runFor(1000)
  }
  if (page.url() !== at || (await isDialogOpen(page))) await reopen()
}

async function pressEveryKey(page, reopen) {
  const sent = commandsOf(page)
  await page.route((url) => url.pathname.startsWith('/api/v1/'), (route) =>
    isCommand(route.request()) ? route.fulfill(refusal) : route.fallback())
  await reopen()
  const at = page.url()
  let acted = 0
  for (const key of pageKeys) {
    await page.keyboard.press('Shift') // another key than the one before
    const before = await page.evaluate(() => globalThis.changes)
    for (const pattern of patterns) {
      sent.length = 0
      await pressTwice(page, key, pattern)
      await page.clock.runFor(1000)
      assert.ok(sent.length <= 1, `${key}, ${pattern.name}: ${sent.join(' ')}`)
      acted += sent.length
      if ((await page.evaluate((was) => globalThis.changes === was, before)) && sent.length === 0) break
      await goBack(page, at, reopen)
    }
  }
  return acted
}

/* ---- */

export default function (world) {
  test('every page of the router has its keys pressed here', () => {
    assert.deepEqual(Object.keys(places).sort(), [...pageNames].sort())
    assert.ok(pageNames.length >= 10 && pageKeys.length > 30)
  })

  for (const [name, states] of Object.entries(places))
    for (const [n, { who, path, viewport, ready, acts }] of states.entries())
      test(`${name} ${n + 1}: no key sends two commands, however it is pressed`, async () => {
        const at = await path(world)
        const page = await sit(world, who?.(world), at, viewport)
        const acted = await pressEveryKey(page, async () => {
          await page.clock.resume()
          await page.goto('about:blank')
          await page.goto(at)
          await settled(page)
          await ready?.(page)
          await settled(page)
          await watchChanges(page)
          await stopClock(page)
        })
        assert.ok(!acts || acted > 0, 'no key sent a command')
        assert.deepEqual(page.faults, [])
        await page.context().close()
      })

  /* ---- the hall takes the command, the state changes, and the second press meets the next step */

  const stateIs = (page, state) => page.locator(`[data-test=case-state][data-state=${state}]`).waitFor()

  async function atWindow(check) {
    const path = await caseIn(world, check)
    const page = await sit(world, clerk(world), path)
    await page.locator('[data-test=case-state]').waitFor()
    await stopClock(page)
    await page.clock.runFor(1000)
    return page
  }

  /** Whatever the second press could have begun has had its time. */
  async function ends(page, sent, state) {
    await page.clock.runFor(3000)
    await stateIs(page, state)
    assert.equal(await page.locator('.el-message-box:visible').count(), 0)
    assert.equal(sent.length, 1, sent.join(' '))
    await page.context().close()
  }

  /** The question closes in a while of the page's clock, and only then the command goes out. */
  async function arrives(page, sent, state) {
    for (let n = 0; n < 50 && sent.length === 0; n++) await page.clock.runFor(20)
    await stateIs(page, state)
  }

  async function question(page) {
    await page.keyboard.press('F9')
    await page.clock.runFor(1000)
    await page.locator('.el-message-box .el-button--primary:focus').waitFor()
  }

  for (const pattern of patterns) {
    test(`accepting: the key ${pattern.name} accepts, and the acceptance stays on the page`, async () => {
      const page = await atWindow(false)
      const sent = commandsOf(page)
      await pressTwice(page, 'F9', pattern, () => stateIs(page, 'ACCEPTED'))
      await ends(page, sent, 'ACCEPTED')
    })

    test(`granting: the key ${pattern.name} only asks`, async () => {
      const page = await atWindow(true)
      const sent = commandsOf(page)
      await pressTwice(page, 'F9', pattern)
      await page.clock.runFor(1000)
      await page.locator('.el-message-box').waitFor()
      await page.keyboard.press('F9')
      await page.clock.runFor(1000)
      assert.deepEqual(sent, [])
      await page.context().close()
    })

    test(`granting: Enter ${pattern.name} grants, and does not deliver`, async () => {
      const page = await atWindow(true)
      const sent = commandsOf(page)
      await question(page)
      await pressTwice(page, 'Enter', pattern, () => arrives(page, sent, 'CLOSED'))
      await ends(page, sent, 'CLOSED')
    })
  }

  test('a question that Enter led to is not answered by Enter', async () => {
    const page = await atWindow(true)
    const sent = commandsOf(page)
    await page.locator('[data-test=next]').focus()
    await page.keyboard.press('Enter')
    await page.clock.runFor(1000)
    await page.locator('.el-message-box .el-button--primary:focus').waitFor()
    await page.keyboard.press('Enter')
    await page.clock.runFor(1000)
    await picture(page, 'window-grant-ask')
    assert.deepEqual(sent, [])
    await page.keyboard.press(' ')
    await arrives(page, sent, 'CLOSED')
    await ends(page, sent, 'CLOSED')
  })

  test('a double click accepts and does nothing to what then stands in its place', async () => {
    const page = await atWindow(false)
    const sent = commandsOf(page)
    const { x, y, width, height } = await page.locator('[data-test=next]').boundingBox()
    await page.mouse.click(x + width / 2, y + height / 2)
    await stateIs(page, 'ACCEPTED')
    await page.clock.runFor(120)
    await page.mouse.click(x + width / 2, y + height / 2, { clickCount: 2 })
    await ends(page, sent, 'ACCEPTED')
  })

  /* RULE H3: a bill is paid once. */
  test('taking a payment: F9 only asks, and Enter takes it once', async () => {
    const page = await sit(world, person(world.hall, 'CASHIER'), await counterWithBill(world))
    await page.locator('.counter aside button[aria-pressed]').first().click()
    await page.locator('[data-test=take]').waitFor()
    const sent = commandsOf(page)
    await stopClock(page)
    await page.clock.runFor(1000)
    await pressTwice(page, 'F9', { held: true })
    await page.clock.runFor(1000)
    await page.locator('.el-message-box .el-button--primary:focus').waitFor()
    await picture(page, 'counter-ask')
    assert.deepEqual(sent, [])
    await pressTwice(page, 'Enter', { ms: 150 }, async () => {
      for (let n = 0; n < 50 && sent.length === 0; n++) await page.clock.runFor(20)
      await page.locator('[data-test=receipt]').waitFor()
    })
    await page.clock.runFor(2000)
    assert.equal(sent.length, 1, sent.join(' '))
    await page.context().close()
  })
}
