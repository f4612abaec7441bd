// SPDX-License-Identifier: Apache-2.0
const zh = {
  wrong: '不是有效的办件编号',
  wrongHint: '请核对后重新输入。',
  decide: '去办理',
  press: '催办',
  deliver: '到窗口页办理',
  counter: '到缴费窗口',
  pressed: '已催办',
  noFlow: '即办件由窗口当场办结，没有部门审批环节。',
  beforeFlow: '受理后进入部门审批环节。',
  task: '第 {stage} 环节 · {department} · {action}',
}
const en: typeof zh = {
  wrong: 'This is not a case number',
  wrongHint: 'Please check it and enter it again.',
  decide: 'Go to the decision',
  press: 'Remind',
  deliver: 'To the window page',
  counter: 'To the counter',
  pressed: 'Reminder sent',
  noFlow: 'An immediate item is finished at the window and needs no department.',
  beforeFlow: 'It goes to the departments once it is accepted.',
  task: 'Stage {stage} · {department} · {action}',
}
export default { zh, en }
