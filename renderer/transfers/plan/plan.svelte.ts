import type { ImageRow } from '../../../main/contract/commands/catalogue.ts';
import type { PlanItem, PlanProgress, PlanView } from '../../../main/contract/commands/downloads.ts';
import type { z } from 'zod';
import type { ConflictPolicy } from '../../../main/domain/transfer/batch.ts';
import type { Failure } from '../../../main/domain/failure.ts';
import type { PlanReason } from '../../../main/domain/plan/plan-types.ts';
import { defaultTemplate } from '../../../main/domain/template/template.ts';
import type { AppDeps } from '../../app-deps.ts';
import { RowPages } from '../../lists/row-pages.svelte.ts';
import { isAbsolute } from './folder-path.ts';
import { orderTarget } from './plan-order.ts';
import { roomFor, type Room } from './plan-labels.ts';
import { templateMistakes } from './template-text.ts';

export type PlannedItem = z.output<typeof PlanItem>;
type Deps = Pick<AppDeps, 'door' | 'chosen' | 'gallery' | 'settings' | 'transfers'>;

/** While someone types nothing is planned. */
const typingMs = 300;
const slowMs = 500;

/** What is about to be downloaded: what was chosen, and the plan that follows from it. */
export class Plan {
  destination = $state('');
  template = $state('');
  policy = $state<ConflictPolicy>('skip-identical');
  includeOther = $state(false);
  manifest = $state(false);
  /** The user wants to start although not everything fits on the disk. */
  acceptsFullDisk = $state(false);
  /** The newest plan; of what stood here before, while `isPlanning`. */
  view = $state.raw<PlanView | undefined>();
  failure = $state.raw<Failure | undefined>();
  /** The first image of the plan, for the template's preview. */
  first = $state.raw<ImageRow | undefined>();
  isPlanning = $state(false);
  /** It takes long enough to be said. */
  isSlow = $state(false);
  isStarting = $state(false);
  /** How far what takes long has come. */
  progress = $state.raw<PlanProgress | undefined>();
  /** By which the core knows what this plan asked for last. */
  readonly #ticket = crypto.randomUUID();
  readonly #deps: Deps;
  /** The newest plan failed: there is nothing to start. */
  #isRefused = $state(false);
  #turn = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(deps: Deps) {
    this.#deps = deps;
    const { values, destination } = deps.settings;
    this.destination = destination ?? '';
    this.template = values.template ?? defaultTemplate;
    this.policy = values.policy;
  }

  /** Returns what ends it. */
  listen(): () => void {
    return this.#deps.door.listen((message) => {
      if (message.topic !== 'planning' || message.planning.ticket !== this.#ticket) return;
      if (this.isPlanning || this.isStarting) this.progress = message.planning;
    });
  }

  /** What keeps it from being planned at all, seen without asking. */
  readonly mistakes = $derived(templateMistakes(this.template));

  get canPlan(): boolean {
    return this.mistakes.length === 0 && isAbsolute(this.destination.trim());
  }

  get canStart(): boolean {
    const isReady = this.canPlan && !this.isPlanning && !this.isStarting && !this.#isRefused;
    return isReady && (this.view?.files ?? 0) > 0 && (this.acceptsFullDisk || this.room !== 'does-not-fit');
  }

  /** Whether the newest plan has room. */
  get room(): Room {
    return this.view === undefined ? 'unknown' : roomFor(this.view.bytes, this.view.freeBytes);
  }

  /** Something changed: plans again, at once or when typing has come to rest. */
  change(change: Partial<Pick<Plan, 'destination' | 'template' | 'policy' | 'includeOther'>>, isTyped = false): void {
    Object.assign(this, change);
    this.failure = undefined;
    clearTimeout(this.#timer);
    this.#turn += 1;
    this.isPlanning = this.canPlan;
    if (!this.canPlan) return;
    this.#timer = setTimeout(() => void this.plan(), isTyped ? typingMs : 0);
  }

  async plan(): Promise<void> {
    const turn = ++this.#turn;
    if (!this.canPlan) return;
    this.isPlanning = true;
    const slow = setTimeout(() => (this.isSlow = turn === this.#turn), slowMs);
    const planned = await this.#deps.door.call('downloads.plan', this.#order());
    clearTimeout(slow);
    // Something was changed meanwhile.
    if (turn !== this.#turn) return;
    this.isPlanning = false;
    this.isSlow = false;
    this.progress = undefined;
    this.failure = planned.ok ? undefined : planned.error;
    this.#isRefused = !planned.ok;
    if (!planned.ok) return;
    this.view = planned.value;
    await this.#readFirst(planned.value.handle);
  }

  /** The items of one reason, page by page. */
  items(reason: PlanReason, count: number): RowPages<PlannedItem> {
    const handle = this.view?.handle ?? 0;
    return new RowPages(count, (from, to) => this.#deps.door.call('downloads.planItems', { handle, reason, from, to }));
  }

  /** Whether an unfinished batch was gone on with, or undefined where it did not start: `failure` says why. */
  async start(): Promise<{ readonly continued: boolean } | undefined> {
    const { door, settings, transfers } = this.#deps;
    const { destination, template, policy, ...order } = this.#order();
    this.isStarting = true;
    const { manifest } = this;
    const slow = setTimeout(() => (this.isSlow = this.isStarting), slowMs);
    const started = await door.call('downloads.start', { ...order, destination, template, policy, manifest });
    clearTimeout(slow);
    Object.assign(this, { isStarting: false, isSlow: false, progress: undefined });
    if (!started.ok) {
      this.failure = started.error;
      return undefined;
    }
    const remembered = { template: template === defaultTemplate ? null : template, policy };
    await Promise.all([settings.change({ lastDestination: destination, ...remembered }), transfers.load()]);
    return started.value;
  }

  /** What is still asked for is of no interest any more, and what has not begun is not begun. */
  close(): void {
    clearTimeout(this.#timer);
    this.#turn += 1;
    if (this.isPlanning || this.isStarting) void this.#deps.door.call('downloads.drop', { ticket: this.#ticket });
  }

  #order() {
    const { chosen, gallery } = this.#deps;
    const { template, policy, includeOther } = this;
    const target = orderTarget(chosen, gallery.sort);
    const ticket = this.#ticket;
    return { ...target, destination: this.destination.trim(), template, policy, includeOther, ticket };
  }

  async #readFirst(handle: number): Promise<void> {
    const { door } = this.#deps;
    const items = await door.call('downloads.planItems', { handle, from: 0, to: 1 });
    const [item] = items.ok ? items.value : [];
    if (item === undefined) return;
    const image = await door.call('catalogue.image', { accountId: item.accountId, id: item.id });
    if (image.ok && image.value !== null) this.first = image.value;
  }
}
