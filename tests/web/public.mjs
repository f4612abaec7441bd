// SPDX-License-Identifier: Apache-2.0
// The pages for the public, without a sign-in: display and kiosk.
import assert from 'node:assert/strict'
import { test } from 'node:test'

import { openPage, upright, wide } from './browser.mjs'
import { Caller, takeIn } from './hall.mjs'

export default function (world) {
  test('the display changes by itself when a case comes in', async () => {
    const page = await openPage(world.browser, world.hall, wide)
    await page.goto('/display')
    const received = page.locator('[data-test=received]')
    await page.waitForFunction(() => /\d/.test(document.querySelector('[data-test=received]')?.textContent ?? ''))
    const before = parseInt(await received.innerText(), 10)
    await takeIn(world, (all) => all)
    await page.waitForFunction(
      (least) => parseInt(document.querySelector('[data-test=received]').textContent, 10) >= least,
      before + 1,
    )
    await page.context().close()
  })

  test('the display keeps what it shows when the hall is away, and says how old it is', async () => {
    const page = await openPage(world.browser, world.hall, wide)
    await page.clock.install()
    await page.goto('/display')
    await page.clock.runFor(2000)
    await page.waitForFunction(() => /\d/.test(document.querySelector('[data-test=handling]')?.textContent ?? ''))
    const shown = await page.locator('[data-test=handling]').innerText()
    await page.context().setOffline(true)
    await page.clock.runFor(60000)
    await page.getByText(/连接中断，正在恢复 · 数据截至/).waitFor()
    assert.equal(await page.locator('[data-test=handling]').innerText(), shown)
    await page.context().setOffline(false)
    await page.clock.runFor(10000)
    await page.getByText('实时更新').waitFor()
    await page.context().close()
  })

  /* RULE L30: items, limits, the full list of materials are published. */
  test('the kiosk tells what to bring', async () => {
    const page = await openPage(world.browser, world.hall, upright)
    await page.goto('/kiosk')
    await page.getByRole('link', { name: /办事指南/ }).click()
    const { items } = await new Caller(world.hall).ask('GET', '/items')
    const item = items.find((one) => one.code === 'CON-01')
    await page.getByRole('link', { name: new RegExp(item.nameZh) }).click()
    const guide = await new Caller(world.hall).ask('GET', '/items/CON-01/guide')
    for (const material of guide.materials) await page.getByText(material.nameZh, { exact: true }).first().waitFor()
    await page.getByRole('button', { name: '打印材料清单' }).waitFor()
    await page.context().close()
  })

  /* RULE H17: anyone can look up a case's progress and result. */
  test('the kiosk shows a case to who has its number and the last four characters', async () => {
    const { caseNumber } = await takeIn(world, (all) => all.slice(0, -1))
    const page = await openPage(world.browser, world.hall, upright)
    await page.goto('/kiosk/progress')
    for (const digit of caseNumber) await page.getByRole('button', { name: digit, exact: true }).click()
    await page.getByLabel('证件号码后四位').waitFor()
    for (const digit of '0021') await page.getByRole('button', { name: digit, exact: true }).click()
    await page.getByRole('button', { name: '查询', exact: true }).click()
    await page.getByText('没有查到').waitFor()
    for (let n = 0; n < 4; n++) await page.getByRole('button', { name: '删除' }).click()
    for (const digit of '002X') await page.getByRole('button', { name: digit, exact: true }).click()
    await page.getByRole('button', { name: '查询', exact: true }).click()
    await page.getByText('还需要补交').waitFor()
    assert.equal(await page.locator('[data-state]').getAttribute('data-state'), 'CORRECTION')
    assert.doesNotMatch(await page.locator('main').innerText(), /赵一/)
    await page.context().close()
  })

  test('the kiosk goes back to its start when nobody touches it, and keeps nothing', async () => {
    const page = await openPage(world.browser, world.hall, upright)
    await page.clock.install()
    await page.goto('/kiosk/progress')
    await page.getByLabel('办件编号').fill('2611')
    await page.clock.runFor(62000)
    await page.getByRole('alertdialog').waitFor()
    await page.clock.runFor(20000)
    await page.getByRole('heading', { name: '您好，请选择服务' }).waitFor()
    await page.getByRole('link', { name: /办理进度/ }).click()
    assert.equal(await page.getByLabel('办件编号').inputValue(), '')
    await page.context().close()
  })
}
