// SPDX-License-Identifier: Apache-2.0
// The reference hall as the pages show it: what it said of itself, what is assumed, and what its departments begin.
import assert from 'node:assert/strict'
import { test } from 'node:test'

import { axeFaults, openPage, picture, signIn, upright } from './browser.mjs'
import { named, newDocument, person } from './hall.mjs'

async function sit(world, who, path) {
  const page = await openPage(world.browser, world.hall)
  await signIn(page, who)
  await page.goto(path)
  return page
}

export default function (world) {
  test('a case that nobody applies for is begun by its department, by keyboard', async () => {
    const page = await sit(world, named(world.hall, 'approver-sta'), '/tasks')
    await page.locator('[data-test=begin]').waitFor()
    await page.keyboard.press('Alt+N')
    await page.locator('#item').fill('STA-05')
    await page.keyboard.press('Enter')
    await page.locator('#document').fill(newDocument())
    await page.locator('#name').fill('当事人')
    await page.locator('#phone').fill('13800138000')
    await page.locator('[data-test=all-materials]').waitFor()
    await page.keyboard.press('F4')
    assert.equal(await page.locator('[data-test=refuse]').count(), 0)
    assert.equal(await page.locator('#channel').inputValue(), 'BY_DEPARTMENT')
    assert.deepEqual(await axeFaults(page), [])
    await picture(page, 'begin')
    await page.keyboard.press('F9')
    await page.waitForURL(/\/case\/\d+/)
    await page.getByText('部门立案').first().waitFor()
    assert.deepEqual(page.faults, [])
    await page.context().close()
  })

  test('a window does not offer what its department begins', async () => {
    const page = await sit(world, named(world.hall, 'clerk-sta'), '/window')
    await page.locator('#item').click()
    await page.locator('#item-STA-01').waitFor()
    assert.equal(await page.locator('#item-STA-05').count(), 0)
    await page.context().close()
  })

  test('accepting before the guide has come says so, and works when it is there', async () => {
    const page = await sit(world, named(world.hall, 'clerk'), '/window')
    let release = () => undefined
    const held = new Promise((done) => (release = done))
    await page.route('**/items/CUL-02/guide*', async (route) => {
      await held
      await route.continue()
    })
    await page.locator('#item').fill('CUL-02')
    await page.keyboard.press('Enter')
    await page.locator('#document').fill(newDocument())
    await page.locator('#name').fill('王小明')
    await page.locator('#phone').fill('13800138000')
    await page.keyboard.press('F9')
    await page.getByText('办事指南还在加载').waitFor()
    release()
    await page.locator('[data-test=all-materials]').waitFor()
    assert.equal(await page.getByText('办事指南还在加载').count(), 0)
    await page.context().close()
  })

  test('the windows say whose post is vacant, what the hall said of it, and what is assumed', async () => {
    const page = await sit(world, person(world.hall, 'BUSINESS_MANAGER'), '/administration?tab=windows')
    const line = (n) => page.locator(`[data-window="${n}"]`)
    await line(19).waitFor()
    assert.match(await line(19).innerText(), /公安分局.*空岗[\s\S]*长期空岗[\s\S]*假定/)
    assert.match(await line(27).innerText(), /已撤出[\s\S]*联合办证大厅/)
    assert.match(await line(32).innerText(), /投诉受理[\s\S]*投诉中心/)
    assert.equal(await line(32).locator('[data-test=assumed]').count(), 0)
    assert.deepEqual(await axeFaults(page), [])
    await picture(page, 'administration-windows')
    await page.context().close()
  })

  /* RULE L30 */
  test('the kiosk says on which conditions and by which law, or that it is not given, and that limits are samples', async () => {
    const page = await openPage(world.browser, world.hall, upright)
    await page.goto('/kiosk/guide/CON-03')
    await page.locator('[data-test=conditions]').waitFor()
    assert.match(await page.locator('[data-test=conditions]').innerText(), /许可条件\s+未提供\s+法律依据：未提供/)
    assert.match(await page.locator('[data-test=source]').innerText(), /假定/)
    await page.goto('/kiosk/guide/FPC-01')
    assert.match(await page.locator('[data-test=source]').innerText(), /样例/)
    await page.context().close()
  })
}
