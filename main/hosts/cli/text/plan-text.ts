import type { PlanReason } from '../../../domain/plan/plan-types.ts';
import type { SkipCode } from '../../../domain/transfer/transfer.ts';

export const planReasonText: Readonly<Record<PlanReason, string>> = {
  new: 'new',
  missing: 'downloaded before, but the file is gone: downloaded again',
  changed: 'changed since the last download: downloaded again',
  'failed-before': 'failed last time: tried again',
  gone: 'no longer listed by QuestionPro: still tried',
  compared: 'name already in use: downloaded, skipped if identical',
  overwritten: 'name already in use: the file is replaced',
  'kept-beside': 'name already in use: saved with a number',
  'same-name': 'same name as another image: saved with a number',
  'portable-name': 'name not valid on every system: adjusted',
  saved: 'already downloaded and unchanged: skipped',
  exists: 'name already in use: skipped',
  'other-file': 'not images (by extension): skipped (--include-other includes them)',
};

export const skipText: Readonly<Record<SkipCode, string>> = {
  'saved-before': 'already downloaded and unchanged',
  identical: 'identical file already there',
  exists: 'name already in use',
  'not-selected': 'not images, by extension (--include-other includes them)',
};
