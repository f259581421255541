/** Of images listed as `i`: what was learned of their bytes. */
export const joinFacts = 'LEFT JOIN own.facts f ON f.account_id = i.account_id AND f.image_id = i.id';

/** Gone images that the API lists again count as present, whichever of the two files was written first. */
export const goneImages = `own.gone_images g
  WHERE NOT EXISTS (SELECT 1 FROM main.images m WHERE m.account_id = g.account_id AND m.id = g.id)`;
