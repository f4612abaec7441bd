// SPDX-License-Identifier: Apache-2.0
// Money at the counter: who waits, how it is paid, and what the papers and the sums say of it afterwards.
import assert from 'node:assert/strict'
import { test } from 'node:test'

import { openPage, paperOf, picture, press, pressAndConfirm, signIn } from './browser.mjs'
import { billed, Caller, person } from './hall.mjs'

async function caller(world, role) {
  const { name, password } = person(world.hall, role)
  const one = new Caller(world.hall)
  await one.signIn(name, password)
  return one
}

async function sit(world) {
  const page = await openPage(world.browser, world.hall)
  await signIn(page, person(world.hall, 'CASHIER'))
  await page.goto('/counter')
  return page
}

async function openBill(page, number) {
  await page.locator('#counter-scan').fill(number)
  await press(page, 'Enter')
  await page.locator('[data-test=order-state]').waitFor()
}

const isChosen = (page, method) => page.locator(`[data-test=method-${method}] input:checked`).waitFor({ state: 'attached' })
const digits = (text) => text.replace(/\D/g, '')

/** One person asks for the refund, another agrees. */
async function giveBack(world, number, fen) {
  const [cashier, manager] = [await caller(world, 'CASHIER'), await caller(world, 'BUSINESS_MANAGER')]
  await cashier.ask('POST', `/cases/${number}/refund`, { line: 1, amountFen: String(fen), reason: '多收' })
  const { approvals } = await manager.ask('GET', `/approvals/CHARGING?waiting=true&caseNumber=${number}`)
  await manager.ask('POST', `/approvals/CHARGING/${number}/${approvals[0].no}`, { agree: true })
}

export default function (world) {
  test('who has waited longest to pay stands first, and all are counted', async () => {
    await billed(world)
    const page = await sit(world)
    const { count, orders } = await (await caller(world, 'CASHIER')).ask('GET', '/orders/due?limit=200')
    assert.equal(Number(count), orders.length)
    assert.deepEqual(orders.map((one) => one.raisedMs), orders.map((one) => one.raisedMs).sort())
    const first = page.locator('.queue li').first()
    await first.waitFor()
    assert.equal(await page.locator('[data-test=waiting]').innerText(), count)
    assert.equal(digits(await first.locator('span').first().innerText()), orders[0].caseNumber)
    assert.equal(digits(await first.locator('strong').innerText()), orders[0].dueFen)
    await page.context().close()
  })

  test('ways to pay have the keys 1 to 4, and cash leads straight into its field', async () => {
    const number = await billed(world)
    const page = await sit(world)
    await openBill(page, number)
    await isChosen(page, 'MOBILE_PAY')
    await press(page, '3')
    await isChosen(page, 'CARD')
    await press(page, '2')
    await isChosen(page, 'CASH')
    await page.waitForFunction(() => document.activeElement?.id === 'counter-given')
    await page.keyboard.type('50')
    assert.equal(await page.locator('#counter-given').inputValue(), '50')
    await press(page, 'Alt+4') // where digits are typed
    await isChosen(page, 'TRANSFER')
    await press(page, '1')
    await isChosen(page, 'MOBILE_PAY')
    assert.deepEqual(page.faults, [])
    await page.context().close()
  })

  test('a receipt printed again is marked, says what the first said, and what was given back since', async () => {
    const number = await billed(world)
    const page = await sit(world)
    await openBill(page, number)
    await pressAndConfirm(page, 'F9')
    await page.locator('[data-test=receipt]').waitFor()
    const receipt = await paperOf(page)
    assert.match(receipt, /移动支付/)
    assert.doesNotMatch(receipt, /补打|退费/)

    await giveBack(world, number, 100)
    await page.locator('[data-test=sum-net]').waitFor()
    await picture(page, 'counter-refunded')
    const again = await paperOf(page)
    const [said, since] = again.split('首次打印之后的变动')
    assert.match(said, /补打件（第 2 次打印）首次打印/)
    assert.doesNotMatch(said, /退费/)
    assert.match(since, /退费[^]*-¥1\.00[^]*实收/)

    const { netFen, cashiers } = await (await caller(world, 'CASHIER')).ask('GET', `/takings?fromMs=${Date.now() - 3_600_000}`)
    assert.equal(String(cashiers.reduce((sum, one) => sum + BigInt(one.netFen), 0n)), netFen)
    assert.equal(await page.locator('[data-test=by-cashier] tbody tr').count(), cashiers.length)
    assert.match(since, /申请[^]*同意/) // both persons

    assert.match(await paperOf(page, 'Shift+F8'), /退费凭单[^]*¥1\.00[^]*壹元整[^]*多收/)
    assert.match(await paperOf(page, 'Shift+F8'), /退费凭单\s*补打件（第 2 次打印）/)
    assert.deepEqual(page.faults, [])
    await page.context().close()
  })
}
