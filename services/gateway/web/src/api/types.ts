// SPDX-License-Identifier: Apache-2.0
// The messages of the API as they come in JSON (docs/API.md): 64-bit numbers are strings, instants
// (...Ms) milliseconds since 1970 UTC, days (...Day) days since 1970 in the hall's time, money
// (...Fen) fen, working time (...Min) working minutes. Requests name what may be sent; every field
// of a request that is not needed may be left out (Partial<...>).

/* ---- shared */

export type Role =
  | 'PUBLIC'
  | 'WINDOW_CLERK'
  | 'APPROVER'
  | 'DEPARTMENT_LEAD'
  | 'CASHIER'
  | 'SUPERVISOR'
  | 'COMPLAINT_OFFICER'
  | 'BUSINESS_MANAGER'
  | 'REPORT_READER'
  | 'ADMINISTRATOR'
  | 'CITY_DESK'
export interface Clock {
  budgetMin: number
  usedMin: number
  pausedMin: number
  openPauses: number
  startedMs: string
  runningSinceMs: string
  pausedSinceMs: string
  stoppedMs: string
  dueMs: string
}
export type DayKind = 'HOLIDAY' | 'MAKE_UP_WORKING_DAY'
export interface CalendarDay {
  day: number
  kind: DayKind
  nameZh: string
  nameEn: string
}
export interface FeeFact {
  fee: string
  units: string
  days: number
}

/* ---- intake */

export type ApplicantKind = 'PERSON' | 'ORGANISATION'
export type Channel = 'AT_WINDOW' | 'ONLINE' | 'MOBILE' | 'BY_LETTER'
export type CaseState =
  | 'RECEIVED'
  | 'CORRECTION'
  | 'REFUSED'
  | 'ACCEPTED'
  | 'IN_APPROVAL'
  | 'SUSPENDED'
  | 'GRANTED'
  | 'DENIED'
  | 'PAYMENT_DUE'
  | 'CLOSED'
  | 'DELIVERED'
  | 'WITHDRAWN'
  | 'TERMINATED'
export type RefusalGround =
  | 'NO_LICENCE_NEEDED'
  | 'NOT_THIS_AUTHORITY'
  | 'NOT_ELIGIBLE'
  | 'NEVER_CORRECTED'
export type Delivery = 'HANDED_OVER' | 'POSTED' | 'ELECTRONIC'
export interface Applicant {
  kind: ApplicantKind
  name: string
  document: string
  phone: string
  address: string
  agentName: string
  agentDocument: string
}
export interface MaterialIn {
  seq: number
  copies: number
}
export interface Submit {
  item: string
  applicant: Applicant
  materials: MaterialIn[]
  channel: Channel
  fastLane: boolean
  facts: FeeFact[]
  check: boolean
  summary: string
}
export interface SubmitReply {
  caseNumber: string
  state: CaseState
  missing: Missing[]
  dueMs: string
}
export interface Missing {
  seq: number
  nameZh: string
  nameEn: string
  copies: number
}
export interface Check {
  caseNumber: string
}
export interface CheckReply {
  state: CaseState
  missing: Missing[]
  dueMs: string
}
export interface Supplement {
  caseNumber: string
  materials: MaterialIn[]
}
export interface Refuse {
  caseNumber: string
  ground: RefusalGround
  reason: string
  rightAuthority: string
}
export interface Finish {
  caseNumber: string
  granted: boolean
  reason: string
}
export interface FinishReply {
  state: CaseState
}
export interface Withdraw {
  caseNumber: string
  reason: string
}
export interface Terminate {
  caseNumber: string
  reason: string
}
export interface Deliver {
  caseNumber: string
  how: Delivery
  receipt: string
}
export interface ViewApplicant {
  caseNumber: string
  purpose: string
}
export interface ViewApplicantReply {
  applicant: Applicant
}
export interface RecallApplicant {
  document: string
}
export interface RecallApplicantReply {
  found: boolean
  applicant: Applicant
}
export interface PublishItem {
  item: string
  nameZh: string
  nameEn: string
  promisedDays: number
  statutoryDays: number
  offered: boolean
  materials: ItemMaterial[]
}
export interface PublishItemReply {
  version: number
}
export interface ItemMaterial {
  seq: number
  nameZh: string
  nameEn: string
  form: string
  copies: number
  required: boolean
}
export interface SetWindow {
  window: number
  department: string
  nameZh: string
  nameEn: string
  open: boolean
}
export interface PublishCalendar {
  year: number
  days: CalendarDay[]
}
export interface GetCalendar {
  year: number
}
export interface CalendarYear {
  year: number
  published: boolean
  days: CalendarDay[]
}
export interface ListItems {
  department: string
  search: string
}
export interface ListItemsReply {
  items: Item[]
}
export interface Item {
  code: string
  version: number
  department: string
  nameZh: string
  nameEn: string
  applicant: string
  handling: string
  statutoryDays: number
  promisedDays: number
  decisionLevel: string
  result: string
  windowCanFinish: boolean
  hasFee: boolean
}
export interface GetGuide {
  item: string
  version: number
}
export interface Guide {
  item: Item
  materials: ItemMaterial[]
  departmentZh: string
  windows: number[]
}
export interface ListItemVersions {
  item: string
}
export interface ListItemVersionsReply {
  versions: ItemVersion[]
}
export interface ItemVersion {
  version: number
  nameZh: string
  nameEn: string
  promisedDays: number
  statutoryDays: number
  offered: boolean
  fromMs: string
  by: string
}
export interface ListDepartmentsReply {
  departments: Department[]
}
export interface Department {
  code: string
  nameZh: string
  nameEn: string
}
export interface ListWindowsReply {
  windows: HallWindow[]
}
export interface HallWindow {
  window: number
  department: string
  nameZh: string
  nameEn: string
  open: boolean
}
export interface Involved {
  department: string
  sinceMs: string
}
export interface GetMaterials {
  caseNumber: string
}
export interface CaseMaterials {
  caseNumber: string
  item: string
  itemVersion: number
  channel: Channel
  fastLane: boolean
  applicantKind: ApplicantKind
  summary: string
  facts: FeeFact[]
  materials: CaseMaterial[]
  missing: Missing[]
  correctionDueMs: string
  department: string
  involved: Involved[]
}
export interface CaseMaterial {
  seq: number
  nameZh: string
  nameEn: string
  form: string
  required: boolean
  copies: number
  received: number
}
export interface GetProgress {
  caseNumber: string
}
export interface AskProgress {
  caseNumber: string
  lastFour: string
}
export interface Progress {
  caseNumber: string
  item: string
  itemNameZh: string
  department: string
  state: CaseState
  receivedMs: string
  acceptedMs: string
  decidedMs: string
  closedMs: string
  deliveredMs: string
  missing: Missing[]
  reason: string
  involved: Involved[]
}
export interface CountCases {
  fromMs: string
  toMs: string
}
export interface CountCasesReply {
  counts: StateCount[]
}
export interface StateCount {
  state: CaseState
  cases: string
}

/* ---- routing */

export type Action =
  | 'REVIEW'
  | 'CONSULT'
  | 'COUNTERSIGN'
  | 'SITE_SURVEY'
  | 'EXPERT_REVIEW'
  | 'DECIDE_CASE'
  | 'CITY_DECISION'
export type TaskState = 'OPEN' | 'AGREED' | 'DISAGREED' | 'CANCELLED'
export type FlowState = 'RUNNING' | 'FLOW_GRANTED' | 'FLOW_DENIED' | 'FLOW_CANCELLED'
export type PauseKind =
  | 'HEARING'
  | 'BIDDING'
  | 'AUCTION'
  | 'INSPECTION'
  | 'TESTING'
  | 'QUARANTINE'
  | 'APPRAISAL'
  | 'EXPERTS'
  | 'SURVEY'
export interface Task {
  stage: number
  no: number
  department: string
  action: Action
  lead: boolean
  counts: boolean
  state: TaskState
  clock: Clock
  opinion: string
  decidedBy: string
  openedMs: string
  decidedMs: string
  assignee: string
}
export interface Decide {
  caseNumber: string
  agree: boolean
  opinion: string
  staff: string[]
  stage: number
}
export interface DecideReply {
  flow: FlowState
  stage: number
  openTasks: number
  stageOpened: boolean
}
export interface TakeTask {
  caseNumber: string
}
export interface ReturnBranch {
  caseNumber: string
  department: string
  reason: string
}
export interface Pause {
  caseNumber: string
  kind: PauseKind
  notice: string
  plannedDays: number
}
export interface Resume {
  caseNumber: string
  kind: PauseKind
}
export interface Extend {
  caseNumber: string
  days: number
  approvedBy: string
  reason: string
}
export interface ListTasks {
  department: string
  limit: number
  after: string
  item: string
  assignee: string
}
export interface ListTasksReply {
  tasks: TaskLine[]
  next: string
  total: string
}
export interface TaskLine {
  caseNumber: string
  item: string
  fastLane: boolean
  task: Task
  dueMs: string
  remainingMin: number
}
export interface GetFlow {
  caseNumber: string
}
export interface Flow {
  state: FlowState
  stage: number
  stages: number
  clock: Clock
  dueMs: string
  tasks: Task[]
  pauses: PauseLine[]
  remainingMin: number
}
export interface PauseLine {
  kind: PauseKind
  notice: string
  plannedDays: number
  fromMs: string
  toMs: string
  department: string
}
export interface GetItemFlow {
  item: string
}
export interface GetItemFlowReply {
  steps: FlowStep[]
}
export interface FlowStep {
  stage: number
  department: string
  action: Action
  lead: boolean
  days: number
  counts: boolean
}
export interface ExplainDeadline {
  caseNumber: string
}
export interface ExplainDeadlineReply {
  dueMs: string
  days: ExplainedDay[]
  provisional: boolean
}
export interface ExplainedDay {
  day: number
  kind: string
  why: string
  countedMin: number
  pausedMin: number
  provisional: boolean
}
export interface CountFlowsReply {
  running: string
  granted: string
  denied: string
  cancelled: string
  tasks: string
  tasksOpen: string
}

/* ---- charging */

export type OrderState = 'DUE' | 'PAID' | 'NOTHING_DUE' | 'WAIVED' | 'CANCELLED'
export type Method = 'CASH' | 'CARD' | 'TRANSFER' | 'MOBILE_PAY'
export interface BillLine {
  no: number
  fee: string
  department: string
  nameZh: string
  nameEn: string
  units: string
  days: number
  amountFen: string
  working: string
  waivedFen: string
  refundedFen: string
}
export interface Pay {
  caseNumber: string
  method: Method
  shownFen: string
}
export interface PayReply {
  paidFen: string
  receipt: string
  order: string
}
export interface Waive {
  caseNumber: string
  line: number
  basis: string
  approvedBy: string
}
export interface WaiveReply {
  dueFen: string
  state: OrderState
}
export interface Refund {
  caseNumber: string
  line: number
  amountFen: string
  reason: string
  approvedBy: string
}
export interface RefundReply {
  refundedFen: string
}
export interface Quote {
  item: string
  facts: FeeFact[]
}
export interface QuoteReply {
  lines: BillLine[]
  totalFen: string
}
export interface GetOrder {
  caseNumber: string
}
export interface Bill {
  order: string
  state: OrderState
  totalFen: string
  dueFen: string
  paidFen: string
  receipt: string
  raisedMs: string
  paidMs: string
  lines: BillLine[]
}
export interface GetFees {
  item: string
}
export interface GetFeesReply {
  fees: FeeStandard[]
}
export interface FeeStandard {
  code: string
  item: string
  department: string
  nameZh: string
  nameEn: string
  kind: string
  unitFen: string
  unit: string
  freeUnits: string
  capFen: string
  basis: string
  tiers: Tier[]
}
export interface Tier {
  fromUnits: string
  toUnits: string
  unitFen: string
}
export interface GetTakings {
  fromMs: string
  toMs: string
}
export interface GetTakingsReply {
  orders: string
  paidOrders: string
  paidFen: string
  refundedFen: string
  waivedFen: string
  receipts: string
  departments: DepartmentTakings[]
}
export interface DepartmentTakings {
  department: string
  paidFen: string
}

/* ---- supervision */

export type Level = 'NOTICE' | 'YELLOW' | 'RED'
export type CardState = 'ISSUED' | 'PRESSED' | 'ANSWERED'
export interface Card {
  caseNumber: string
  task: number
  level: Level
  department: string
  item: string
  state: CardState
  issuedMs: string
  dueMs: string
  usedMin: number
  budgetMin: number
  pausedMin: number
  rule: string
  answer: string
  presses: number
}
export interface Press {
  caseNumber: string
  task: number
  words: string
}
export interface AnswerCard {
  caseNumber: string
  task: number
  level: Level
  answer: string
}
export interface ListDue {
  department: string
  limit: number
  atLeast: Level
}
export interface ListDueReply {
  lines: DueLine[]
  yellow: string
  red: string
}
export interface DueLine {
  caseNumber: string
  task: number
  department: string
  item: string
  lamp: Level
  dueMs: string
  nextMs: string
  remainingMin: number
  paused: boolean
  assignee: string
}
export interface ListCards {
  department: string
  level: Level
  limit: number
  caseNumber: string
}
export interface ListCardsReply {
  cards: Card[]
  yellow: string
  red: string
}

/* ---- reporting */

export interface Dossier {
  caseNumber: string
  item: string
  department: string
  window: number
  state: string
  fastLane: boolean
  receivedMs: string
  acceptedMs: string
  decidedMs: string
  closedMs: string
  deliveredMs: string
  dueMs: string
  overdue: boolean
  feeFen: string
  paidFen: string
  yellow: number
  red: number
  corrections: number
  summary: string
}
export interface TimelineEntry {
  atMs: string
  stream: string
  seq: string
  type: string
  actor: string
  department: string
  text: string
}
export interface GetDossier {
  caseNumber: string
}
export interface GetDossierReply {
  dossier: Dossier
  timeline: TimelineEntry[]
}
export type Figure =
  | 'RECEIVED'
  | 'ACCEPTED'
  | 'CORRECTED'
  | 'REFUSED'
  | 'WITHDRAWN'
  | 'TERMINATED'
  | 'GRANTED'
  | 'DENIED'
  | 'DECIDED'
  | 'ON_TIME'
  | 'CLOSED'
  | 'DELIVERED'
  | 'TASKS'
  | 'ORDERS'
  | 'FEE'
  | 'PAID'
  | 'YELLOW'
  | 'RED'
  | 'LATE'
export interface Search {
  item: string
  department: string
  state: string
  fromMs: string
  toMs: string
  window: number
  overdue: boolean
  limit: number
  after: string
  figure: Figure
  fromDay: number
  toDay: number
}
export interface SearchReply {
  dossiers: Dossier[]
  next: string
  counted: string[]
}
export interface Figures {
  received: string
  accepted: string
  corrected: string
  refused: string
  withdrawn: string
  granted: string
  denied: string
  closed: string
  delivered: string
  onTime: string
  feeFen: string
  paidFen: string
  yellow: string
  red: string
  tasks: string
  orders: string
  decided: string
  terminated: string
}
export interface Overview {
  fromDay: number
  toDay: number
}
export interface OverviewReply {
  total: Figures
  windows: WindowLine[]
}
export interface WindowLine {
  window: number
  department: string
  nameZh: string
  received: string
  closed: string
}
export type By = 'BY_DAY' | 'BY_ITEM' | 'BY_DEPARTMENT' | 'BY_WINDOW' | 'BY_MONTH'
export interface Rollup {
  fromDay: number
  toDay: number
  by: By
  department: string
  item: string
}
export interface RollupReply {
  lines: RollupLine[]
}
export interface RollupLine {
  key: string
  figures: Figures
}
export interface Board {
  nowMs: string
  handling: string
  receivedToday: string
  acceptedToday: string
  closedToday: string
  ready: string[]
  toPay: string[]
  toCorrect: string[]
}

/* ---- gateway */

export type SignInResult = 'SIGNED_IN' | 'FAILED' | 'LOCKED' | 'RESET'
export interface SignIn {
  name: string
  password: string
}
export interface Session {
  name: string
  fullName: string
  role: Role
  department: string
  window: number
  mustChangePassword: boolean
  csrfToken: string
  endsMs: string
  permissions: string[]
  hallNameZh: string
  hallNameEn: string
  demonstration: boolean
}
export interface Hall {
  nameZh: string
  nameEn: string
  demonstration: boolean
  nowMs: string
}
export interface ChangePassword {
  current: string
  next: string
}
export interface Person {
  name: string
  fullName: string
  role: Role
  department: string
  window: number
  shutOut: boolean
  mustChangePassword: boolean
  madeMs: string
  signedInMs: string
}
export interface ListPeople {
  after: string
  limit: number
}
export interface ListPeopleReply {
  people: Person[]
  next: string
}
export interface AddPerson {
  name: string
  fullName: string
  role: Role
  department: string
  window: number
}
export interface AddPersonReply {
  person: Person
  oneTimePassword: string
}
export interface ChangePerson {
  name: string
  fullName: string
  role: Role
  department: string
  window: number
  shutOut: boolean
}
export interface ResetPassword {
  name: string
}
export interface ResetPasswordReply {
  oneTimePassword: string
}
export interface ListSignIns {
  name: string
  limit: number
}
export interface ListSignInsReply {
  lines: SignInLine[]
}
export interface SignInLine {
  atMs: string
  name: string
  result: SignInResult
  address: string
}
export interface AddToken {
  name: string
  role: Role
  department: string
  window: number
  days: number
}
export interface AddTokenReply {
  secret: string
  endsMs: string
}
export interface ListTokensReply {
  tokens: Token[]
}
export interface Token {
  name: string
  role: Role
  department: string
  window: number
  madeMs: string
  endsMs: string
}
export interface RevokeToken {
  name: string
}
export interface Notice {
  notice: string
  textZh: string
  textEn: string
  fromMs: string
  toMs: string
  by: string
}
export interface ListNotices {
  coming: boolean
}
export interface ListNoticesReply {
  notices: Notice[]
}
export interface AddNotice {
  textZh: string
  textEn: string
  fromMs: string
  toMs: string
}
export interface RemoveNotice {
  notice: string
}

/* ---- live */

export interface LiveEvent {
  stream: 'intake' | 'routing' | 'charging' | 'supervision'
  type: string
  seq: string
  caseNumber?: string
  atMs: string
}
