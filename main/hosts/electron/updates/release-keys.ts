/**
 * Public keys that verify releases for Linux, as base64 of their DER form; only the release workflow has the private
 * ones. To change a key, an intermediate release must know both.
 */
export const releaseKeys: readonly string[] = ['MCowBQYDK2VwAyEAiH4/MoA6of5HfTko72Sk4YNdS16FxX1chRuckcQ7vl4='];
