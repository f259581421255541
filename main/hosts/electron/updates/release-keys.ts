/**
 * The public halves of the keys that releases for Linux are signed with, as base64 of their DER form; the private ones
 * are with the release workflow alone. To change a key, a release that knows both comes between.
 */
export const releaseKeys: readonly string[] = ['MCowBQYDK2VwAyEAiH4/MoA6of5HfTko72Sk4YNdS16FxX1chRuckcQ7vl4='];
