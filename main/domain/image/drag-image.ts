/** Edge of the square that the picture under the pointer of a drag fits into. */
export const dragImagePx = 96;
