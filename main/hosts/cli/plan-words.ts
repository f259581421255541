import type { PlanReason } from '../../domain/plan/plan-types.ts';
import type { SkipCode } from '../../domain/transfer.ts';

export const planReasonWords: Readonly<Record<PlanReason, string>> = {
  new: 'new',
  missing: 'saved before, but the file is gone: fetched again',
  changed: 'changed since they were saved: fetched again',
  'failed-before': 'failed the last time: tried again',
  gone: 'no longer listed by QuestionPro: still tried',
  compared: 'a file of that name is there: fetched and compared',
  overwritten: 'a file of that name is there: overwritten',
  'kept-beside': 'a file of that name is there: kept beside, with a number',
  'same-name': 'the same name as another: kept beside, with a number',
  'portable-name': 'renamed, as not every system takes the name',
  saved: 'saved before and still as they were: skipped',
  exists: 'a file of that name is there: skipped',
  'other-file': 'no pictures by their extension: left out (--include-other takes them)',
};

export const skipWords: Readonly<Record<SkipCode, string>> = {
  'saved-before': 'saved before and still as they were',
  identical: 'there already, with the same content',
  exists: 'a file of that name is there',
  'not-selected': 'no pictures by their extension (--include-other takes them)',
};
