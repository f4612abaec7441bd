// SPDX-License-Identifier: Apache-2.0
// Scans of a case's papers: uploaded at the window, seen beside the papers by those who decide, each look on record.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'

import { axeFaults, desk, openPage, picture, signIn } from './browser.mjs'
import { Caller, hire, inApproval, person, takeIn } from './hall.mjs'

/** Whom inApproval() takes in. */
const APPLICANT = '11010519491231002X'
const PIXEL = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')
const PDF = Buffer.concat([Buffer.from('%PDF-1.4\n'), Buffer.alloc(100_000, 'x'), Buffer.from('\n%%EOF\n')])
const file = (name, mimeType, buffer) => ({ name, mimeType, buffer })

async function sit(world, who, path) {
  const page = await openPage(world.browser, world.hall, desk)
  await signIn(page, who)
  await page.goto(path)
  return page
}

export default function (world) {
  test('scans are uploaded at the window, and what is none is refused with the reason', async () => {
    const { caseNumber } = await takeIn(world, (all) => all, false)
    const page = await sit(world, person(world.hall, 'WINDOW_CLERK'), `/window?case=${caseNumber}`)
    await page.locator('[data-test=scan-file]').setInputFiles([file('a.pdf', 'application/pdf', PDF), file('b.png', 'image/png', PIXEL)])
    await page.locator('[data-test=scans] li').nth(1).waitFor()
    const lines = await page.locator('[data-test=scans] li').allInnerTexts()
    assert.ok(lines.some((one) => one.includes('PDF')) && lines.some((one) => one.includes('PNG')), lines.join())
    await picture(page, 'window-scans')
    assert.deepEqual(await axeFaults(page), [])
    await page.locator('[data-test=scan-file]').setInputFiles([file('letter.pdf', 'application/pdf', Buffer.from('no PDF at all'))])
    await page.locator('[data-test=scan-problem]').waitFor()
    assert.match(await page.locator('[data-test=scan-problem]').innerText(), /PDF/)
    assert.equal(await page.locator('[data-test=scans] li').count(), 2)

    await page.locator('[data-test=scans] li').filter({ hasText: 'PDF' }).locator('[data-test^=look-]').click()
    const saving = page.waitForEvent('download')
    await page.locator('[data-test=scans] a[download]').first().click()
    const saved = await saving
    assert.match(saved.suggestedFilename(), /\.pdf$/)
    assert.ok(PDF.equals(await readFile(await saved.path())), 'it comes back whole, of several pieces')
    assert.deepEqual(page.faults, [])
    await page.context().close()
  })

  /* RULE H21 */
  test('whoever decides looks at a scan, and the look is on record', async () => {
    const caseNumber = await inApproval(world, 'TRA-01')
    const { windows } = await world.administrator.ask('GET', '/windows')
    const clerk = await hire(world, 'WINDOW_CLERK', 'TRA', windows.find((one) => one.department === 'TRA' && one.open).window)
    const window = await sit(world, clerk, `/window?case=${caseNumber}`)
    await window.locator('[data-test=scan-file]').setInputFiles([file('b.png', 'image/png', PIXEL)])
    await window.locator('[data-test=scans] li').first().waitFor()
    await window.context().close()

    const approver = await hire(world, 'APPROVER', 'TRA')
    const page = await sit(world, approver, `/tasks?case=${caseNumber}`)
    await page.locator('[data-test^=look-]').first().click()
    const shown = page.locator('[data-test=scans] img')
    await shown.waitFor()
    await page.waitForFunction(() => document.querySelector('[data-test=scans] img').naturalWidth === 1)
    await picture(page, 'tasks-scan')
    const desk = new Caller(world.hall)
    await desk.signIn(clerk.name, clerk.password)
    const { search } = await desk.ask('POST', '/applicants/looks', { document: APPLICANT })
    const { looks } = await desk.ask('GET', `/applicants/looks/${search}`)
    assert.ok(looks.some((one) => one.actor === approver.name && one.caseNumber === caseNumber && one.purpose === '查看材料扫描件'), JSON.stringify(looks))
    assert.deepEqual(page.faults, [])
    await page.context().close()
  })
}
