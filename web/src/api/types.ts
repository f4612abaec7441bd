// SPDX-License-Identifier: Apache-2.0
// The messages of the API in JSON (docs/API.md): 64-bit numbers are strings, instants (...Ms)
// milliseconds since 1970 UTC, days (...Day) days since 1970 in the hall's time, money (...Fen) fen,
// working time (...Min) working minutes. Optional fields of a request may be left out (Partial<...>).

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
  | 'GOVERNMENT_HEAD'
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
  /** The deadline of an expired term that was paused afterwards. */
  overMs: string
  /** dueMs lies in a year whose holidays are not published. */
  provisional: boolean
}
export type Term = 'PROMISE' | 'STATUTORY' | 'PARALLEL' | 'DELIVERY' | 'PROCEDURE' | 'STEP'
export interface TermClock {
  term: Term
  clock: Clock
  remainingMin: number
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
export type DocumentKind =
  | 'IDENTITY_CARD'
  | 'CREDIT_CODE'
  | 'RESIDENCE_PERMIT'
  | 'PERMANENT_RESIDENCE_CARD'
  | 'PASSPORT'
  | 'HOME_RETURN_PERMIT'
  | 'TAIWAN_PERMIT'
  | 'OTHER_DOCUMENT'
export type Channel = 'AT_WINDOW' | 'ONLINE' | 'MOBILE' | 'BY_LETTER' | 'BY_DEPARTMENT'
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
/** RULE L45: what an item's site survey is by law; unspecified: it runs inside the term. */
export type SurveyKind = 'SURVEY_KIND_UNSPECIFIED' | 'BY_INSPECTION' | 'BY_TESTING' | 'BY_QUARANTINE' | 'BY_APPRAISAL'
export type Collector = 'THE_APPLICANT' | 'THE_AGENT' | 'ANOTHER_AGENT'
export interface Deliver {
  how: Delivery
  receipt: string
  collector?: Collector
  document?: string
  code?: string
  name?: string
  letter?: boolean
}
export type Delivery = 'HANDED_OVER' | 'POSTED' | 'ELECTRONIC'
export interface Applicant {
  kind: ApplicantKind
  name: string
  document: string
  documentKind: DocumentKind
  /** What another document is. */
  documentNote: string
  /** The check character is wrong, and a clerk compared the number with the paper. */
  documentSeen: boolean
  legalRepresentative: string
  phone: string
  address: string
  agentName: string
  agentDocument: string
  agentDocumentKind?: DocumentKind
  agentDocumentSeen: boolean
  agentPhone: string
  agentLetter: boolean
}
export interface MaterialIn {
  seq: number
  copies: number
}
/** RULE L32.3, L32.4: what was found of a paper; nothing said: right. */
export type Verdict = 'RIGHT' | 'ABSENT' | 'WRONG' | 'MENDED'
export const paperFaults = ['NOT_SIGNED', 'NOT_SEALED', 'NOT_FILLED_IN', 'PAGES_LACKING', 'NOT_LEGIBLE', 'PAST_ITS_DATE', 'DISAGREES', 'NOT_THE_FORM', 'OLD_BLANK', 'OTHER_FAULT'] as const
export type PaperFault = (typeof paperFaults)[number]
export interface PaperVerdict {
  seq: number
  verdict: Verdict
  fault?: PaperFault
  note: string
}
/** The last verdict on a paper, unless it is right. */
export interface Paper {
  seq: number
  verdict: 'WRONG' | 'MENDED'
  fault: PaperFault
  note: string
  by: string
  atMs: string
}
export interface Submit {
  item: string
  applicant: Applicant
  materials: MaterialIn[]
  verdicts: PaperVerdict[]
  channel: Channel
  fastLane: boolean
  facts: FeeFact[]
  check: boolean
  summary: string
  /** Refuse it when this applicant applied for the item today already. */
  once: boolean
  /** The number of the visitor's ticket; 0: he had none. */
  ticket: number
  shownRevision: string
}
export interface SubmitReply {
  caseNumber: string
  state: CaseState
  missing: Missing[]
  dueMs: string
  dueProvisional?: boolean
}
export interface Missing {
  seq: number
  nameZh: string
  nameEn: string
  copies: number
  /** What was wrong with the paper that was handed back. */
  fault: PaperFault | 'PAPER_FAULT_UNSPECIFIED'
  note: string
}
export interface CheckReply {
  state: CaseState
  missing: Missing[]
  dueMs: string
  dueProvisional?: boolean
}
export interface FinishReply {
  state: CaseState
}
export interface ViewApplicantReply {
  applicant: Applicant
}
export interface SearchCasesReply {
  search: string
}
export interface GetSearchReply {
  cases: FoundCase[]
  more: boolean
}
export interface FoundCase {
  caseNumber: string
  item: string
  state: CaseState
  receivedMs: string
  /** Masked. */
  name: string
}
export interface RecallApplicantReply {
  found: boolean
  applicant: Applicant
  /** What he applied for today already. */
  today: { item: string; caseNumber: string }[]
}
export interface PublishItem {
  shownRevision?: string
  isNew?: boolean
  item: string
  nameZh: string
  nameEn: string
  department: string
  seq: number
  applicant: string
  handling: string
  decisionLevel: string
  result: string
  windowCanFinish: boolean
  byDepartment: boolean
  promisedDays: number
  statutoryDays: number
  offered: boolean
  suspended: boolean
  materials: ItemMaterial[]
  steps: FlowStep[]
  fees: ItemFee[]
  survey?: SurveyKind
  source?: Source
  conditions: string
  basis: string
  text: ItemText
  decision: string
  decisionDay: number
  /** 0: today. */
  fromDay: number
}
/** What else the guide says; all of it may be empty. */
export interface ItemText {
  quantity: string
  procedure: string
  special: string
  hours: string
  place: string
  telephone: string
  online: string
  baseCode: string
  implementationCode: string
  businessCode: string
}
export interface ItemFee {
  code: string
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
  deposit: boolean
  reducible: boolean
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
  /** Who issues it. */
  source?: string
  note?: string
}
export interface CalendarYear {
  year: number
  published: boolean
  days: CalendarDay[]
  revision: string
}
export interface PreviewCorrectionReply {
  deadlines: CorrectedDeadline[]
  next: string
}
export interface CorrectedDeadline {
  caseNumber: string
  task: number
  term: Term
  department: string
  item: string
  fromMs: string
  toMs: string
  wasOver: boolean
  isOver: boolean
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
  survey?: SurveyKind
  /** Not applied for: its department begins the case. */
  byDepartment: boolean
  source: Source
  seq: number
  offered: boolean
  suspended: boolean
  /** Date of effect. */
  fromDay: number
}
/** Of what the catalogue says: this hall, a sample, or nobody. */
export type Source = 'SOURCE_UNSPECIFIED' | 'SAMPLE' | 'ASSUMED'
export interface Guide {
  item: Item
  materials: ItemMaterial[]
  departmentZh: string
  windows: number[]
  /** A condition a line; empty: not given, as the basis. */
  conditions: string
  basis: string
  text?: ItemText
  /** Empty: it came with the hall. */
  decision: string
  decisionDay: number
}
export interface ItemVersion {
  version: number
  nameZh: string
  nameEn: string
  promisedDays: number
  statutoryDays: number
  offered: boolean
  suspended: boolean
  fromMs: string
  by: string
  fromDay: number
  decision: string
  decisionDay: number
}
export interface Department {
  code: string
  nameZh: string
  nameEn: string
  presence: 'stationed' | 'vacant' | 'withdrawn'
  noteZh: string
  noteEn: string
  /** 0: not said. */
  floor: number
  revision: string
}
/** The open cases that were taken in at a window. */
export interface WindowCases {
  count: number
  cases: { caseNumber: string; item: string; state: CaseState; receivedMs: string }[]
}
export interface ListWindowsReply {
  windows: HallWindow[]
}
export interface HallWindow {
  revision: string
  window: number
  department: string
  nameZh: string
  nameEn: string
  open: boolean
  /** 0: not said. */
  floor: number
  /** Empty: the hall's own. */
  telephone: string
  kind: 'department' | 'consultation' | 'charging' | 'complaint' | 'office'
  source: Source
  status: 'open' | 'vacant' | 'closed'
}
export type TicketState = 'WAITING' | 'CALLED' | 'PASSED_OVER' | 'TRANSFERRED' | 'SERVED' | 'GONE'
export interface TakeTicketReply {
  number: number
  day: number
  queue: string
  /** Opens the ticket on the visitor's telephone. */
  code: string
  before: number
  forecastMin: number
}
export interface CalledTicket {
  number: number
  /** Empty: it was taken for a window. */
  item: string
  onlyWindow: number
  priority: boolean
  fastLane: boolean
  state: TicketState
  takenMs: string
  calledMs: string
  calls: number
  window: number
}
/** Of a call: null when nobody waits, and the ticket before it is served. */
export interface CallReply {
  ticket: CalledTicket | null
}
export interface ListWaitingReply {
  queue: string
  here: CalledTicket[]
  waiting: CalledTicket[]
  passed: CalledTicket[]
}
export interface GetTicketReply {
  number: number
  queue: string
  item: string
  state: TicketState
  window: number
  before: number
  forecastMin: number
  takenMs: string
}
export interface VisitLine {
  key: string
  called: string
  waitedMs: string
  longestMs: string
  served: string
  handledMs: string
  gone: string
}
export interface Visit {
  day: number
  number: number
  queue: string
  item: string
  window: number
  hour: number
  waitedMs: string
  handledMs: string
  called: boolean
  gone: boolean
}
export interface Call {
  number: number
  window: number
  calledMs: string
  calls: number
}
export interface GetCallsReply {
  calls: Call[]
  queues: { queue: string; waiting: number; forecastMin: number }[]
  opensMs: string
}
export interface Involved {
  department: string
  sinceMs: string
}
export interface CaseMaterials {
  revision: string
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
  /** Masked; where it was asked for. */
  applicant: string
  scans: Scan[]
}
export interface CaseMaterial {
  seq: number
  nameZh: string
  nameEn: string
  form: string
  required: boolean
  copies: number
  received: number
  paper: Paper | null
}
export type ScanType = 'PDF' | 'JPEG' | 'PNG' | 'OFD'
export interface Scan {
  scan: number
  seq: number
  type: ScanType
  bytes: string
  atMs: string
  /** "public": the applicant sent it himself. */
  by: string
}
export interface Progress {
  revision: string
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
  dueMs: string
  askedMs: string
  refusedMs: string
  ground: RefusalGround | 'REFUSAL_GROUND_UNSPECIFIED'
  rightAuthority: string
  delivery: Delivery | 'DELIVERY_UNSPECIFIED'
  deliveryReceipt: string
  collector: Collector | 'COLLECTOR_UNSPECIFIED'
  dueProvisional?: boolean
  /** RULE L44: by when the result is delivered; "0": not granted, or delivered. */
  deliverDueMs: string
  /** 0: not known, or nothing is to be paid. */
  toPayFen: string
  /** RULE L32.4: by when what is missing is brought; "0" unless a correction is asked. */
  correctionDueMs: string
  /** For the case's slips; empty in an answer to the public. */
  code: string
  place?: Place | null
  /** RULE L32.4: what was missing was asked for a second time. */
  askedAgain?: { atMs: string; reason: string; by: string; agreedBy: string } | null
  /** What was put right, in order. */
  amendments: Amendment[]
}
/** Which of these were put right, and why. */
export interface Amendment {
  atMs: string
  actor: string
  reason: string
  name: boolean
  phone: boolean
  address: boolean
  facts: boolean
}
/** Empty: it stays as it is. */
export interface Amend {
  name: string
  phone: string
  address: string
  facts: FeeFact[]
  reason: string
}
/** A window, for those who have to find it. */
export interface Place {
  window: number
  nameZh: string
  nameEn: string
  floor: number
  telephone: string
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
  /** Who had it and has left; empty once somebody has taken it. */
  leftBy: string
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
  /** The term that ends first, of the task (STEP) or of its case. */
  first: Term
  firstDueMs: string
  provisional: boolean
}
export interface Flow {
  revision: string
  state: FlowState
  stage: number
  stages: number
  clock: Clock
  dueMs: string
  tasks: Task[]
  pauses: PauseLine[]
  remainingMin: number
  provisional?: boolean
  /** Each term of the case, the promise first. */
  terms: TermClock[]
}
export interface PauseLine {
  kind: PauseKind
  notice: string
  plannedDays: number
  fromMs: string
  toMs: string
  department: string
  /** By when it was to be over, as the applicant was told. */
  plannedEndMs: string
  no: number
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
export interface ExplainDeadlineReply {
  dueMs: string
  days: ExplainedDay[]
  provisional: boolean
  term: Term
}
export interface ExplainedDay {
  day: number
  kind: string
  why: string
  countedMin: number
  pausedMin: number
  provisional: boolean
}

/* ---- charging */

export type PrintedSlip =
  | 'RECEIPT_OF_MATERIALS'
  | 'ACCEPTANCE_NOTICE'
  | 'CORRECTION_NOTICE'
  | 'REFUSAL_NOTICE'
  | 'DENIAL_NOTICE'
  | 'PROOF_OF_DELIVERY'
  | 'PAYMENT_RECEIPT'
  | 'REFUND_SLIP'
  | 'PROCEDURE_NOTICE'
  | 'EXTENSION_NOTICE'
export interface SlipLine {
  name: string
  text: string
}
export interface PrintSlipReply {
  times: number
  firstMs: string
  firstBy: string
  first: SlipLine[]
}

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
export interface PayReply {
  paidFen: string
  receipt: string
  order: string
}
export interface QuoteReply {
  lines: BillLine[]
  totalFen: string
}
export type CorrectionKind = 'WAIVER' | 'REFUND'
export interface Correction {
  posting: string
  kind: CorrectionKind
  line: number
  amountFen: string
  ground: string
  actor: string
  approvedBy: string
  atMs: string
}
export interface ToRefund {
  count: string
  orders: { caseNumber: string; item: string; keptFen: string; sinceMs: string; receipt: string }[]
}
export interface CashierTakings {
  cashier: string
  paidFen: string
  refundedFen: string
  netFen: string
  methods: { method: Method; paidFen: string; refundedFen: string; netFen: string }[]
}
export interface DueOrders {
  count: string
  orders: { caseNumber: string; item: string; dueFen: string; raisedMs: string }[]
}
export interface Bill {
  revision: string
  order: string
  state: OrderState
  totalFen: string
  dueFen: string
  paidFen: string
  receipt: string
  raisedMs: string
  paidMs: string
  lines: BillLine[]
  waivedFen: string
  refundedFen: string
  netFen: string
  method: Method
  cashier: string
  corrections: Correction[]
  /** Bills of the case before this one. */
  cancelled: CancelledOrder[]
}
export interface CancelledOrder {
  order: string
  totalFen: string
  raisedMs: string
  cancelledMs: string
  reason: string
}
export interface GetFeesReply {
  fees: FeeStandard[]
}
export interface FeeStandard extends ItemFee {
  item: string
  fromDay: number
  /** First day no longer in force; 0: no end. */
  toDay: number
}
export interface Tier {
  fromUnits: string
  toUnits: string
  unitFen: string
}
export interface GetTakingsReply {
  orders: string
  paidOrders: string
  paidFen: string
  refundedFen: string
  waivedFen: string
  receipts: string
  departments: DepartmentTakings[]
  netFen: string
  methods: MethodTakings[]
  cashiers: CashierTakings[]
}
export interface DepartmentTakings {
  department: string
  paidFen: string
  refundedFen: string
  netFen: string
  waivedFen: string
}
export interface MethodTakings {
  method: Method
  paidFen: string
  refundedFen: string
  netFen: string
}

/* ---- supervision */

export type Level = 'NOTICE' | 'YELLOW' | 'RED'
export type CardState = 'ISSUED' | 'PRESSED' | 'ANSWERED' | 'WITHDRAWN'
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
  term: Term
  /** "0" while it stands. */
  withdrawnMs: string
  /** Of a withdrawn card: the day that was counted wrongly, and why it was corrected. */
  correctedDay: number
  correctedReason: string
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
  term: Term
  provisional: boolean
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
  waivedFen: string
  refundedFen: string
  yellow: number
  red: number
  corrections: number
  summary: string
  /** The deadline lies in a year whose holidays are not published. */
  provisional: boolean
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
export interface GetDossierReply {
  dossier: Dossier
  timeline: TimelineEntry[]
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
  waivedFen: string
  refundedFen: string
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
  ready: Calls
  toPay: Calls
  toCorrect: Calls
}
/** Codes, the one most asked for first. */
export interface ListUsualReply {
  items: string[]
}
export interface Calls {
  /** How many there are; `latest` has at most twelve. */
  all: string
  latest: { caseNumber: string; window: number }[]
}

/* ---- gateway */

export type DenialKind = 'NO_RIGHT' | 'NO_LOOK' | 'NOT_SIGNED_IN' | 'FORGED' | 'MUST_WAIT' | 'GUESSED' | 'UNLISTED_KEY' | 'CUT_OFF' | 'BEYOND_ITS_LINE' | 'REMOVED_KEY' | 'REPLACED_KEY' | 'EXPIRED_KEY' | 'REFUSED_AT_SERVICE'
export type RightEvent = 'PERSON_ADDED' | 'PERSON_CHANGED' | 'PASSWORD_RESET' | 'PASSWORD_CHANGED' | 'SECOND_FACTOR_SET' | 'SECOND_FACTOR_REMOVED' | 'TOKEN_MADE' | 'TOKEN_REVOKED' | 'SESSION_ENDED'
export type SignInResult = 'SIGNED_IN' | 'FAILED' | 'RESET' | 'SECOND_ASKED' | 'SECOND_TAKEN_AWAY'
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
  secondFactor: boolean
  /** Must set up a second factor; nothing else is possible before. */
  mustEnrol: boolean
}
export interface BeginSecondFactorReply {
  secret: string
  uri: string
}
export interface ConfirmSecondFactorReply {
  recoveryCodes: string[]
}
export interface Hall {
  nameZh: string
  nameEn: string
  demonstration: boolean
  nowMs: string
  /** How long a press rests. */
  keyRestMs: number
  /** Where telephones reach the hall; slips carry publicAddress/p/<code>. */
  publicAddress: string
  /** Of a working day: "09:00-12:00,13:00-17:00". */
  hours: string
  telephone: string
  /** How long sign-ins and what was refused stay on record. */
  recordKeptDays: number
}
export interface PersonName {
  account: string
  fullName: string
  department: string
  role: Role
  shutOut: boolean
  /** 0: none. */
  window: number
}
export interface ListNamesReply {
  names: PersonName[]
  next: string
}
export interface Person {
  revision: string
  name: string
  fullName: string
  role: Role
  department: string
  window: number
  shutOut: boolean
  mustChangePassword: boolean
  madeMs: string
  signedInMs: string
  secondFactor: boolean
}
export interface ListPeopleReply {
  people: Person[]
  next: string
}
export interface AddPersonReply {
  person: Person
  oneTimePassword: string
}
export interface ResetPasswordReply {
  oneTimePassword: string
}
export interface ListSignInsReply {
  lines: SignInLine[]
  next: string
}
export interface SignInLine {
  atMs: string
  name: string
  result: SignInResult
  address: string
}
export interface ListDenialsReply {
  denials: Denial[]
  next: string
}
export interface Denial {
  kind: DenialKind
  name: string
  address: string
  what: string
  caseNumber: string
  times: string
  firstMs: string
  lastMs: string
}
export interface Rights {
  role: Role
  department: string
  window: number
  shutOut: boolean
}
export interface RightChange {
  atMs: string
  event: RightEvent
  who: string
  by: string
  /** Absent: there were none, or the event changes none. */
  before?: Rights
  after?: Rights
}
export interface ListRightChangesReply {
  changes: RightChange[]
  next: string
}
export interface AskLooksReply {
  search: string
}
export interface Look {
  atMs: string
  actor: string
  department: string
  purpose: string
  caseNumber: string
}
export interface GetRetentionReply {
  eraseYears: number
  keysKeptDays: number
  due: { firstDay: number; cases: string }[]
  erased: { day: number; years: number; cases: string }[]
}
export interface GetLooksReply {
  looks: Look[]
  more: boolean
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
  madeBy: string
  usedMs: string
}
export interface OwnSession {
  session: string
  madeMs: string
  seenMs: string
  address: string
  /** The one of this page. */
  current: boolean
}
export interface ListSessionsReply {
  sessions: OwnSession[]
}
export interface Notice {
  notice: string
  textZh: string
  textEn: string
  fromMs: string
  toMs: string
  by: string
}
export interface ListNoticesReply {
  notices: Notice[]
}

/* ---- live */

export interface LiveEvent {
  stream: 'intake' | 'routing' | 'charging' | 'supervision'
  type: string
  seq: string
  caseNumber?: string
  atMs: string
}

/* ---- questions */

export type QuestionState = 'ANSWERED' | 'LED' | 'SENT_ON' | 'GIVEN_UP'
export interface Question {
  number: number
  state: QuestionState
  question: string
  item: string
  ticket: number
  byTelephone: boolean
  askedMs: string
  askedOf: string
  /** To which it was sent on; empty: to none. */
  department: string
  dueMs: string
  window: number
  answer: string
  answeredBy: string
  overMs: string
  reason: string
}
export interface TakeQuestionReply {
  number: number
  state: QuestionState
  dueMs: string
}
export interface ListQuestionsReply {
  questions: Question[]
  /** 0: the last page. */
  next: number
}

/* ---- approvals */

export type Keeper = 'INTAKE' | 'ROUTING' | 'CHARGING'
export type ApprovalState = 'ASKED' | 'AGREED' | 'REFUSED' | 'WITHDRAWN' | 'LAPSED'
export interface Waits {
  no: number
  lapsesMs: string
}
export interface Approval {
  caseNumber: string
  no: number
  type: string
  subject: string
  reason: string
  fen: string
  days: number
  state: ApprovalState
  asker: string
  askerDepartment: string
  askedMs: string
  lapsesMs: string
  answerer: string
  answeredMs: string
  answer: string
  mayAnswer: boolean
  /** Of a second request, the materials to be brought anew, by seq: "1,3". */
  detail: string
  /** 0: whoever asked has not dismissed the answer. */
  dismissedMs: string
  /** The roles that may agree. */
  who: Role[]
}
