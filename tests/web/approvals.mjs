// SPDX-License-Identifier: Apache-2.0
// RULE H22: what needs a second person is agreed by his own act. Two people who are signed in: one asks, the
// other reads it in his list and answers by keyboard.
import assert from 'node:assert/strict'
import { test } from 'node:test'

import { openPage, picture, press, pressAndConfirm, signIn } from './browser.mjs'
import { billed, person } from './hall.mjs'

async function sit(world, role, path) {
  const page = await openPage(world.browser, world.hall)
  await signIn(page, person(world.hall, role))
  await page.goto(path)
  return page
}

const badgeOf = (page) => page.locator('[data-test=badge]')
const oneOf = (page, number) => page.locator(`article[data-case="${number}"]`)

async function choose(page, number) {
  await oneOf(page, number).click()
  await page.locator(`article[data-case="${number}"][aria-current=true]`).waitFor()
}

/** Sends what is typed in the dialog, once the dialog can be read. */
async function send(page) {
  await page.locator('[data-test=act-submit]:enabled').waitFor()
  await press(page, 'Control+Enter')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
}

/** The cashier asks, at the counter, that the first line be waived. */
async function askWaiver(page, number) {
  await page.locator('#counter-scan').fill(number)
  await press(page, 'Enter')
  await page.getByRole('button', { name: '减免', exact: true }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.locator('textarea').fill('残疾人保障法第五十条')
  await send(page)
}

export default function (world) {
  test('a waiver waits for the manager, who agrees by his own keys', async () => {
    const number = await billed(world)
    const cashier = await sit(world, 'CASHIER', '/counter')
    const manager = await sit(world, 'BUSINESS_MANAGER', '/approvals')
    await askWaiver(cashier, number)

    await cashier.locator('.el-message').filter({ hasText: '等待另一人同意' }).waitFor()

    // Nothing is done yet, and the counter says for whom it waits.
    await cashier.locator('[data-test=case-approvals]').filter({ hasText: '等待业务主管同意' }).waitFor()
    assert.equal(await cashier.locator('[data-test=order-state]').innerText(), '待缴')
    await picture(cashier, 'counter-waits')

    // It came to the manager without a reload; the cashier cannot agree to it herself.
    await oneOf(manager, number).waitFor()
    await badgeOf(manager).waitFor()
    await picture(manager, 'approvals')
    await cashier.goto('/approvals')
    await oneOf(cashier, number).waitFor()
    assert.equal(await oneOf(cashier, number).locator('[data-test=agree]').count(), 0)
    await cashier.goto('/counter')

    await choose(manager, number)
    await pressAndConfirm(manager, 'F9')
    await oneOf(manager, number).waitFor({ state: 'detached' })
    await cashier.locator('#counter-scan').fill(number)
    await press(cashier, 'Enter')
    await cashier.locator('[data-test=order-state]').filter({ hasText: '已全部减免' }).waitFor()
    await cashier.locator('[data-test=approval-state]').filter({ hasText: '演示业务主管 于' }).waitFor()
    for (const page of [cashier, manager]) {
      assert.deepEqual(page.faults, [])
      await page.context().close()
    }
  })

  test('what is refused says why to the one who asked', async () => {
    const number = await billed(world)
    const cashier = await sit(world, 'CASHIER', '/counter')
    const manager = await sit(world, 'BUSINESS_MANAGER', '/approvals')
    await askWaiver(cashier, number)
    await oneOf(manager, number).waitFor()
    await choose(manager, number)
    await press(manager, 'F10')
    const dialog = manager.getByRole('dialog')
    await dialog.locator('textarea').fill('依据不符')
    await picture(manager, 'approvals-refuse')
    await send(manager)
    await oneOf(manager, number).waitFor({ state: 'detached' })
    await cashier.locator('[data-test=approval-state]').filter({ hasText: '未同意：依据不符' }).waitFor()
    assert.equal(await cashier.locator('[data-test=order-state]').innerText(), '待缴')
    for (const page of [cashier, manager]) {
      assert.deepEqual(page.faults, [])
      await page.context().close()
    }
  })
}
