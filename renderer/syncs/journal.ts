import type { OutputOf } from '../../main/contract/command.ts';
import type { Commands } from '../../main/contract/commands/commands.ts';

/** What the API sent that is no image, as it came. */
export type MalformedList = OutputOf<Commands['sync.malformed']>;

/** Signs that show nothing, or turn what follows round, as JSON would escape them: the text reads as it came. */
export function showControls(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (sign) => {
    if (sign === '\n' || sign === '\t') return sign;
    const units = Array.from({ length: sign.length }, (_, index) => sign.charCodeAt(index));
    return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
  });
}
