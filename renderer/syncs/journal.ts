import type { OutputOf } from '../../main/contract/command.ts';
import type { Commands } from '../../main/contract/commands.ts';

/** What the API sent that is no image, as it came. */
export type MalformedList = OutputOf<Commands['sync.malformed']>;
