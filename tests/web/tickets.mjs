// SPDX-License-Identifier: Apache-2.0
// A visitor's way by ticket: the kiosk, the call at the window, the display.
import assert from 'node:assert/strict'
import { test } from 'node:test'

import { axeFaults, desk, openPage, phone, picture, press, signIn, upright, wide } from './browser.mjs'
import { Caller, person } from './hall.mjs'

/** An item that the demonstration's clerk takes in. */
const itemOf = async (world, clerk) =>
  (await new Caller(world.hall).ask('GET', `/items?department=${clerk.department}`)).items.find((one) => !one.byDepartment)

/** Takes a ticket without a page; its number as the pages show it. */
async function take(world, wish) {
  const { number } = await new Caller(world.hall).ask('POST', '/tickets', wish)
  return String(number).padStart(3, '0')
}

/** Everybody who waits at the clerk's window from an earlier test is called and served. */
async function emptyQueue(world, clerk) {
  const caller = new Caller(world.hall)
  await caller.signIn(clerk.name, clerk.password)
  for (;;) {
    const called = await caller.ask('POST', '/tickets/next', {}).catch((fault) => fault.problem)
    if (called.reason === 'NOBODY_WAITS') return
  }
}

export default function (world) {
  test('two presses at the kiosk take a ticket for a window, and one more prints it', async () => {
    const clerk = person(world.hall, 'WINDOW_CLERK')
    const page = await openPage(world.browser, world.hall, upright)
    await page.goto('/kiosk')
    await page.getByRole('link', { name: /取号/ }).click()
    await page.locator(`[data-test=ticket-w${clerk.window}]`).waitFor()
    assert.deepEqual(await axeFaults(page), [])
    await picture(page, 'kiosk-tickets')
    await page.locator(`[data-test=ticket-w${clerk.window}]`).click()
    const number = await page.locator('[data-test=ticket-number]').innerText()
    assert.match(number, /^\d{3,}$/)
    await page.getByText(/前面 \d+ 人/).first().waitFor()
    await page.evaluate(() => (window.print = () => (globalThis.printed = document.querySelector('[data-test=slip]').innerText)))
    await page.getByRole('button', { name: '打印号票' }).click()
    await page.waitForFunction(() => globalThis.printed)
    assert.match(await page.evaluate(() => globalThis.printed), new RegExp(number))
    assert.deepEqual(await axeFaults(page), [])
    await picture(page, 'kiosk-ticket-taken')
    await page.getByRole('button', { name: '回到首页' }).click()
    await page.getByRole('link', { name: /取号/ }).click()
    assert.equal(await page.locator('[data-test=ticket-number]').count(), 0) // nothing of it stays
    await page.context().close()
  })

  test('while the hall is closed, kiosk, telephone and display say when it opens', async () => {
    const opens = Date.UTC(2027, 0, 4, 1) // nine o'clock on a Monday
    for (const [device, path, shot] of [[upright, '/kiosk/ticket', 'kiosk-closed'], [phone, '/ticket', 'ticket-closed'], [wide, '/display', 'display-closed']]) {
      const page = await openPage(world.browser, world.hall, device)
      await page.route('**/calls', async (route) => {
        const response = await route.fetch()
        await route.fulfill({ response, json: { ...(await response.json()), calls: [], opensMs: String(opens) } })
      })
      await page.goto(path)
      assert.match(await page.locator('[data-test=hall-closed]').innerText(), /1月4日.*周一.*09:00/)
      assert.equal(await page.locator('[data-test=take], [data-test^=ticket-w]').count(), 0)
      assert.deepEqual(await axeFaults(page), [])
      await picture(page, shot)
      await page.context().close()
    }
  })

  test("the guide's button takes a ticket for the item", async () => {
    const item = await itemOf(world, person(world.hall, 'WINDOW_CLERK'))
    const page = await openPage(world.browser, world.hall, upright)
    await page.goto(`/kiosk/guide/${item.code}`)
    await page.locator('[data-test=take-ticket]').click()
    await page.locator('[data-test=ticket-number]').waitFor()
    await page.context().close()
  })

  test('keys alone call a ticket, its item opens the form, and the display shows the call', async () => {
    const clerk = person(world.hall, 'WINDOW_CLERK')
    await emptyQueue(world, clerk)
    const item = await itemOf(world, clerk)
    const [first, second] = [await take(world, { item: item.code }), await take(world, { item: item.code })]
    const display = await openPage(world.browser, world.hall, wide)
    await display.addInitScript(() => {
      globalThis.spoken = []
      Object.defineProperty(window, 'speechSynthesis', { value: { speak: (one) => globalThis.spoken.push(one.text) } })
    })
    await display.goto('/display?voice=zh')
    await display.locator('[data-test=queues]').getByText(/等候 2 人/).waitFor()

    const page = await openPage(world.browser, world.hall, desk)
    await signIn(page, clerk)
    await page.goto('/window')
    await page.getByText('等候 2 人').waitFor()
    await press(page, 'Alt+q')
    await page.locator('[data-test=ticket-here]').getByText(first).waitFor()
    await page.locator('.beside h2').getByText(item.nameZh).waitFor()
    await page.waitForFunction(() => document.activeElement?.id === 'document') // the applicant is next
    await picture(page, 'window-called')
    assert.deepEqual(await axeFaults(page), [])
    await display.locator('[data-test=calls] .last').getByText(first).waitFor()
    await display.waitForFunction(() => globalThis.spoken.length === 1)
    assert.equal(await display.evaluate(() => globalThis.spoken[0]), `请${[...first].join(' ')}号，到${clerk.window}号窗口。`)
    await picture(display, 'display-tickets')

    await press(page, 'Alt+w') // once more
    await display.waitForFunction(() => globalThis.spoken.length === 2)
    await press(page, 'Alt+x') // nobody came
    await page.locator('[data-test=ticket-here]').getByText('无').waitFor()
    await press(page, 'Alt+q')
    await page.locator('[data-test=ticket-here]').getByText(second).waitFor()
    await page.getByRole('button', { name: `重呼 ${first}` }).click() // there he is
    await page.locator('[data-test=ticket-here]').getByText(first).waitFor()
    await press(page, 'Alt+z')
    await page.locator('[data-test=ticket-here]').getByText('无').waitFor()
    assert.deepEqual(page.faults, [])
    await page.context().close()
    await display.context().close()
  })

  test('a ticket is sent on to the charging window, which calls it at the counter', async () => {
    const clerk = person(world.hall, 'WINDOW_CLERK')
    const cashier = person(world.hall, 'CASHIER')
    await emptyQueue(world, clerk)
    const number = await take(world, { window: clerk.window })
    const page = await openPage(world.browser, world.hall, desk)
    await signIn(page, clerk)
    await page.goto('/window')
    await page.getByText('等候 1 人').waitFor()
    await press(page, 'Alt+q')
    await page.locator('[data-test=ticket-here]').getByText(number).waitFor()
    await press(page, 'Alt+s')
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(/转到/).selectOption(`w${cashier.window}`)
    await picture(page, 'window-transfer')
    await press(page, 'Control+Enter')
    await page.locator('[data-test=ticket-here]').getByText('无').waitFor()
    await page.context().close()

    const counter = await openPage(world.browser, world.hall, desk)
    await signIn(counter, cashier)
    await counter.goto('/counter')
    await counter.locator('[data-test=call-next]').click()
    await counter.locator('[data-test=ticket-here]').getByText(number).waitFor()
    assert.deepEqual(await axeFaults(counter), [])
    await picture(counter, 'counter-called')
    await press(counter, 'Alt+z')
    await counter.locator('[data-test=ticket-here]').getByText('无').waitFor()
    await counter.context().close()
  })

  test('a telephone takes a ticket, follows it to its call, and gives another up', async () => {
    const clerk = person(world.hall, 'WINDOW_CLERK')
    await emptyQueue(world, clerk)
    const page = await openPage(world.browser, world.hall, phone)
    await page.goto('/ticket')
    await page.locator('#ticket-wish').selectOption(`w${clerk.window}`)
    assert.deepEqual(await axeFaults(page), [])
    await picture(page, 'telephone-take')
    await page.locator('[data-test=take]').click()
    await page.locator('[data-state=WAITING]').waitFor()
    await page.getByText('前面 0 人').waitFor()
    const caller = new Caller(world.hall)
    await caller.signIn(clerk.name, clerk.password)
    await caller.ask('POST', '/tickets/next', {})
    await page.locator('[data-state=CALLED]').getByText(`请到 ${clerk.window} 号窗口`).waitFor()
    assert.deepEqual(await axeFaults(page), [])
    await picture(page, 'telephone-called')
    await page.goto('/ticket')
    await page.locator('#ticket-wish').selectOption(`w${clerk.window}`)
    await page.locator('[data-test=take]').click()
    await page.locator('[data-test=leave]').click()
    await page.getByRole('button', { name: /不等了/ }).last().waitFor()
    await page.waitForFunction(() => !document.documentElement.hasAttribute('data-resting'))
    await page.keyboard.press('y')
    await page.locator('[data-state=GONE]').waitFor()
    await page.goto('/ticket/261130042aaaaaaaaaaaaaaaa')
    await page.getByText('没有这个号').waitFor()
    await page.context().close()
  })

  test('the reports say how long visitors waited, and each line opens its visits', async () => {
    const clerk = person(world.hall, 'WINDOW_CLERK')
    const caller = new Caller(world.hall)
    await caller.signIn(clerk.name, clerk.password)
    const number = await take(world, { window: clerk.window })
    await emptyQueue(world, clerk)
    const page = await openPage(world.browser, world.hall, desk)
    await signIn(page, person(world.hall, 'BUSINESS_MANAGER'))
    await page.goto('/reports')
    await page.locator(`[data-visit="${clerk.window}"]`).click()
    await page.locator('[data-test=visits-behind]').getByText(number, { exact: true }).first().waitFor()
    await picture(page, 'reports-visits')
    assert.deepEqual(await axeFaults(page), [])
    await page.context().close()
  })
}
