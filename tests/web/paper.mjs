// SPDX-License-Identifier: Apache-2.0
// What goes on paper: slips alone and whole, on A5 and cut from A4; reports with whole charts, and the screen as it was.
import assert from 'node:assert/strict'
import { test } from 'node:test'

import { desk, openPage, picture, press, signIn } from './browser.mjs'
import { billed, person, takeIn } from './hall.mjs'

const px = (mm) => Math.floor((mm * 96) / 25.4)
const A5 = { width: px(148 - 24), height: px(210 - 24) }
const A4 = { width: px(210 - 24), height: px(297 - 24) }

async function sit(world, role, path) {
  const page = await openPage(world.browser, world.hall)
  await signIn(page, person(world.hall, role))
  await page.goto(path)
  return page
}

/** What a slip's paper would cut, and what else would be on it. */
function wrongOnPaper() {
  const slip = document.querySelector('.slip.printing')
  const faults = []
  if (document.documentElement.scrollWidth > innerWidth) faults.push(`${document.documentElement.scrollWidth} px on ${innerWidth}`)
  for (const one of slip.querySelectorAll('*')) {
    const box = one.getBoundingClientRect()
    if (box.width > 0 && (box.right > innerWidth + 1 || box.left < -1)) faults.push(`${one.localName} "${one.textContent.trim().slice(0, 30)}" is cut`)
  }
  const others = [...document.body.children].filter((one) => one !== slip && one.checkVisibility() && one.getBoundingClientRect().height > 0)
  return [...faults, ...others.map((one) => `<${one.localName} class="${one.className}"> is on the paper too`)]
}

/** Puts on paper what the key prints, and looks at it as the printer gets it. */
async function looked(page, name, key = 'F8') {
  await page.evaluate(() => (window.print = () => (globalThis.printing = true)))
  await press(page, key)
  await page.waitForFunction(() => globalThis.printing && document.querySelector('.slip.printing'))
  await page.emulateMedia({ media: 'print' })
  await page.setViewportSize(A5)
  assert.deepEqual(await page.evaluate(wrongOnPaper), [], name)
  const text = await page.locator('.slip.printing').innerText()
  await picture(page, `paper-${name}`, { fullPage: true })
  await page.emulateMedia({ media: 'screen' })
  await page.setViewportSize(desk)
  await page.evaluate(() => {
    globalThis.printing = false
    window.dispatchEvent(new Event('afterprint'))
  })
  return text
}

export default function (world) {
  test('the slips of a window are whole on paper, and nothing else is on it', async () => {
    const missing = await takeIn(world, (all) => all.slice(0, -1))
    const page = await sit(world, 'WINDOW_CLERK', `/window?case=${missing.caseNumber}`)
    await page.locator('[data-test=slip-correction]').waitFor()
    assert.match(await looked(page, 'correction'), /补正通知书/)
    await page.locator('[data-test=slip-receipt]').click()
    assert.match(await looked(page, 'receipt'), /材料接收凭证/)
    const refused = await takeIn(world, (all) => all.slice(0, -1))
    await refused.desk.ask('POST', `/cases/${refused.caseNumber}/refusal`, { ground: 'NOT_THIS_AUTHORITY', reason: '不属于本机关职权范围，请向市级部门申请。'.repeat(6), rightAuthority: '市文化和旅游局行政审批处' })
    await page.goto(`/window?case=${refused.caseNumber}`)
    await page.locator('[data-test=slip-refusal]').waitFor()
    assert.match(await looked(page, 'refusal'), /市文化和旅游局/)
    const denied = await takeIn(world, (all) => all)
    await page.goto(`/window?case=${denied.caseNumber}`)
    await page.locator('[data-test=slip-acceptance]').waitFor()
    assert.match(await looked(page, 'acceptance'), /受理通知书/)
    await denied.desk.ask('POST', `/cases/${denied.caseNumber}/finish`, { granted: false, reason: '经营场所不符合法定标准。' })
    await page.locator('[data-test=slip-denial]').waitFor()
    assert.match(await looked(page, 'denial'), /不符合法定标准/)
    await page.locator('[data-test=slip-delivery]').click()
    assert.match(await looked(page, 'delivery'), /送达/)
    assert.deepEqual(page.faults, [])
    await page.context().close()
  })

  test('the receipt of the counter is whole on paper', async () => {
    const number = await billed(world)
    const page = await sit(world, 'CASHIER', '/counter')
    await page.locator('#counter-scan').fill(number)
    await press(page, 'Enter')
    await page.locator('[data-test=take]').waitFor()
    await press(page, '1')
    await press(page, 'F9')
    await page.locator('.el-message-box .el-button--primary:focus').waitFor()
    await press(page, 'Enter')
    await page.locator('[data-test=order-state]').filter({ hasText: '已缴清' }).waitFor()
    assert.match(await looked(page, 'payment'), /¥10\.00/)
    await page.context().close()
  })

  test('the list of what to bring is whole on the kiosk’s roll', async () => {
    const page = await openPage(world.browser, world.hall)
    await page.goto('/kiosk/guide/CON-01')
    await page.evaluate(() => (window.print = () => undefined))
    await page.getByRole('button', { name: '打印材料清单' }).click()
    await page.locator('.slip.printing').waitFor({ state: 'attached' })
    await page.emulateMedia({ media: 'print' })
    await page.setViewportSize({ width: px(80 - 8), height: px(192) })
    assert.deepEqual(await page.evaluate(wrongOnPaper), [])
    await picture(page, 'paper-guide', { fullPage: true })
    await page.context().close()
  })

  test('reports keep their charts whole on paper, and the screen as it was', async () => {
    const page = await sit(world, 'BUSINESS_MANAGER', '/reports?period=year')
    await page.locator('.frame canvas').nth(1).waitFor()
    await page.locator('[data-test=unfold]').waitFor()
    const widths = () => page.locator('.frame canvas').evaluateAll((all) => all.map((one) => one.getBoundingClientRect().width))
    const before = await widths()
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
    await page.emulateMedia({ media: 'print' })
    await page.setViewportSize(A4)
    const charts = await page.locator('.frame').evaluateAll((all) =>
      all.map((frame) => {
        const [box, chart, card] = [frame, frame.querySelector('canvas'), frame.closest('.card')].map((one) => one.getBoundingClientRect())
        return { cut: chart.right > innerWidth || chart.bottom > box.bottom + 1, card: card.height, whole: getComputedStyle(frame.closest('.card')).breakInside }
      }),
    )
    assert.ok(charts.length > 1)
    for (const chart of charts) {
      assert.equal(chart.cut, false)
      assert.equal(chart.whole, 'avoid')
      assert.ok(chart.card < A4.height, `a card of ${chart.card} px does not fit on a sheet`)
    }
    assert.ok(await page.locator('#idle-windows').isVisible(), 'what is folded on the screen is on paper')
    await picture(page, 'paper-reports', { fullPage: true })
    await page.emulateMedia({ media: 'screen' })
    await page.setViewportSize(desk)
    await page.evaluate(() => dispatchEvent(new Event('afterprint')))
    await page.waitForFunction((was) => [...document.querySelectorAll('.frame canvas')].every((one, at) => one.getBoundingClientRect().width === was[at]), before)
    assert.equal(await page.locator('#idle-windows').isVisible(), false)
    assert.deepEqual(page.faults, [])
    await page.context().close()
  })
}
