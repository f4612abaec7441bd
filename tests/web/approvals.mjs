// SPDX-License-Identifier: Apache-2.0
// RULE H22: what needs a second person is agreed by his own act. Two people who are signed in: one asks, the
// other reads it in his list and answers by keyboard.
import assert from 'node:assert/strict'
import { test } from 'node:test'

import { openPage, paperOf, picture, press, pressAndConfirm, signIn } from './browser.mjs'
import { billed, hire, inApproval, person, takeIn } from './hall.mjs'

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
    await choose(cashier, number)
    await cashier.locator('[data-test=take-back]').waitFor()
    assert.equal(await cashier.locator('[data-test=agree]').count(), 0)
    await cashier.goto('/counter')

    // All that he decides on is beside the list.
    await choose(manager, number)
    const asked = manager.locator('[data-test=asked]')
    await asked.filter({ hasText: '残疾人保障法第五十条' }).filter({ hasText: '前未答复即失效' }).filter({ hasText: '减免此项费用' }).waitFor()
    await manager.locator('[data-test=applicant]').filter({ hasText: '赵*' }).waitFor()
    await manager.locator('.asked tr.marked').waitFor()
    await manager.locator('.asked').filter({ hasText: '必交材料已收齐' }).waitFor()
    assert.doesNotMatch(await manager.locator('.asked').innerText(), /赵一/)
    await picture(manager, 'approvals-asked')
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

  // RULE L32.4, H22
  test('a second request for what is missing waits for the head of the department, whose name the slip says', async () => {
    const { caseNumber, item } = await takeIn(world, (all) => all.slice(0, 1))
    const lead = world.hall.people.find((one) => one.role === 'DEPARTMENT_LEAD' && one.department === item.department)
    const clerk = await sit(world, 'WINDOW_CLERK', `/window?case=${caseNumber}`)
    const head = await openPage(world.browser, world.hall)
    await signIn(head, lead)
    await head.goto('/approvals')
    const chip = clerk.locator('[data-test=slip-correction]')
    await paperOf(clerk)
    await chip.filter({ hasText: '已打印' }).waitFor()
    await press(clerk, 'Alt+a')
    const dialog = clerk.getByRole('dialog')
    await dialog.locator('textarea').fill('首次告知有遗漏：缺附图')
    await dialog.locator('input[type=checkbox]').first().check()
    await picture(clerk, 'window-again')
    await send(clerk)
    await clerk.locator('[data-test=case-approvals]').filter({ hasText: '等待部门负责人同意' }).waitFor()

    await oneOf(head, caseNumber).waitFor()
    await choose(head, caseNumber)
    await head.locator('[data-test=asked]').filter({ hasText: '下列材料须重新提交' }).waitFor()
    await picture(head, 'approvals-again')
    await pressAndConfirm(head, 'F9')
    await oneOf(head, caseNumber).waitFor({ state: 'detached' })
    await clerk.locator('[data-test=asked-again]').filter({ hasText: /负责人 同意/ }).waitFor()
    assert.equal(await clerk.locator('[data-test=again]').count(), 0, 'there is no third request')
    await chip.filter({ hasNotText: '已打印' }).waitFor() // the second notice is not on paper yet
    await chip.click()
    const paper = await clerk.locator('.paper').innerText()
    assert.match(paper, /再次告知[^]*缺附图[^]*同意人\s+\S*负责人/)
    await picture(clerk, 'window-asked-again')
    for (const page of [clerk, head]) {
      assert.deepEqual(page.faults, [])
      await page.context().close()
    }
  })

  // RULE L42.1
  test('an extension of ten days is asked by the lead department and agreed to by its head', async () => {
    const number = await inApproval(world, 'TRA-01')
    const approver = await openPage(world.browser, world.hall)
    await signIn(approver, await hire(world, 'APPROVER', 'TRA'))
    await approver.goto(`/case/${number}`)
    const head = await openPage(world.browser, world.hall)
    await signIn(head, await hire(world, 'DEPARTMENT_LEAD', 'TRA'))
    await head.goto('/approvals')
    await approver.locator('[data-test=act-extend]').click()
    const dialog = approver.getByRole('dialog')
    await dialog.locator('input[type=number]').fill('10')
    await dialog.locator('textarea').fill('案情复杂，需补充核查')
    await send(approver)
    await approver.locator('[data-test=case-approvals]').filter({ hasText: '等待部门负责人同意' }).waitFor()

    await oneOf(head, number).filter({ hasText: '10 个工作日' }).waitFor()
    await choose(head, number)
    await pressAndConfirm(head, 'F9')
    await oneOf(head, number).waitFor({ state: 'detached' })
    await approver.locator('[data-test=approval-state]').filter({ hasText: '已同意' }).waitFor()
    await approver.locator('main ol').filter({ hasText: '延长 10 个工作日' }).waitFor()

    // The applicant is told in writing: why, by whose leave, until when.
    const { windows } = await world.administrator.ask('GET', '/windows')
    const clerk = await openPage(world.browser, world.hall)
    await signIn(clerk, await hire(world, 'WINDOW_CLERK', 'TRA', windows.find((one) => one.department === 'TRA' && one.open).window))
    await clerk.goto(`/window?case=${number}`)
    await clerk.locator('[data-test=slip-extension]').click()
    const paper = await clerk.locator('.paper').innerText()
    assert.match(paper, /延长办理期限告知书[^]*案情复杂，需补充核查[^]*延长 10 个工作日[^]*同意人\s+试TRA/)
    await picture(clerk, 'window-extension')
    await clerk.context().close()
    for (const page of [approver, head]) {
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

    // It stays with the one who asked, over every reload, until she has read it.
    await cashier.locator('[data-test=news]').waitFor()
    await cashier.goto('/approvals')
    await choose(cashier, number)
    await cashier.locator('[data-test=asked]').filter({ hasText: '依据不符' }).waitFor()
    await picture(cashier, 'approvals-answered')
    await press(cashier, 'd')
    await oneOf(cashier, number).waitFor({ state: 'detached' })
    await cashier.reload()
    await cashier.getByText('没有需要您同意的事项').first().waitFor()
    assert.equal(await oneOf(cashier, number).count(), 0)
    for (const page of [cashier, manager]) {
      assert.deepEqual(page.faults, [])
      await page.context().close()
    }
  })

  test('a grant pressed by mistake is taken back by the clerk and the lead of the department', async () => {
    const number = await billed(world)
    const clerk = await sit(world, 'WINDOW_CLERK', `/case/${number}`)
    const lead = await openPage(world.browser, world.hall)
    const { department } = person(world.hall, 'WINDOW_CLERK')
    await signIn(lead, world.hall.people.find((one) => one.role === 'DEPARTMENT_LEAD' && one.department === department))
    await lead.goto('/approvals')
    await clerk.locator('[data-test=act-undecide]').click()
    await clerk.getByRole('dialog').locator('textarea').fill('误操作：误选办件。')
    await picture(clerk, 'case-undecide')
    await send(clerk)
    await clerk.locator('[data-test=case-approvals]').filter({ hasText: '等待部门负责人同意' }).waitFor()

    await oneOf(lead, number).filter({ hasText: '撤销误操作' }).waitFor()
    await choose(lead, number)
    await picture(lead, 'approvals-undecide')
    await pressAndConfirm(lead, 'F9')
    await oneOf(lead, number).waitFor({ state: 'detached' })
    await clerk.locator('[data-state=ACCEPTED]').first().waitFor()
    await clerk.getByText('撤销决定', { exact: true }).first().waitFor() // in the timeline
    await picture(clerk, 'case-undecided')
    for (const page of [clerk, lead]) {
      assert.deepEqual(page.faults, [])
      await page.context().close()
    }
  })
}
