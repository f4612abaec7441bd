// SPDX-License-Identifier: Apache-2.0
// The tabs of the page, each with the permission that shows it. Pure.
export type Tab = 'items' | 'departments' | 'windows' | 'tables' | 'calendar' | 'notices' | 'people' | 'signIns' | 'denials' | 'rights' | 'tokens' | 'retention'

const TABS: { tab: Tab; permission: string }[] = [
  { tab: 'items', permission: 'PUBLISH' },
  { tab: 'departments', permission: 'PUBLISH' },
  { tab: 'windows', permission: 'PUBLISH' },
  { tab: 'calendar', permission: 'PUBLISH' },
  { tab: 'notices', permission: 'PUBLISH' },
  { tab: 'tables', permission: 'PUBLISH' },
  { tab: 'people', permission: 'MANAGE_PEOPLE' },
  { tab: 'signIns', permission: 'MANAGE_PEOPLE' },
  { tab: 'denials', permission: 'MANAGE_PEOPLE' },
  { tab: 'rights', permission: 'MANAGE_PEOPLE' },
  { tab: 'tokens', permission: 'MANAGE_PEOPLE' },
  { tab: 'retention', permission: 'SEE_RETENTION' },
]

export const tabsFor = (may: (permission: string) => boolean): Tab[] =>
  TABS.filter((one) => may(one.permission)).map((one) => one.tab)

/** The tab in the address, if this person has it; else his first. */
export const tabOf = (asked: unknown, tabs: Tab[]): Tab | undefined =>
  tabs.find((tab) => tab === asked) ?? tabs[0]
