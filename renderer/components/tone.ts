/** What a word's colour says of it. */
export type Tone = 'active' | 'still' | 'good' | 'warn' | 'bad' | 'quiet';
